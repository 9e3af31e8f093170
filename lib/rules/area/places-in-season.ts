import type { Instant } from '../../clock.ts'
import type { Pool, Quotas } from '../../venue/pools.ts'
import type { EventRef } from '../seat.ts'
import {
  eventIn,
  partialOf,
  wholeOf,
  type PoolCounts,
  type SeasonSeen,
} from '../season/season-row.ts'
import { eventsOf } from '../season/season-sharers.ts'
import { bookedIn, heldIn, roomIn, sum, type BlockRow, type BlockState } from './block.ts'
import { planAnew } from './plan.ts'
import type { AreaSums } from './sums.ts'

// Places of areas in seasons. A season, each of its partial seasons and each of its events has one block of an area, as if it were
// alone; what the others have taken is missing there. How much that is stands in the season's row, which every block that takes
// places or gives some back writes along: so those who take the last places, wherever, meet in that row.
//
// - In an event places are missing that are taken on the seasons that it is in, less those that it overrides.
// - On a season those are missing that are taken in that one of its events where most are, with what the other seasons have there.
// - There are no plans: with one block, what each pool has follows from the terms whenever somebody decides.

/** What was read of the season of an area. */
export interface AreaSeason extends SeasonSeen {
  /** The block of a season, a partial season or an event; 'unread' where it is not known whether there is one. */
  readonly blockOf: (event: EventRef, label: string) => BlockRow | undefined | 'unread'
}

/** Whoever has places of the same area at the same time: each list alone is missing. */
export function othersOf(
  event: EventRef,
  { season, roster }: Pick<SeasonSeen, 'season' | 'roster'>,
): readonly EventRef[][] {
  const top = wholeOf(season)
  const { season: place } = event
  const partsWith = (number: number): EventRef[] => [
    top,
    ...roster.partials
      .filter(({ events }) => events.includes(number))
      .map(({ eventId }) => partialOf(season, eventId)),
  ]
  if (place?.role === 'event') return [partsWith(place.number)]
  const inEvents = eventsOf(event, roster).map((each) => {
    const parts = partsWith(each.number).filter(({ eventId }) => eventId !== event.eventId)
    return [...parts, eventIn(season, each)]
  })
  return place?.role === 'part' ? [[top], ...inEvents] : inEvents
}

/** What is stored as taken in a block, by pool: lapsed holds too. */
export function countsOf({ pools, holds }: BlockState): PoolCounts {
  const counts = new Map<Pool, number>()
  const all = [
    ...pools.map(({ pool, booked }) => ({ pool, places: booked })),
    ...holds.map(({ pool, places }) => ({ pool, places })),
  ]
  for (const { pool, places } of all) counts.set(pool, (counts.get(pool) ?? 0) + places)
  const taken = [...counts].filter(([, places]) => places > 0)
  return Object.fromEntries(taken.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Whether two count the same. */
export function isSameCount(one: PoolCounts, other: PoolCounts): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** The same counts with so many places less, those of no channel first. */
export function withoutPlaces(counts: PoolCounts, places: number): PoolCounts {
  let left = places
  const entries = entriesOf(counts).sort(([a], [b]) => rank(a) - rank(b))
  return Object.fromEntries(
    entries.map(([pool, taken]) => {
      const gone = Math.min(left, taken)
      left -= gone
      return [pool, taken - gone]
    }),
  )
}

function rank(pool: Pool): number {
  return pool === 'no-channel' ? 0 : 1
}

/** What several have taken together. */
export function together(all: readonly PoolCounts[]): PoolCounts {
  const counts = new Map<Pool, number>()
  for (const [pool, places] of all.flatMap(entriesOf)) {
    counts.set(pool, (counts.get(pool) ?? 0) + places)
  }
  return Object.fromEntries(counts)
}

function entriesOf(counts: PoolCounts): [Pool, number][] {
  return Object.entries(counts) as [Pool, number][]
}

/** How many places they count in all. */
export function countOf(counts: PoolCounts): number {
  return entriesOf(counts).reduce((all, [, places]) => all + places, 0)
}

/**
 * A block with as many places in each pool as it has taken and as are left there: so many as the terms give the pool, less what it has
 * taken and what is missing, whichever of several misses most. Where a pool misses more than it has, the others have that much less.
 */
export function seatedIn(
  state: BlockState,
  { quotas, missing }: { quotas: Quotas; missing: readonly PoolCounts[] },
  now: Instant,
): BlockState {
  const own = divided(state, quotas, now)
  const rivals = missing.map((counts) => divided(withBooked(own, counts), quotas, now))
  const pools = own.pools.map((it) => {
    const room = Math.min(...[own, ...rivals].map((block) => roomIn(block, now, it.pool)))
    return { ...it, places: bookedIn(own, it.pool) + heldIn(own, now, it.pool) + room }
  })
  return { ...own, pools }
}

function divided(state: BlockState, quotas: Quotas, now: Instant): BlockState {
  const former = { plan: undefined, blocks: [state], isSingle: true } as const
  const { blocks } = planAnew(former, quotas, now)
  return { ...state, ...blocks[0], plan: 0 }
}

function withBooked(state: BlockState, counts: PoolCounts): BlockState {
  const known = new Set(state.pools.map(({ pool }) => pool))
  const others = entriesOf(counts).filter(([pool]) => !known.has(pool))
  return {
    ...state,
    pools: [
      ...state.pools.map((it) => ({ ...it, booked: it.booked + (counts[it.pool] ?? 0) })),
      ...others.map(([pool, booked]) => ({ pool, places: 0, booked })),
    ],
  }
}

/** How many places of a block are taken at that moment. */
export function takenIn(block: BlockState | undefined, now: Instant): number {
  return block === undefined ? 0 : bookedIn(block) + heldIn(block, now)
}

/** What is taken less so many places: booked ones before those that are held, and of these the ones that are held for longest. */
export function lessPlaces({ booked, held, holds }: Taken, places: number): Taken {
  const ofBooked = Math.min(booked, places)
  let owed = Math.min(held, places - ofBooked)
  const kept = holds
    .toSorted((a, b) => b.until - a.until)
    .flatMap((hold) => {
      const gone = Math.min(hold.places, owed)
      owed -= gone
      return gone === hold.places ? [] : [{ ...hold, places: hold.places - gone }]
    })
  return { booked: booked - ofBooked, held: sum(kept), holds: kept.reverse() }
}

type Taken = Pick<AreaSums, 'booked' | 'held' | 'holds'>

/** Whether anything in a block has lapsed. */
export function isAnyLapsed(block: BlockState, now: Instant): boolean {
  return sum(block.holds) > heldIn(block, now)
}
