import { defined } from '../../defined.ts'
import type { ChartArea } from '../../venue/chart.ts'
import { placesAllotted, placesFree, type Pool } from '../../venue/pools.ts'
import type { Terms } from '../../venue/terms.ts'
import type { AreaSums, PoolTaken } from './sums.ts'

// How the places of an area are told apart: by the channel that has them, and by what has become of them. They add up to the
// capacity, or to what is taken where that is more.

/** Places of one channel, or of none. */
export interface AreaShare {
  /** Undefined for places of no channel. */
  readonly channelKey?: string
  readonly booked: number
  readonly held: number
  /** Neither, and for sale. */
  readonly forSale: number
  /** Neither, and off sale. */
  readonly offSale: number
}

/** An area as an event sells it. */
interface SoldArea {
  readonly area: ChartArea
  readonly isForSale: boolean
  /** Places that the rules of the event take off sale. */
  readonly notForSale: number
}

/**
 * Divides the places of an area. A channel has the places that it was given, whether or not they are for sale; more than that only
 * where more was sold in it, and then others have less. Places go off sale as they do in a plan: those of no channel first.
 */
export function areaShares(terms: Terms, sold: SoldArea, sums: AreaSums): AreaShare[] {
  const { area, isForSale, notForSale } = sold
  const allotted = placesAllotted(terms, area)
  const taken = takenIn(new Set(allotted.map(({ pool }) => pool)), sums)
  const left = allotted.map(({ pool, places }) => {
    const { booked, held } = taken.get(pool) ?? { booked: 0, held: 0 }
    return { pool, places, booked, held, left: places - booked - held }
  })
  const free = without(
    left.map((it) => Math.max(0, it.left)),
    left.reduce((all, it) => all + Math.max(0, -it.left), 0),
  )
  const capacity = area.capacity
  const wanted = isForSale ? placesFree({ capacity, notForSale }, sums) : 0
  const owed = free.reduce((all, places) => all + places, 0) - wanted
  const forSale = withdrawn(free, { withheld: withheldOf(allotted, notForSale), owed })
  return left.map(({ pool, booked, held }, place): AreaShare => {
    const [open = 0, all = 0] = [forSale[place], free[place]]
    const channelKey = channelOf(terms, area, pool)
    return { ...defined({ channelKey }), booked, held, forSale: open, offSale: all - open }
  })
}

/**
 * What was taken in a pool that there is not was taken in that of no channel, and so was what no pool tells of: what the season of an
 * event has sold, and what events of a season have.
 */
function takenIn(known: ReadonlySet<Pool>, sums: AreaSums): ReadonlyMap<Pool, PoolTaken> {
  const taken = new Map<Pool, PoolTaken>()
  let [booked, held] = [sums.booked + (sums.elsewhere ?? 0), sums.held]
  for (const [pool, its] of sums.pools) {
    if (pool === 'no-channel' || !known.has(pool)) continue
    taken.set(pool, its)
    booked -= its.booked
    held -= its.held
  }
  return taken.set('no-channel', { booked, held })
}

/** Places less so many, taken from the first that have any. */
function without(places: readonly number[], owed: number): number[] {
  let left = owed
  return places.map((count) => {
    const given = Math.min(count, left)
    left -= given
    return count - given
  })
}

/** Of places that nobody has, those that stay for sale: first the withheld ones go, then whichever there are. */
function withdrawn(
  free: readonly number[],
  { withheld, owed }: { withheld: readonly number[]; owed: number },
): number[] {
  let left = owed
  const kept = free.map((places, at) => {
    const gone = Math.min(places, withheld[at] ?? 0, left)
    left -= gone
    return places - gone
  })
  return without(kept, left)
}

/** How many places of each pool are withheld, in the order in which they are. */
function withheldOf(allotted: readonly { readonly places: number }[], notForSale: number) {
  const places = allotted.map((pool) => pool.places)
  const kept = without(places, notForSale)
  return places.map((all, at) => all - (kept[at] ?? 0))
}

function channelOf(terms: Terms, { label }: ChartArea, pool: Pool): string | undefined {
  if (pool === 'no-channel') return terms.channels.get(label)
  return terms.channelKeys.get(pool.slice(1))
}
