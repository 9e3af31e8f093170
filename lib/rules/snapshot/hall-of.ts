import type { Instant } from '../../clock.ts'
import { quotasOf } from '../../venue/pools.ts'
import type { ChartArea } from '../../venue/chart.ts'
import { isByPlaces } from '../../venue/chart.ts'
import { offerOf, type Offer, type Terms } from '../../venue/terms.ts'
import { bookedIn, isLiveHold, type BlockRow } from '../area/block.ts'
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
  /** The state of an object at a moment, as its own row tells it. */
  readonly ownAt: (label: string, at: Instant) => SeatState
  /** The state that counts for buyers, whoever has its places. */
  readonly shownAt: (label: string, at: Instant) => SeatState
  /** Of areas whose places are sold one by one, by label. */
  readonly blocks: ReadonlyMap<string, readonly BlockRow[]>
}

/** The whole event at that moment. */
export function hallOf(seen: EventSeen, now: Instant): Hall {
  const { named } = seen.terms.inventory
  const found: Found = { letters: [], holds: [], areas: [], categories: newCategories(), lost: [] }
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
  const ownBlocks = seen.blocks.get(label) ?? []
  const area = offer !== undefined && isByPlaces(offer.object) ? offer.object : undefined
  if (area !== undefined || isAnyTaken(ownBlocks, now)) {
    addArea(found, { ...place, rows: ownBlocks, area })
  }
  const { until, state } = settledAt(place)
  if (until > now) found.holds.push({ index, until })
  const isArea = found.areas.at(-1)?.index === index
  found.letters.push(isArea && !isTaken(state) ? letters.area : letterOf(state, offer))
}

/** The state that is left when everything that is held there by then has ended, and when that is. */
function settledAt({ seen, now, label, offer }: Place): { until: Instant; state: SeatState } {
  const at = offer === undefined ? seen.ownAt : seen.shownAt
  let until = now
  let state = at(label, now)
  // Places that several hold, as a table and as seats at it: each end is that of one of them.
  while (state.status === 'held') {
    until = state.heldUntil
    state = at(label, until)
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

function isAnyTaken(rows: readonly BlockRow[], now: Instant): boolean {
  return rows.some((row) => bookedIn(row) > 0 || row.holds.some((hold) => isLiveHold(hold, now)))
}

function addArea(
  found: Found,
  {
    seen,
    now,
    index,
    offer,
    rows,
    area,
  }: Place & { rows: readonly BlockRow[]; area: ChartArea | undefined },
): void {
  const isForSale = offer?.isForSale === true
  const isWholeInChannel = offer?.channel !== undefined
  const quotas = area === undefined ? undefined : quotasOf(seen.terms, area)
  const sold = (quotas?.pools ?? []).filter(({ pool }) => pool !== 'withheld')
  // What was taken in a pool that is not there was taken in that of no channel.
  const names = ['no-channel', ...sold.map(({ pool }) => pool).filter((it) => it !== 'no-channel')]
  const placeOf = (pool: string) => Math.max(0, names.indexOf(pool))
  const booked = names.map(() => 0)
  for (const { pool, booked: some } of rows.flatMap(({ pools }) => pools)) {
    booked[placeOf(pool)] = (booked[placeOf(pool)] ?? 0) + some
  }
  const pools = names.map((name, at) => ({
    isOfChannel: name !== 'no-channel' || isWholeInChannel,
    places: isForSale ? (sold.find(({ pool }) => pool === name)?.places ?? 0) : 0,
    booked: booked[at] ?? 0,
  }))
  const held = new Map<string, HallHold>()
  for (const hold of rows.flatMap(({ holds }) => holds)) {
    if (!isLiveHold(hold, now)) continue
    const pool = placeOf(hold.pool)
    const name = `${hold.until} ${pool}`
    const places = (held.get(name)?.ofPool?.places ?? 0) + hold.places
    held.set(name, { index, until: hold.until, ofPool: { pool, places } })
  }
  found.holds.push(...held.values())
  found.areas.push({ index, capacity: quotas?.capacity ?? 0, pools })
}

function lostObject(
  seen: EventSeen,
  { label, now }: { label: string; now: Instant },
): LostObject[] {
  const state = seen.ownAt(label, now)
  const own = isTaken(state)
    ? [{ label, ...(state.status === 'held' ? { until: state.heldUntil } : {}) }]
    : []
  const rows = seen.blocks.get(label) ?? []
  const booked = rows.reduce((all, row) => all + bookedIn(row), 0)
  const held = rows
    .flatMap(({ holds }) => holds)
    .filter((hold) => isLiveHold(hold, now))
    .map(({ until, places }) => ({ label, until, places }))
  return [...own, ...held, ...(booked === 0 ? [] : [{ label, places: booked }])]
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
