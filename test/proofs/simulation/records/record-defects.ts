import type { Defect } from '../defects.ts'

/** Deliberate defects of what events and charts are made of: what the fight over them must catch. */
export const recordDefects: readonly Defect[] = [
  {
    name: 'deletes an event as it was read, whatever became of it since',
    edits: [
      {
        file: 'lib/store/events/events.ts',
        find: '...asItWasRead(head) }',
        replace: "...asItWasRead(head), ConditionExpression: 'id = :id AND (v = :v OR v <> :v)' }",
      },
    ],
  },
  {
    name: 'takes a chart that has the key of a deleted one for that',
    edits: [
      {
        file: 'lib/store/charts/charts.ts',
        find: "'id = :id AND v = :v'",
        replace: "'(id = :id OR id <> :id) AND v = :v'",
      },
    ],
  },
  {
    name: 'lists what is decided only once it is applied',
    edits: [
      {
        file: 'lib/store/commit/as-decided.ts',
        find: 'header === undefined ? standing(item) : lookedAt(port, item, header)',
        replace: 'header === undefined ? undefined : standing(item)',
      },
    ],
  },
  {
    name: 'lists what is not decided yet',
    edits: [
      {
        file: 'lib/store/commit/as-decided.ts',
        find: "found.decided?.status !== 'committed'",
        replace: "found.decided?.status === 'aborted'",
      },
      {
        file: 'lib/store/commit/as-decided.ts',
        find: "header?.['st'] === 'C'",
        replace: "header?.['st'] !== 'A' && header !== undefined",
      },
      {
        file: 'lib/store/commit/as-decided.ts',
        find: '...rowDecided(after, found.decided.at)',
        replace: '...after',
      },
    ],
  },
  {
    name: 'lists a part of what was being locked when it was decided',
    edits: [
      {
        file: 'lib/store/commit/as-decided.ts',
        find: 'const found = await read(see)',
        replace: `const found = await read((entries) => entries.map((entry) => {
    if (entry['lk'] === undefined) return entry
    met.add(entry['lk'] as string)
    return { ...entry, ...(entry['ln'] as Item) }
  }))`,
      },
      {
        file: 'lib/store/commit/as-decided.ts',
        find: 'return committed.size === 0 ? found : read(see)',
        replace: 'return found',
      },
    ],
  },
  {
    name: 'locks what it creates without a look at the header',
    edits: [
      {
        file: 'lib/store/commit/created-rows.ts',
        find: 'return [...locks, { ConditionCheck: isPending }]',
        replace: 'return locks',
      },
    ],
  },
  {
    name: 'removes what it created, whatever has become of it',
    edits: [
      {
        file: 'lib/store/commit/lock-writes.ts',
        find: 'new DeleteCommand({ TableName: tableName, Key: key, ...mine })',
        replace: 'new DeleteCommand({ TableName: tableName, Key: key })',
      },
    ],
  },
  {
    name: 'creates over what another operation creates',
    edits: [
      {
        file: 'lib/store/commit/guarded-rows.ts',
        find: "condition: 'attribute_not_exists(pk)', values: {}",
        replace: "condition: 'attribute_not_exists(pk) OR attribute_exists(lk)', values: {}",
      },
    ],
  },
  {
    name: 'creates events on a chart that is not published any more',
    edits: [
      {
        file: 'lib/store/events/create-events.ts',
        find: "'id = :id AND attribute_exists(pub)'",
        replace: "'id = :id OR attribute_not_exists(pub)'",
      },
    ],
  },
  {
    name: 'decides without what goes with the decision',
    edits: [
      {
        file: 'lib/store/commit/commit-slow.ts',
        find: 'decideOperation(port, lease, withDecision)',
        replace: 'decideOperation(port, lease)',
      },
    ],
  },
  {
    name: 'gives an event a key that another has',
    edits: [
      {
        file: 'lib/store/events/events.ts',
        find: "ConditionExpression: 'attribute_not_exists(pk)'",
        replace: "ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(pk)'",
      },
    ],
  },
]
