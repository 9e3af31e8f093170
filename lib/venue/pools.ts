import { isByPlaces, type ChartArea } from './chart.ts'
import { isOnSale, offerOf, placesNotForSale, type Terms } from './terms.ts'

// How the terms of an event divide the places of an area that sells them one by one. A pool is what one rule governs.

/** The places of no channel, those of a channel, by its id, or those that are withheld from sale. */
export type Pool = 'no-channel' | 'withheld' | `#${string}`

/** How many places a pool has. */
export interface PoolPlaces {
  readonly pool: Pool
  readonly places: number
}

/** What the terms allot: the pools add up to the capacity. What was taken in a pool that is not there was taken in that of no channel. */
export interface Quotas {
  readonly capacity: number
  /** No channel first, then channels in their order, and last what is withheld, if anything is. */
  readonly pools: readonly PoolPlaces[]
}

/** The pool of a channel. */
export function poolOf(channelId: string): Pool {
  return `#${channelId}`
}

/** The places of an area before anything was said of them. */
export function undividedQuotas(capacity: number): Quotas {
  return { capacity, pools: [{ pool: 'no-channel', places: capacity }] }
}

/**
 * How the terms divide an area. A whole area in a channel, or off sale, is a matter of the area and not of its places: the former
 * makes no pools of channels, the latter withholds no places. Where channels were given more than there is, the earlier have it.
 */
export function quotasOf(terms: Terms, area: ChartArea): Quotas {
  const { capacity } = area
  const allotted = placesAllotted(terms, area)
  const withheld = isOnSale(terms, area) ? placesNotForSale(terms, area) : 0
  if (withheld === 0) return { capacity, pools: allotted }
  let owed = withheld
  const kept = allotted.map(({ pool, places }) => {
    const given = Math.min(places, owed)
    owed -= given
    return { pool, places: places - given }
  })
  return { capacity, pools: [...kept, { pool: 'withheld', places: withheld }] }
}

/** What no channel has of an area, and what each channel was given, whether or not it is for sale. */
export function placesAllotted(terms: Terms, area: ChartArea): readonly PoolPlaces[] {
  let left = area.capacity
  const channels = partitionsOf(terms, area).map(({ channelId, places: wanted }) => {
    const places = Math.min(wanted, left)
    left -= places
    return { pool: poolOf(channelId), places }
  })
  return [{ pool: 'no-channel', places: left }, ...channels]
}

/** Whether two divisions give every pool the same. */
export function isSameDivision(one: Quotas, other: Quotas): boolean {
  const places = new Map(one.pools.map((pool) => [pool.pool, pool.places]))
  return (
    one.capacity === other.capacity &&
    one.pools.length === other.pools.length &&
    other.pools.every((pool) => places.get(pool.pool) === pool.places)
  )
}

/** What a request opens, as far as it concerns areas. */
export interface PoolsWanted {
  /** All that is opened, `NO_CHANNEL` for what is in none; empty says nothing. */
  readonly channelKeys?: readonly string[]
  readonly ignoreChannels?: boolean
  /** Id of the one channel whose places the request names. */
  readonly partition?: string
}

/** The place of what is in no channel, where keys of channels are told. */
export const NO_CHANNEL = 'NO_CHANNEL'

/** The pools that a request draws from and gives back to, in order: none where it opens none that the area has. */
export function poolsOpenedBy(terms: Terms, area: ChartArea, wanted: PoolsWanted): readonly Pool[] {
  const { channelKeys = [], ignoreChannels, partition } = wanted
  const whole = terms.channels.get(area.label)
  if (partition !== undefined) {
    const isWhole = whole !== undefined && terms.channelKeys.get(partition) === whole
    return [isWhole ? 'no-channel' : poolOf(partition)]
  }
  // Whether the channel of a whole area is opened is asked of it as of a seat.
  if (whole !== undefined) return ['no-channel']
  const partitions = partitionsOf(terms, area)
  const all = partitions.map(({ channelId }) => poolOf(channelId))
  if (ignoreChannels === true) return ['no-channel', ...all]
  if (channelKeys.length === 0) return ['no-channel']
  const byKey = new Map(partitions.map(({ channelKey, channelId }) => [channelKey, channelId]))
  const opened = [...new Set(channelKeys)].flatMap((key) => {
    const channelId = byKey.get(key)
    return channelId === undefined ? [] : [poolOf(channelId)]
  })
  return channelKeys.includes(NO_CHANNEL) ? [...opened, 'no-channel'] : opened
}

/** What the id of every channel begins with. */
export const CHANNEL_ID_PREFIX = 'chn_'

/** What stands between the label of an area and the id of a channel. */
const PARTITION_MARK = '##'

/** What an area would be called of which that label names a part. */
export function beforeMark(label: string): string {
  return label.slice(0, Math.max(0, label.lastIndexOf(PARTITION_MARK)))
}

/** Whether a label can be that of the places of a channel, in whichever event. */
export function looksLikePartition(label: string): boolean {
  return label.indexOf(PARTITION_MARK + CHANNEL_ID_PREFIX) > 0
}

/** The part of an area that a label names: the places of one channel. */
export interface Partition {
  readonly label: string
  readonly channelId: string
}

/** Undefined where a label names no part of an area: what the chart calls so comes first. */
export function partitionNamed(terms: Terms, label: string): Partition | undefined {
  const { named } = terms.inventory
  const mark = label.lastIndexOf(PARTITION_MARK)
  if (mark < 0 || named.has(label)) return undefined
  const areaLabel = label.slice(0, mark)
  const channelId = label.slice(mark + PARTITION_MARK.length)
  if (!terms.channelKeys.has(channelId) || areaNamed(terms, areaLabel) === undefined) {
    return undefined
  }
  return { label: areaLabel, channelId }
}

/** The label of the places of an area that are in a channel. */
export function partitionLabel({ label, channelId }: Partition): string {
  return label + PARTITION_MARK + channelId
}

/** The area of that label, where its places are sold one by one. */
export function areaNamed(terms: Terms, label: string): ChartArea | undefined {
  const object = offerOf(terms, label)?.object
  return object !== undefined && isByPlaces(object) ? object : undefined
}

/** Places of an area that are neither taken nor withheld: what may be taken of it, through whichever channel. */
export function placesFree(
  { capacity, notForSale }: { capacity: number; notForSale: number },
  { booked, held, elsewhere = 0 }: { booked: number; held: number; elsewhere?: number },
): number {
  return Math.max(0, capacity - notForSale - booked - held - elsewhere)
}

/** What channels have of an area's places: nothing where the whole area is in one. */
function partitionsOf({ channels, channelPlaces }: Terms, { label }: ChartArea) {
  return channels.has(label) ? [] : (channelPlaces.get(label) ?? [])
}
