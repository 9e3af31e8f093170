import type { ChartArea } from '../../venue/chart.ts'
import { poolsOpenedBy, quotasOf, type Pool } from '../../venue/pools.ts'
import type { Terms } from '../../venue/terms.ts'
import type { Opening } from '../situations.ts'

/** What is taken of an area at a moment. */
export interface AreaTaken {
  /** By anybody, in its season too. */
  readonly all: number
  /** Of the places of one pool, as far as is known in which pool they were taken. */
  readonly ofPool: (pool: Pool) => number
}

/**
 * How many places of an area a request finds in what it opens; how they lie in blocks is a matter of whoever sells them. Of one that is
 * sold as a whole nothing is anybody's alone.
 */
export function roomIn(
  terms: Terms,
  area: ChartArea,
  { all, ofPool, ...opening }: AreaTaken & Opening,
): number {
  const { pools, capacity } = quotasOf(terms, area)
  if (area.bookAsAWhole) return capacity - all
  const opened = new Set(poolsOpenedBy(terms, area, opening))
  const withheld = pools.find(({ pool }) => pool === 'withheld')?.places ?? 0
  const left = pools
    .filter(({ pool }) => pool !== 'withheld' && opened.has(pool))
    .reduce((sum, { pool, places }) => sum + Math.max(0, places - ofPool(pool)), 0)
  // What was taken in a pool that has gone, or beyond one, is missing in the others.
  const inAll = capacity - withheld - all
  return Math.max(0, Math.min(inAll, left))
}
