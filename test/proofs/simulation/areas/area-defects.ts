import type { Defect } from '../defects.ts'

const planning = 'lib/rules/area/area-work.ts'
const block = 'lib/rules/area/block.ts'
const plan = 'lib/rules/area/plan.ts'
const moves = 'lib/rules/area/moves.ts'
const working = 'lib/rules/area/block-work.ts'
const changes = 'lib/rules/area/block-changes.ts'
const guarding = 'lib/store/commit/guarded-rows.ts'

const clause =
  "clauses.push(version === undefined ? 'attribute_not_exists(v)' : 'v = :v')\n  if (hold"
const value = "':v': version,"

/** Rows of that condition are written whatever version they have by then. */
const unguarded = (condition: string) => [
  { file: guarding, find: clause, replace: `if (!(${condition})) ${clause}` },
  {
    file: guarding,
    find: value,
    replace: `':v': (${condition}) ? undefined : version,`,
  },
]

/** Defects of areas whose places are sold by their number. */
export const areaDefects: readonly Defect[] = [
  {
    name: 'writes no plan with a planning',
    edits: [
      {
        file: planning,
        find: 'if (plan.version === (before?.version ?? 0)) return []',
        replace: 'if (plan.version >= (before?.version ?? 0)) return []',
      },
    ],
  },
  {
    name: 'forgets a block in planning',
    edits: [
      {
        file: planning,
        find: 'for (const [block, state] of planned.blocks.entries()) {',
        replace:
          'for (const [block, state] of planned.blocks.entries()) {\n    if (block > 0 && block === planned.blocks.length - 1) continue',
      },
    ],
  },
  {
    name: 'writes a block that it only planned without its guard',
    edits: [
      {
        file: working,
        find: 'version: read?.version,',
        replace: 'version: worked.last?.version === worked.version ? read?.version : -1,',
      },
      ...unguarded('version === -1'),
    ],
  },
  {
    name: 'writes places and plans without their guards',
    edits: unguarded("key.sk.includes('\\uffff')"),
  },
  {
    name: 'sells places that are held',
    edits: [{ file: block, find: ' - heldIn(block, now, pool))', replace: ')' }],
  },
  {
    name: 'takes what has lapsed in a block for taken still',
    seeds: [42],
    edits: [
      {
        file: block,
        find: 'holds.filter((hold) => isLiveHold(hold, now) && (pool ?? hold.pool) === hold.pool)',
        replace: 'holds.filter((hold) => (pool ?? hold.pool) === hold.pool)',
      },
    ],
  },
  {
    name: 'counts what has lapsed in a block as taken twice',
    seeds: [42],
    edits: [
      {
        file: block,
        find: ' - heldIn(block, now, pool))',
        replace:
          ' - heldIn(block, now, pool) - 2 * heldIn({ ...block, holds: block.holds.filter((hold) => !isLiveHold(hold, now)) }, 0 as Instant, pool))',
      },
    ],
  },
  {
    name: 'books held places without taking them out of their holds',
    edits: [
      {
        file: moves,
        find: 'holds: gained.length === 0 ? holds :',
        replace: "holds: gained.length === 0 ? (to === 'booked' ? block.holds : holds) :",
      },
    ],
  },
  {
    name: 'books held places in the pool of no channel, whatever pool they are of',
    edits: [
      {
        file: moves,
        find: 'const places = takes.find((it) => it.pool === pool.pool)?.places ?? 0',
        replace:
          "const isOther = from === 'mine' && to === 'booked'\n    const all = takes.reduce((sum, it) => sum + it.places, 0)\n    const own = takes.find((it) => it.pool === pool.pool)?.places ?? 0\n    const places = !isOther ? own : pool.pool === 'no-channel' ? all : 0",
      },
    ],
  },
  {
    name: 'loses what is booked from a hold in a pool that has no places any more',
    seeds: [96],
    edits: [{ file: moves, find: 'return [...pools, ...others].map', replace: 'return pools.map' }],
  },
  {
    name: 'sells by a plan that is over',
    edits: [{ file: plan, find: 'return !plan.isOver && ', replace: 'return ' }],
  },
  {
    name: 'does not mark a plan as over',
    edits: [
      {
        file: plan,
        find: 'divided.some((pool) => pool.isOver)',
        replace: 'divided.length > 9',
      },
    ],
  },
  {
    name: 'leaves other pools what one has sold beyond its places',
    edits: [{ file: plan, find: 'Math.max(0, -left), 0)', replace: 'Math.max(0, -left) * 0, 0)' }],
  },
  {
    name: 'sells places that are off sale',
    edits: [
      {
        file: 'lib/venue/pools.ts',
        find: 'isOnSale(terms, area) ? placesNotForSale(terms, area) : 0',
        replace: '0 * placesNotForSale(terms, area)',
      },
    ],
  },
  {
    name: 'opens the places of all channels to everybody',
    edits: [
      {
        file: 'lib/venue/pools.ts',
        find: "if (channelKeys.length === 0) return ['no-channel']",
        replace: "if (channelKeys.length === 0) return ['no-channel', ...all]",
      },
    ],
  },
  {
    name: 'refuses what its first block does not have',
    edits: [
      {
        file: 'lib/rules/area/split.ts',
        find: "return offers < places ? { status: 'unread' } :",
        replace: "return offers < places ? { status: 'short', left: offers } :",
      },
    ],
  },
  {
    name: 'spreads all places of an area over each of its pools',
    edits: [
      {
        file: plan,
        find: 'const room = left - given',
        replace: 'const room = Math.max(left - given, 1)',
      },
    ],
  },
  {
    name: 'tells of the last change of a block again when that is planned',
    edits: [
      {
        file: changes,
        find: 'last !== undefined && last.version === version',
        replace: 'last !== undefined',
      },
    ],
  },
  {
    name: 'enters nothing of what has lapsed in a block into history',
    edits: [
      {
        file: working,
        find: "work.expired.push({ event, kind: 'expire', change: line })",
        replace: 'void line',
      },
    ],
  },
  {
    name: 'tells nothing of what has lapsed in a block',
    edits: [{ file: changes, find: '    ...lapses,\n', replace: '' }],
  },
  {
    name: 'does not enter under tokens which blocks they hold places in',
    edits: [
      {
        file: 'lib/rules/hold-entries.ts',
        find: "...ofKind(rows, 'block').flatMap(newlyHeldIn)",
        replace: '',
      },
    ],
  },
  {
    name: 'leaves the block out that a request took the last of its places from',
    edits: [
      {
        file: 'lib/rules/area/split.ts',
        find: 'const shares = [...found].map(',
        replace: 'const shares = [...found].slice(0, 1).map(',
      },
    ],
  },
  {
    name: 'forgets the holds of others when it takes places',
    edits: [
      {
        file: moves,
        find: 'mergeHolds([...holds, ...gained])',
        replace: 'mergeHolds([...holds.slice(-1), ...gained])',
      },
    ],
  },
  {
    name: 'takes places as of a chart that is no longer published',
    edits: [
      {
        file: plan,
        find: 'return !plan.isOver && isSameDivision(plan.quotas, quotas)',
        replace:
          'return !plan.isOver && isSameDivision({ ...plan.quotas, capacity: quotas.capacity }, { ...quotas, pools: plan.quotas.pools.length === quotas.pools.length && quotas.pools.length === 1 ? plan.quotas.pools : quotas.pools })',
      },
    ],
  },
]
