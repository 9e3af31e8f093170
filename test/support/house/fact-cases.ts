import type { Cases } from './cases.ts'

/** Sources that repeat a fact, and sources that read it where it stands. */
export const factCases: Record<string, Cases> = {
  'times and limits that have a name in lib/limits stand nowhere else': {
    refuses: [
      ['lib/bus/send.ts', `const DELAY_SECONDS = 900`, 1],
      ['lib/http/idempotency.ts', `const KEPT = 24 * 3_600_000`, 1],
      ['infra/stacks/api-stack.ts', `const timeout = 29_000`, 1],
      ['lib/seatsio/fields.ts', `export const KEY_LENGTH_MAX = 1`, 1],
      ['functions/seatsio/a.ts', `const summary = 'A token lives two hours at most'`, 1],
      ['functions/seatsio/a.ts', 'const summary = `${name}: read for 30 days`', 1],
    ],
    accepts: [
      ['lib/limits/limits.ts', `export const KEY_LENGTH_MAX = 255`],
      [
        'functions/seatbuilder/a.ts',
        `const it = { examples: { day: { body: { seconds: 3600 } } } }`,
      ],
      ['test/bus.test.ts', `const DELAY_SECONDS = 900`],
      ['lib/bus/send.ts', `const EVERY_SECONDS = 60`],
    ],
  },
  'starts of keys stand where the table makes its keys, and nowhere else': {
    refuses: [
      ['infra/stacks/stream-filters.ts', `const pk = 'S#'`, 1],
      ['lib/store/table/removals.ts', 'const pk = `E#${workspaceId}`', 1],
    ],
    accepts: [
      ['lib/store/table/partitions.ts', `const starts = { seats: 'S#' }`],
      ['lib/store/table/table.ts', 'const sk = `A#${part}`'],
      ['lib/seatsio/charts/picture/colors.ts', `const color = '#868E96'`],
      ['test/lib/store/table/keys.test.ts', `const pk = 'S#'`],
    ],
  },
  'attempts are made in rounds by one function': {
    refuses: [['lib/actions/hold.ts', 'for (let round = 1; round <= 5; round += 1) void 0', 1]],
    accepts: [
      ['lib/in-rounds.ts', 'for (let round = 1; round <= 5; round += 1) void 0'],
      ['lib/actions/hold.ts', 'for (let index = 1; index <= 5; index += 1) void 0'],
    ],
  },
  'fields without a value are left out by one function': {
    refuses: [
      ['lib/store/a.ts', 'const it = { ...(x === undefined ? {} : { x }) }', 1],
      ['functions/seatsio/a.ts', 'const it = { ...(a.b === undefined ? {} : { c: a.b }) }', 1],
      ['lib/store/a.ts', `const it = row['b'] !== undefined ? { b: row['b'] as string } : {}`, 1],
      ['infra/a.ts', 'const it = { ...(x !== undefined && { x: x.y, z: x }) }', 1],
    ],
    accepts: [
      ['lib/store/a.ts', 'const it = { ...defined({ x }) }'],
      ['lib/store/a.ts', 'const it = { ...(at === undefined ? {} : { at: toIso(at) }) }'],
      ['lib/store/a.ts', 'const it = x === undefined ? {} : { x, isGiven: true }'],
      ['packages/sqs/src/a.ts', 'const it = { ...(x === undefined ? {} : { x }) }'],
    ],
  },
}
