import type { Defect } from '../defects.ts'

const working = 'lib/rules/season/season-work.ts'
const sharing = 'lib/rules/season/season-sharers.ts'
const deciding = 'lib/rules/decide-seat.ts'
const items = 'lib/store/table/season-items.ts'
const guarding = 'lib/store/commit/guarded-rows.ts'

/** Whether a key is that of a row of a season. */
const isSeasonRow = "key.sk.endsWith('\\uffffS')"

/** Defects that it takes several who want the same seats to see, or a crash. */
export const seasonDefects: readonly Defect[] = [
  {
    name: 'only checks the row of a season where a seat is taken in one of its events',
    edits: [
      {
        file: working,
        find: 'return isNoted || isPlaced || taken.join() !== (read?.taken ?? []).join()',
        replace: 'return (isNoted || isPlaced) && taken.length >= 0',
      },
    ],
  },
  {
    name: 'writes the rows of seasons without their guards',
    edits: [
      {
        file: guarding,
        find: "clauses.push(version === undefined ? 'attribute_not_exists(v)' : 'v = :v')\n  if (hold",
        replace: `if (!${isSeasonRow}) clauses.push(version === undefined ? 'attribute_not_exists(v)' : 'v = :v')\n  if (hold`,
      },
      {
        file: guarding,
        find: "':v': version,",
        replace: `':v': ${isSeasonRow} ? undefined : version,`,
      },
    ],
  },
  {
    name: 'leaves in the row of a season what a timer has ended in one of its events',
    edits: [
      {
        file: working,
        find: 'const taken = isTakenAs(after) ? ',
        replace: "const taken = after.mark === 'expired' ? open.taken : isTakenAs(after) ? ",
      },
    ],
  },
  {
    name: 'only looks at a hold that has lapsed in an event when it sells the season',
    edits: [
      {
        file: deciding,
        find: 'if (row === undefined || !isLapsed(row, now)) {',
        replace:
          "if (row === undefined || !isLapsed(row, now) || (event.season?.role === 'event' && taken.event.season?.role !== 'event')) {",
      },
    ],
  },
  {
    name: 'loses in large commits in which events a seat is taken',
    edits: [
      { file: items, find: '{ tk: taken }', replace: '{ k: taken }' },
      {
        file: items,
        find: 'const { v, at, op, p, tk = [], a } = item as unknown as SeasonItem',
        replace:
          'const { v, at, op, p, k: tk = [], a } = item as unknown as SeasonItem & { k?: number[] }',
      },
    ],
  },
  {
    name: 'sells the season without a look at what its parts have sold',
    edits: [
      {
        file: sharing,
        find: 'return isPart ? events.some((number) => own?.events.includes(number)) : events.length > 0',
        replace: 'return isPart && events.some((number) => own?.events.includes(number))',
      },
    ],
  },
]
