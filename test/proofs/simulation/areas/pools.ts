import type { Fields } from '../judge/timeline.ts'
import type { Opening } from '../requests.ts'

// What terms make of an area's places: the contract's rules, written anew here.

/** A channel as its event has it. */
export interface LawnChannel {
  readonly id: string
  readonly key: string
  readonly objects: readonly string[]
  readonly areaPlaces: Readonly<Record<string, number>>
}

/** What an event says of selling, as far as it concerns areas. */
export interface LawnTerms {
  readonly channels: readonly LawnChannel[]
  readonly closed: readonly string[]
  readonly withheld: Readonly<Record<string, number>>
}

/** Places by pool, in the order in which they are given away. */
export type Pools = ReadonlyMap<string, number>

export const NO_CHANNEL = 'no-channel'
export const WITHHELD = 'withheld'

/** How an area of so many places is divided. */
export function quotasOf(
  { channels, closed, withheld }: LawnTerms,
  { label, capacity }: { label: string; capacity: number },
): Pools {
  const isWhole = channels.some(({ objects }) => objects.includes(label))
  const sharing = isWhole ? [] : channels.filter(({ areaPlaces }) => label in areaPlaces)
  const pools = new Map([[NO_CHANNEL, capacity]])
  let left = capacity
  for (const { id, areaPlaces } of sharing) {
    const places = Math.min(left, areaPlaces[label] ?? 0)
    pools.set(`#${id}`, places)
    left -= places
    pools.set(NO_CHANNEL, left)
  }
  const wanted = closed.includes(label) ? 0 : Math.min(capacity, withheld[label] ?? 0)
  if (wanted === 0) return pools
  let owed = wanted
  for (const [pool, places] of pools) {
    const given = Math.min(places, owed)
    owed -= given
    pools.set(pool, places - given)
  }
  return pools.set(WITHHELD, wanted)
}

/** What may be taken of each pool that is opened, in all: what is taken beyond a quota is missing in the others, the first of them first. */
export function roomIn(quotas: Pools, taken: Pools, opened: (pool: string) => boolean): number {
  const counted = new Map<string, number>()
  for (const [pool, places] of taken) {
    const known = quotas.has(pool) && pool !== WITHHELD ? pool : NO_CHANNEL
    counted.set(known, (counted.get(known) ?? 0) + places)
  }
  const left = [...quotas]
    .filter(([pool]) => pool !== WITHHELD)
    .map(([pool, places]) => ({ pool, places: places - (counted.get(pool) ?? 0) }))
  let owed = left.reduce((sum, { places }) => sum + Math.max(0, -places), 0)
  let room = 0
  for (const { pool, places } of left) {
    if (places <= 0) continue
    const given = Math.min(places, owed)
    owed -= given
    if (opened(pool)) room += places - given
  }
  return room
}

/** Whether a request opens a pool, whose channel has that key. */
export function opens(
  { channelKeys = [], ignoreChannels }: Opening,
  {
    pool,
    key,
    partition,
  }: { pool: string; key: string | undefined; partition: string | undefined },
): boolean {
  if (partition !== undefined) return pool === `#${partition}`
  if (ignoreChannels === true) return true
  if (pool === NO_CHANNEL) return channelKeys.length === 0 || channelKeys.includes('NO_CHANNEL')
  return key !== undefined && channelKeys.includes(key)
}

/** What an event's text says of areas. */
export function readLawnTerms(details: Fields): LawnTerms {
  const { channels = [], saleRules } = details as {
    channels?: LawnChannel[]
    saleRules?: { objects: string[]; areaPlaces: Record<string, number> }
  }
  return { channels, closed: saleRules?.objects ?? [], withheld: saleRules?.areaPlaces ?? {} }
}
