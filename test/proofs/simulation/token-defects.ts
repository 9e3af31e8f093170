import type { Defect } from './defects.ts'

const tokenWrites = 'lib/actions/seats/token-writes.ts'
const moving = 'lib/actions/seats/move-token-deadline.ts'
const deciding = 'lib/rules/decide-seat.ts'

/** Defects of hold tokens that the product issues, and of ordered steps. */
export const tokenDefects: readonly Defect[] = [
  {
    name: 'holds without writing the token',
    edits: [
      {
        file: tokenWrites,
        find: 'const written = tokenWrites(writes, { tokens, now: context.now() })',
        replace: 'const written = tokenWrites(writes, { tokens, now: context.now() }).slice(0, 0)',
      },
    ],
  },
  {
    name: 'writes the token of a hold as it was, without raising its version',
    edits: [
      {
        file: tokenWrites,
        find: 'const after = { ...row, version: row.version + 1, objects: row.objects + objects }',
        replace: 'const after = { ...row, objects: row.objects + objects }',
      },
    ],
  },
  {
    name: 'moves a deadline and forgets what the token holds',
    edits: [
      {
        file: moving,
        find: 'const targets = held.map(',
        replace: 'const targets = held.slice(0, 0).map(',
      },
    ],
  },
  {
    name: 'reads what a token holds before it reads the token',
    edits: [
      {
        file: moving,
        find: `      const { workspaceId } = context.caller
      const held = await findHeldRows(context.store, { workspaceId, holdToken, now: context.now() })
`,
        replace: '',
      },
      {
        file: moving,
        find: '      const found = await getHoldToken(context, holdToken)\n',
        replace: `      const { workspaceId } = context.caller
      const held = await findHeldRows(context.store, { workspaceId, holdToken, now: context.now() })
      const found = await getHoldToken(context, holdToken)
`,
      },
    ],
  },
  {
    name: 'moves the deadline of a token whatever has become of it meanwhile',
    edits: [
      {
        file: 'lib/store/commit/write-items.ts',
        find: 'return { key: key(write, workspaceId), guard, after, keepsData:',
        replace: `const free = { ...guard, version: kind === 'token' ? undefined : guard.version }
  return { key: key(write, workspaceId), guard: free, after, keepsData:`,
      },
      {
        file: 'lib/store/commit/guarded-rows.ts',
        find: "clauses.push(version === undefined ? 'attribute_not_exists(v)' : 'v = :v')",
        replace: `const isToken = version === undefined && hold !== undefined
  if (!isToken) clauses.push(version === undefined ? 'attribute_not_exists(v)' : 'v = :v')`,
      },
    ],
  },
  {
    name: 'decides every step on what was before the request',
    edits: [
      {
        file: deciding,
        find: 'const target = asChanged(work, read)',
        replace: "const target = read as Target | 'unread'",
      },
    ],
  },
  {
    name: 'takes a hold of its own request for one that has been there',
    seeds: [8],
    edits: [
      {
        file: deciding,
        find: 'write(work, target, { ...first, after })',
        replace: 'write(work, target, { ...first, before, after })',
      },
    ],
  },
  {
    name: 'tells the steps of a request in the wrong order',
    edits: [
      {
        file: deciding,
        find: 'lines.push(lineOf({ event, label, before, after }, change))',
        replace: 'lines.unshift(lineOf({ event, label, before, after }, change))',
      },
    ],
  },
  {
    name: 'forgets that an object was in resale when it is held',
    seeds: [2],
    edits: [
      {
        file: 'lib/rules/apply-change.ts',
        find: 'return held(change, { ...resaleOf(before), ...notes, ...ticket, ...returnOf(before) })',
        replace: 'return held(change, { ...resaleOf(before), ...notes, ...ticket })',
      },
    ],
  },
]
