import type { Instant } from '../../clock.ts'
import {
  isSameDivision,
  undividedQuotas,
  type Pool,
  type PoolPlaces,
  type Quotas,
} from '../../venue/pools.ts'
import {
  bookedIn,
  evenShare,
  heldIn,
  untouchedBlock,
  type BlockHold,
  type BlockPool,
  type BlockState,
} from './block.ts'

// How the places of an area are divided over its blocks. A plan is made for quotas; where the terms want others, the next sale
// divides anew and writes plan and all blocks with itself. So each block alone tells what may be sold from it: in each pool the
// blocks' places add up to the pool's, and never to more.

/** A plan, as it is stored; number 0 is that of the capacity at the creation of the event, and has no row. */
export interface PlanRow {
  /** Its number. */
  readonly version: number
  readonly quotas: Quotas
  readonly blocks: number
  /** More is taken than the quotas have, in a pool at least: until that is cured, each sale divides anew. */
  readonly isOver: boolean
}

/** Places that one block is made for. */
export const BLOCK_PLACES = 50

/** Blocks of one area: all of them, its plan and what goes along fit into one transaction. */
export const BLOCKS_MAX = 64

/** How many blocks an area of that capacity has. */
export function blocksFor(capacity: number): number {
  return Math.min(BLOCKS_MAX, Math.max(1, Math.ceil(capacity / BLOCK_PLACES)))
}

/** The plan of an area from the creation of its event on. */
export function firstPlan(capacity: number): PlanRow {
  const quotas = undividedQuotas(capacity)
  return { version: 0, quotas, blocks: blocksFor(capacity), isOver: false }
}

/** Whether places may be sold by that plan. */
export function isCurrent(plan: PlanRow, quotas: Quotas): boolean {
  return !plan.isOver && isSameDivision(plan.quotas, quotas)
}

/** An area as it was planned and as it is: all of its blocks, in order. */
export interface Planned {
  readonly plan: PlanRow
  readonly blocks: readonly BlockState[]
}

/** How an area was planned before, if it was: its blocks are those that it has. */
export interface Former {
  readonly plan: PlanRow | undefined
  readonly blocks: readonly BlockState[]
  /** It has one block, whatever its capacity. */
  readonly isSingle?: true
}

/**
 * Divides an area anew. What is taken stays in its block; what was taken in a pool that there is no more counts as taken in that of no
 * channel. The rest is spread evenly. Where a pool has less than is taken in it, that much less may be taken in the others.
 */
export function planAnew(former: Former, quotas: Quotas, now: Instant): Planned {
  const version = (former.plan?.version ?? 0) + 1
  const wanted = former.isSingle === true ? 1 : blocksFor(quotas.capacity)
  const count = Math.max(wanted, former.blocks.length)
  const sold = quotas.pools.filter(({ pool }) => pool !== 'withheld')
  const known = new Set<Pool>(sold.map(({ pool }) => pool))
  const before = Array.from({ length: count }, (_, block): BlockState => {
    return folded(former.blocks[block] ?? untouchedBlock(0, { blocks: count, block }), known)
  })
  const divided = divide(sold, before, now)
  const blocks = before.map((state, block): BlockState => {
    const booked = new Map(state.pools.map((it) => [it.pool, it.booked]))
    const pools = divided.flatMap(({ pool, shares }): BlockPool[] => {
      const [places = 0, taken = 0] = [shares[block], booked.get(pool)]
      return places + taken === 0 ? [] : [{ pool, places, booked: taken }]
    })
    return { ...state, plan: version, pools }
  })
  const isOver = divided.some((pool) => pool.isOver)
  return { plan: { version, quotas, blocks: count, isOver }, blocks }
}

/** The block with everything that was taken in unknown pools counted as taken in that of no channel. */
function folded(state: BlockState, known: ReadonlySet<Pool>): BlockState {
  const counted = (pool: Pool): Pool => (known.has(pool) ? pool : 'no-channel')
  const booked = new Map<Pool, number>()
  for (const it of state.pools) {
    booked.set(counted(it.pool), (booked.get(counted(it.pool)) ?? 0) + it.booked)
  }
  const pools = [...booked].map(([pool, taken]) => ({ pool, places: 0, booked: taken }))
  const holds = state.holds.map((hold) => ({ ...hold, pool: counted(hold.pool) }))
  return { ...state, pools, holds: mergeHolds(holds) }
}

/** Holds of which no two differ in their places alone. */
export function mergeHolds(holds: readonly BlockHold[]): BlockHold[] {
  const merged = new Map<string, BlockHold>()
  for (const hold of holds) {
    const { holdToken, ticketType, pool, until } = hold
    const name = JSON.stringify([holdToken, ticketType, pool, until])
    const places = (merged.get(name)?.places ?? 0) + hold.places
    merged.set(name, { ...hold, places })
  }
  return [...merged.values()]
}

/** What each block has of a pool. */
interface DividedPool {
  readonly pool: Pool
  readonly shares: readonly number[]
  readonly isOver: boolean
}

function divide(
  pools: readonly PoolPlaces[],
  blocks: readonly BlockState[],
  now: Instant,
): DividedPool[] {
  const counted = pools.map(({ pool, places }) => {
    const taken = blocks.map((block) => bookedIn(block, pool) + heldIn(block, now, pool))
    return { pool, places, taken, left: places - taken.reduce((all, it) => all + it, 0) }
  })
  // What is taken beyond a quota is taken from places that others must not have then.
  let owed = counted.reduce((all, { left }) => all + Math.max(0, -left), 0)
  // Where the blocks stand that get one of the places that are left over when all got the same.
  let turn = 0
  return counted.map(({ pool, places, taken, left }) => {
    if (left < 0) return { pool, shares: firstOf(taken, places), isOver: true }
    const given = Math.min(left, owed)
    owed -= given
    const room = left - given
    const from = turn
    turn = (turn + room) % blocks.length
    const shares = taken.map((count, block) => {
      const turned = (block - from + blocks.length) % blocks.length
      return count + evenShare(room, { blocks: blocks.length, block: turned })
    })
    return { pool, shares, isOver: false }
  })
}

/** Of what is taken in each block, as much as the first blocks have of so many places. */
function firstOf(taken: readonly number[], places: number): number[] {
  let left = places
  return taken.map((count) => {
    const kept = Math.min(count, left)
    left -= kept
    return kept
  })
}
