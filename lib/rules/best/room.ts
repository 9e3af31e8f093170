import type { Instant } from '../../clock.ts'
import type { ChartArea } from '../../venue/chart.ts'
import { poolsOpenedBy, quotasOf, type Pool } from '../../venue/pools.ts'
import type { Terms } from '../../venue/terms.ts'
import { bookedIn, heldIn, type BlockState } from '../area/block.ts'
import type { Opening } from '../situations.ts'

/** What is taken of an area, and when that is looked at. */
export interface AreaNow {
  readonly blocks: readonly BlockState[]
  /** Places that anybody has, in its season too. */
  readonly taken: number
  readonly now: Instant
}

/**
 * How many places of an area a request finds in what it opens; how they lie in blocks is a matter of whoever sells them. Of one that is
 * sold as a whole nothing is anybody's alone.
 */
export function roomIn(
  terms: Terms,
  area: ChartArea,
  { blocks, taken, now, ...opening }: AreaNow & Opening,
): number {
  const { pools, capacity } = quotasOf(terms, area)
  if (area.bookAsAWhole) return capacity - taken
  const opened = new Set(poolsOpenedBy(terms, area, opening))
  const withheld = pools.find(({ pool }) => pool === 'withheld')?.places ?? 0
  const left = pools
    .filter(({ pool }) => pool !== 'withheld' && opened.has(pool))
    .reduce((sum, { pool, places }) => sum + Math.max(0, places - takenIn(blocks, now, pool)), 0)
  // What was taken in a pool that has gone, or beyond one, is missing in the others.
  const inAll = capacity - withheld - taken
  return Math.max(0, Math.min(inAll, left))
}

function takenIn(blocks: readonly BlockState[], now: Instant, pool: Pool): number {
  return blocks.reduce((sum, it) => sum + bookedIn(it, pool) + heldIn(it, now, pool), 0)
}
