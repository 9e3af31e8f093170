import {
  blockName,
  planName,
  readBlockName,
  readPlanName,
} from '../../../../lib/rules/area/block-name.ts'
import type { Item } from '../../../../lib/store/table/items.ts'
import { AREAS } from '../../simulation/venue.ts'
import type { Catalog, Table } from './catalog.ts'
import { isOfArea } from './area-rows.ts'
import { Violation } from './rules.ts'
import { decided } from './tables.ts'
import { itemsOf, type Told } from './view.ts'

// Places of an area, by what is decided: all blocks are of one plan, each pool has in them what the plan gives it, and nothing is
// taken beyond that, unless the plan itself says that it is over.

interface View {
  readonly catalog: Catalog
  readonly after: Table
}

type Pool = readonly [pool: string, places: number, booked: number]
type Hold = readonly [token: string, pool: string, places: number, until: number]

/** Complains where the rows of an area do not fit together. */
export function checkAreas({ catalog, after }: View): void {
  const rows = itemsOf(catalog, after, 'S#')
  for (const { label } of AREAS) {
    const ofArea = rows.filter((row) => areaOf(row) === label)
    if (ofArea.length === 0) continue
    const now = new Map(ofArea.map((row) => [row['sk'], decided(catalog, after, row)]))
    const plan = now.get(planName(label))
    const count = Number(plan?.['b'] ?? 2)
    const blocks = Array.from({ length: count }, (_, block) => now.get(blockName({ label, block })))
    checkBlocks(label, plan?.['v'] === undefined ? undefined : plan, blocks)
  }
}

function areaOf(row: Item): string | undefined {
  const sk = String(row['sk'])
  return readPlanName(sk) ?? readBlockName(sk)?.label
}

function checkBlocks(
  label: string,
  plan: Item | undefined,
  blocks: readonly (Item | undefined)[],
): void {
  const number = Number(plan?.['v'] ?? 0)
  const sums = new Map<string, number>()
  for (const [place, block] of blocks.entries()) {
    const isUntouched = block?.['v'] === undefined
    if (isUntouched && number === 0) continue
    if (block === undefined || block['pl'] !== number) {
      throw new Violation(
        `block ${place} of ${label} is of plan ${String(block?.['pl'])}, and not ${number}`,
      )
    }
    for (const [pool, places] of block['q'] as Pool[]) {
      sums.set(pool, (sums.get(pool) ?? 0) + places)
      const taken = takenIn(block, pool)
      if (taken > places && plan?.['over'] !== true) {
        throw new Violation(
          `block ${place} of ${label} has ${places} in ${pool}, and sold ${taken}`,
        )
      }
    }
  }
  if (plan === undefined || plan['over'] === true) return
  for (const [pool, places] of plan['q'] as Pool[]) {
    const has = sums.get(pool) ?? 0
    if (pool === 'withheld' || has === places) continue
    throw new Violation(`the blocks of ${label} have ${has} in ${pool}, and the plan ${places}`)
  }
}

/** In one pool, or in all. */
function takenIn(block: Item, pool?: string): number {
  const isIn = (of: string) => (pool ?? of) === of
  const booked = (block['q'] as Pool[]).map(([of, , taken]) => (isIn(of) ? taken : 0))
  const held = ((block['h'] ?? []) as Hold[]).map(([, of, places]) => (isIn(of) ? places : 0))
  return [...booked, ...held].reduce((sum, taken) => sum + taken, 0)
}

/** What is wrong with the versions that history tells of a block: all but its plannings. Undefined where nothing is, and of other rows. */
export function areaVersionsFault(
  row: Item,
  { first, told }: { first: Item | undefined; told: readonly Told[] },
): string[] | undefined {
  const sk = String(row['sk'])
  if (!isOfArea(sk)) return undefined
  if (readPlanName(sk) !== undefined) return []
  const raised = (name: string) => Number(row[name] ?? 0) - Number(first?.[name] ?? 0)
  const versions = new Set(told.filter((it) => it.label === sk).map(({ version }) => version))
  const wanted = raised('v') - raised('pl')
  if (versions.size === wanted) return []
  return [`${sk} was changed ${wanted} times, and history tells of ${[...versions].join()}`]
}

type Line = [{ from: string; to: string; quantity?: number; block?: number }, ...unknown[]]

/** What is taken of areas is what history tells of them. */
export function placesFaults(
  { catalog, table }: { catalog: Catalog; table: Table },
  rows: readonly Item[],
): string[] {
  const blocks = rows.filter(({ sk, v }) => v !== undefined && readBlockName(String(sk)))
  const taken = blocks.reduce((sum, block) => sum + takenIn(block), 0)
  const lines = itemsOf(catalog, table, 'L#').flatMap((it) => JSON.parse(String(it['c'])) as Line[])
  const told = lines.reduce((sum, [{ from, to, quantity = 0, block }, ...pairs]) => {
    const isTaking = (to !== 'free' ? 1 : 0) - (from !== 'free' ? 1 : 0)
    return block === undefined ? sum : sum + (isTaking * quantity * pairs.length) / 2
  }, 0)
  return taken === told ? [] : [`${taken} places are taken, and history tells of ${told}`]
}
