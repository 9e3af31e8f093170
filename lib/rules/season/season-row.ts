import type { Instant } from '../../clock.ts'
import type { Roster, RosterEvent } from '../../records/records.ts'
import type { Pool } from '../../venue/pools.ts'
import type { EventRef, SeatRow } from '../seat.ts'
import type { SeasonRef } from './season-place.ts'

// What a season knows of one label, in one row: how the object is in the season and in each of its partial seasons, and in which
// events somebody has it.

/** The stored row of an object of a season: each write raises `version` by one. */
export interface SeasonRow {
  readonly version: number
  readonly changedAt: Instant
  readonly operationId: string
  /** How it is in the season itself, and in its partial seasons, by their event ids; each with a version of its own. */
  readonly parts: Readonly<Record<string, SeatRow>>
  /** Numbers of the events in which it is stored as anything but free, lapsed holds too; rising. */
  readonly taken: readonly number[]
  /** Of an area that is sold by places: how many are stored as taken, lapsed holds too, where any are. */
  readonly places?: PlacesTaken
}

/** By the number of an event, or by the event id of a season or a partial season. */
export type PlacesTaken = Readonly<Record<string, PoolCounts>>

/** Places of an area by pool. */
export type PoolCounts = Readonly<Partial<Record<Pool, number>>>

/** What was read of a season for decisions about its objects and those of its events. */
export interface SeasonSeen {
  readonly season: SeasonRef
  readonly roster: Roster
  readonly seasonRow: (label: string) => SeasonRow | undefined
  /** 'unread' where it is not known whether there is one. */
  readonly eventRow: (event: RosterEvent, label: string) => SeatRow | undefined | 'unread'
}

/** What is known of a season where only its rows were read: enough for whoever lets go of what somebody has. */
export function rowAlone(season: SeasonRef, seasonRow: SeasonSeen['seasonRow']): SeasonSeen {
  const roster = { next: Infinity, events: [], partials: [] }
  return { season, roster, seasonRow, eventRow: () => 'unread' }
}

/** How an object is in a season or a partial season; undefined where it was never touched there. */
export function partOf(row: SeasonRow | undefined, partId: string): SeatRow | undefined {
  return row?.parts[partId]
}

/** Event ids of the season and the partial seasons that a row tells of. */
export function partsIn({ parts, places = {} }: SeasonRow): string[] {
  return [...Object.keys(parts), ...Object.keys(places).filter((owner) => !isNumber(owner))]
}

/** Numbers of the events that a row tells of. */
export function numbersIn({ taken, places = {} }: SeasonRow): number[] {
  return [...taken, ...Object.keys(places).filter(isNumber).map(Number)]
}

/** Event ids are longer than any number of an event. */
function isNumber(owner: string): boolean {
  return /^\d{1,9}$/.test(owner)
}

/** The season whose rows tell how objects are there; undefined of what has rows of its own. */
export function seasonOfPart({ eventId, shards, season }: EventRef): SeasonRef | undefined {
  if (season?.role === 'whole') return { eventId, shards }
  return season?.role === 'part' ? { eventId: season.eventId, shards: season.shards } : undefined
}

/** The top-level season, as objects of it are named. */
export function wholeOf({ eventId, shards }: SeasonRef): EventRef {
  return { eventId, shards, season: { role: 'whole' } }
}

/** A partial season, as objects of it are named: it has as many shards as its season. */
export function partialOf({ eventId, shards }: SeasonRef, partId: string): EventRef {
  return { eventId: partId, shards, season: { role: 'part', eventId, shards } }
}

/** An event of a season, as objects of it are named. */
export function eventIn(season: SeasonRef, { eventId, shards, number }: RosterEvent): EventRef {
  return { eventId, shards, season: { role: 'event', ...refOf(season), number } }
}

/** What the keys of a season's rows depend on. */
export function refOf({ eventId, shards }: SeasonRef): SeasonRef {
  return { eventId, shards }
}
