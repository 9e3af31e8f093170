import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import { poolOf, quotasOf, type Pool } from '../../venue/pools.ts'
import type { ChartArea } from '../../venue/chart.ts'
import { isByPlaces } from '../../venue/chart.ts'
import { offerOf, type Offer, type Terms } from '../../venue/terms.ts'
import { isLiveHold, type BlockRow } from '../area/block.ts'
import type { AreaSums } from '../area/sums.ts'
import { isTaken, type SeatState } from '../seat.ts'
import {
  letters,
  type Hall,
  type HallArea,
  type HallHold,
  type Letter,
  type LostObject,
} from './hall.ts'

/** What was read of an event. */
export interface EventSeen {
  readonly terms: Terms
  /** Labels that have a row. */
  readonly labels: Iterable<string>
  /** How an object is shown at a moment, whoever has its places. */
  readonly stateAt: (label: string, at: Instant) => SeatState
  /** Of areas of which anybody has places, by label: their own. */
  readonly blocks: ReadonlyMap<string, readonly BlockRow[]>
  /** What is taken of an area, by whomever. */
  readonly areaOf: (label: string) => AreaSums
}

/** The whole event at that moment. */
export function hallOf(seen: EventSeen, now: Instant): Hall {
  const { named } = seen.terms.inventory
  const found: Found = {
    letters: [],
    holds: [],
    areas: [],
    categories: newCategories(),
    lost: [],
    channels: channelPlaces(seen.terms),
  }
  for (const [index, label] of [...named.keys()].entries()) {
    addObject(found, { seen, now, index, label, offer: offerOf(seen.terms, label) })
  }
  for (const label of new Set([...seen.labels, ...seen.blocks.keys()])) {
    if (!named.has(label)) found.lost.push(...lostObject(seen, { label, now }))
  }
  const { keys, runs } = found.categories
  return {
    letters: found.letters.join(''),
    holds: found.holds.sort((a, b) => a.until - b.until || a.index - b.index),
    areas: found.areas,
    categories: { keys: [...keys.keys()], runs },
    lost: found.lost.sort((a, b) => (a.label < b.label ? -1 : 1)),
  }
}

interface Found {
  readonly letters: Letter[]
  readonly holds: HallHold[]
  readonly areas: HallArea[]
  readonly categories: ReturnType<typeof newCategories>
  readonly lost: LostObject[]
  readonly channels: ReturnType<typeof channelPlaces>
}

/** Places of channels in their order: by the pool that each has of areas, and by key. */
function channelPlaces({ channelKeys }: Terms) {
  const ids = [...channelKeys.keys()]
  return {
    byPool: new Map<Pool, number>(ids.map((id, place) => [poolOf(id), place])),
    byKey: new Map([...channelKeys.values()].map((key, place) => [key, place])),
  }
}

interface Place {
  readonly seen: EventSeen
  readonly now: Instant
  readonly index: number
  readonly label: string
  readonly offer: Offer | undefined
}

function addObject(found: Found, place: Place): void {
  const { seen, now, index, label, offer } = place
  addCategory(found.categories, index, offer?.category?.key)
  const area = offer !== undefined && isByPlaces(offer.object) ? offer.object : undefined
  if (area !== undefined || isAnyTaken(seen, label)) addArea(found, { ...place, area })
  const { until, state } = settledAt(place)
  if (until > now) found.holds.push({ index, until })
  const isArea = found.areas.at(-1)?.index === index
  found.letters.push(isArea && !isTaken(state) ? letters.area : letterOf(state, offer))
}

/** The state that is left when everything that is held there by then has ended, and when that is. */
function settledAt({ seen, now, label }: Place): { until: Instant; state: SeatState } {
  let until = now
  let state = seen.stateAt(label, now)
  // Places that several hold, as a table and as seats at it: each end is that of one of them.
  while (state.status === 'held') {
    until = state.heldUntil
    state = seen.stateAt(label, until)
  }
  return { until, state }
}

function letterOf({ status }: SeatState, offer: Offer | undefined): Letter {
  switch (status) {
    case 'held':
      return letters.held
    case 'booked':
      return letters.booked
    case 'custom':
      return letters.taken
    case 'free':
    case 'resale': {
      if (offer === undefined) return letters.nothing
      if (!offer.isForSale) return letters.withheld
      // What is in resale was sold once: to whom it is offered now is no matter of channels.
      if (status === 'resale') return letters.resale
      return offer.channel === undefined ? letters.free : letters.inChannel
    }
  }
}

function isAnyTaken({ blocks, areaOf }: EventSeen, label: string): boolean {
  if (!blocks.has(label)) return false
  const { booked, held } = areaOf(label)
  return booked + held > 0
}

/**
 * What others have of an area in a season is in no pool of its own, so it was taken in that of no channel. It counts as booked: when it
 * is held, its end is that of a row, which is counted.
 */
function addArea(found: Found, place: Place & { readonly area: ChartArea | undefined }): void {
  const { seen, index, label, offer, area } = place
  const sums = seen.areaOf(label)
  const quotas = area === undefined ? undefined : quotasOf(seen.terms, area)
  const sold = (quotas?.pools ?? []).filter(({ pool }) => pool !== 'withheld')
  // What was taken in a pool that is not there was taken in that of no channel.
  const names: Pool[] = [
    'no-channel',
    ...sold.map(({ pool }) => pool).filter((it) => it !== 'no-channel'),
  ]
  const placeOf = (pool: Pool) => Math.max(0, names.indexOf(pool))
  const held = heldPlaces(place, placeOf)
  found.holds.push(...held)
  const taken = names.map((_, pool) => -sum(held.filter((hold) => hold.ofPool.pool === pool)))
  let ofOthers = sums.booked + sums.held + (sums.elsewhere ?? 0)
  for (const [pool, { booked, held: some }] of sums.pools) {
    taken[placeOf(pool)] = (taken[placeOf(pool)] ?? 0) + booked + some
    ofOthers -= booked + some
  }
  taken[0] = (taken[0] ?? 0) + ofOthers
  const isForSale = offer?.isForSale === true
  const { byPool, byKey } = found.channels
  // An area that is in a channel as a whole has all of its places in one pool.
  const channelOf = (name: Pool) =>
    name === 'no-channel' ? byKey.get(offer?.channel ?? '') : byPool.get(name)
  const pools = names.map((name, at) => ({
    ...defined({ channel: channelOf(name) }),
    places: isForSale ? (sold.find(({ pool }) => pool === name)?.places ?? 0) : 0,
    booked: taken[at] ?? 0,
  }))
  found.areas.push({ index, capacity: quotas?.capacity ?? 0, pools })
}

function sum(holds: readonly HeldPlaces[]): number {
  return holds.reduce((all, { ofPool }) => all + ofPool.places, 0)
}

type HeldPlaces = HallHold & Required<Pick<HallHold, 'ofPool'>>

/** What ends of an area's own holds, each moment and pool once. */
function heldPlaces(
  { seen, now, index, label }: Place,
  placeOf: (pool: Pool) => number,
): HeldPlaces[] {
  const held = new Map<string, HeldPlaces>()
  for (const hold of (seen.blocks.get(label) ?? []).flatMap(({ holds }) => holds)) {
    if (!isLiveHold(hold, now)) continue
    const pool = placeOf(hold.pool)
    const name = `${hold.until} ${pool}`
    const places = (held.get(name)?.ofPool.places ?? 0) + hold.places
    held.set(name, { index, until: hold.until, ofPool: { pool, places } })
  }
  return [...held.values()]
}

function lostObject(
  seen: EventSeen,
  { label, now }: { label: string; now: Instant },
): LostObject[] {
  const state = seen.stateAt(label, now)
  const whole = isTaken(state)
    ? [{ label, ...(state.status === 'held' ? { until: state.heldUntil } : {}) }]
    : []
  if (!seen.blocks.has(label)) return whole
  const { booked: own, elsewhere = 0, holds } = seen.areaOf(label)
  const held = holds.map(({ until, places }) => ({ label, until, places }))
  // What an event of a season has is for nobody to buy in the season.
  const booked = own + elsewhere
  return [...whole, ...held, ...(booked === 0 ? [] : [{ label, places: booked }])]
}

function newCategories() {
  return { keys: new Map<string, number>(), runs: [] as [number, number][] }
}

function addCategory({ keys, runs }: Found['categories'], index: number, key: string | undefined) {
  if (key !== undefined && !keys.has(key)) keys.set(key, keys.size)
  const place = key === undefined ? -1 : (keys.get(key) ?? -1)
  if (runs.at(-1)?.[1] !== place) runs.push([index, place])
}

/** Keys of categories, by place in the drawing. */
export function categoryKeys({
  categories: { keys, runs },
  letters: all,
}: Pick<Hall, 'categories' | 'letters'>): (string | undefined)[] {
  const found: (string | undefined)[] = []
  for (const [at, [from, key]] of runs.entries()) {
    const to = runs[at + 1]?.[0] ?? all.length
    for (let index = from; index < to; index += 1) found.push(keys[key])
  }
  return found
}
