import type { Defect } from '../defects.ts'

const planning = 'lib/rules/area/area-work.ts'
const block = 'lib/rules/area/block.ts'
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
        file: 'lib/rules/area/block-work.ts',
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
]
