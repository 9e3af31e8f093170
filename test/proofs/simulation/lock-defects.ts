import type { Defect } from './defects.ts'

const lockWrites = 'lib/store/commit/lock-writes.ts'
const fast = 'lib/store/commit/commit-fast.ts'

/** Defects around locks, and what one transaction writes past them. */
export const lockDefects: readonly Defect[] = [
  {
    name: 'looks at the clock before the pause, and sends again after it',
    seeds: [12, 14],
    edits: [
      {
        file: 'lib/store/table/transact.ts',
        find: `    await backOff(port, attempt)
    if (port.clock.now() >= giveUpAt) {`,
        replace: `    const isLate = port.clock.now() >= giveUpAt
    await backOff(port, attempt)
    if (isLate) {`,
      },
    ],
  },
  {
    name: 'enters a large commit in the log where it began',
    edits: [
      {
        file: 'lib/store/commit/decided.ts',
        find: 'sk: placeInLog(sk, at) }',
        replace: 'sk }',
      },
    ],
  },
  {
    name: 'lets the rows of a large commit have changed when it began',
    edits: [
      {
        file: 'lib/store/commit/lock-writes.ts',
        find: '...rowDecided(after, at)',
        replace: '...after',
      },
    ],
  },
  {
    name: 'applies without the condition on the lock',
    edits: [
      {
        file: lockWrites,
        find: `Item: { ...key, ...rowDecided(after, at) },
    ConditionExpression: 'lk = :lk',
    ExpressionAttributeValues: { ':lk': operationId },`,
        replace: 'Item: { ...key, ...rowDecided(after, at) },',
      },
    ],
  },
  {
    name: 'takes a lost answer to a lock for the lock',
    edits: [
      {
        file: 'lib/store/commit/locks.ts',
        find: "if (sent.status === 'lost' || sent.status === 'not-applied') {",
        replace: "if (sent.status === 'lost') continue\n    if (sent.status === 'not-applied') {",
      },
    ],
  },
  {
    name: 'writes history after the transaction instead of in it',
    seeds: [9],
    edits: [
      {
        file: fast,
        find: '...entries.map((Item) => ({ Put: { TableName, Item } })),',
        replace: '',
      },
      {
        file: fast,
        find: 'const decisionPlace = rows.length + entries.length',
        replace: 'const decisionPlace = rows.length',
      },
      {
        file: fast,
        find: "if (outcome.status === 'applied') return { status: 'committed' }",
        replace: `if (outcome.status === 'applied') {
    const { tableName: TableName } = port
    for (const Item of entries) await port.writer.send(new PutCommand({ TableName, Item }))
    return { status: 'committed' }
  }`,
      },
      {
        file: fast,
        find: "import type { Port } from '../table/port.ts'",
        replace:
          "import type { Port } from '../table/port.ts'\nimport { PutCommand } from '@aws-sdk/lib-dynamodb'",
      },
    ],
  },
  {
    name: 'extends a hold under a lock of somebody else',
    seeds: [12],
    edits: [
      {
        file: fast,
        find: 'const { condition: ConditionExpression, values } = conditionOf(row)',
        replace: `const { condition, values } = conditionOf(row)
  const ignoresLocks = row.guard.hold !== undefined && after?.['s'] === 'held'
  const ConditionExpression = ignoresLocks
    ? condition.replace('attribute_not_exists(lk) AND ', '')
    : condition`,
      },
    ],
  },
  {
    name: 'writes in one transaction what is locked',
    edits: [
      {
        file: fast,
        find: 'const { condition: ConditionExpression, values } = conditionOf(row)',
        replace: `const { condition, values } = conditionOf(row)
  const ConditionExpression = condition.replace('attribute_not_exists(lk) AND ', '')`,
      },
    ],
  },
  {
    name: 'undoes without the condition on the lock',
    edits: [
      {
        file: lockWrites,
        find: `    ...mine,
    ReturnValues: 'ALL_NEW',`,
        replace: `    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    ReturnValues: 'ALL_NEW',`,
      },
    ],
  },
  {
    name: 'leaves locks that land after the end',
    seeds: [61],
    edits: [
      {
        file: 'lib/store/commit/watch.ts',
        find: 'if (isOver(header, lock)) left.push(row)',
        replace: '',
      },
    ],
  },
  {
    name: 'does not note operations that begin, so that nobody recovers them',
    edits: [
      {
        file: 'lib/store/commit/watch.ts',
        find: 'for (const operation of opened) await addRecovery(port, operation)',
        replace: '',
      },
    ],
  },
  {
    name: 'lets a bystander undo what is committed',
    edits: [
      {
        file: 'lib/store/commit/settle-locks.ts',
        find: "ending.status === 'committed'\n        ? applyWrite",
        replace: "ending.status === 'aborted'\n        ? applyWrite",
      },
    ],
  },
]
