import type { Instant } from '../clock.ts'
import type { ChartObject } from './chart.ts'

/** Extra data of an object as JSON text: kept as text so that numbers and field names come back as they came. */
export type ExtraDataText = string & { readonly brand: 'ExtraDataText' }

/** What an object is at rest. A hold past its deadline is still stored as held; `situationOf` reads it as free. */
export type SeatState =
  | { readonly status: 'free' }
  | {
      readonly status: 'held'
      readonly holdToken: string
      readonly heldUntil: Instant
      readonly extraData?: ExtraDataText
    }
  | { readonly status: 'booked'; readonly extraData?: ExtraDataText }

export type SeatStatus = SeatState['status']

/** The stored row of an object that was touched at least once. Each change raises `version` by one. */
export interface SeatRow {
  readonly version: number
  readonly state: SeatState
  readonly changedAt: Instant
  readonly operationId: string
}

/** The part of an event that its rows' keys depend on; fixed for the event's life. */
export interface EventRef {
  readonly eventId: string
  readonly shards: number
}

/** One object of one event as it was read: its row, if it was ever touched, and its place on the chart, if any. */
export interface Target {
  readonly event: EventRef
  readonly label: string
  readonly row: SeatRow | undefined
  readonly object: ChartObject | undefined
}

/** How an object looks to one caller at one moment. A lapsed hold looks free. */
export type Situation = 'unknown' | 'not-for-sale' | 'free' | 'mine' | 'theirs' | 'booked'

/** Whose eyes: the caller's hold token, and the category they restrict themselves to. */
export interface Viewer {
  readonly holdToken?: string
  readonly categoryKey?: string
}

/** Says how a target looks to the viewer at that moment; a row that is taken counts even when the chart lost the label. */
export function situationOf(target: Target, viewer: Viewer, now: Instant): Situation {
  const state = target.row?.state
  if (state?.status === 'booked') return 'booked'
  if (state?.status === 'held' && isLive(state, now)) {
    return state.holdToken === viewer.holdToken ? 'mine' : 'theirs'
  }
  if (target.object === undefined) return 'unknown'
  return isForSale(target.object, viewer) ? 'free' : 'not-for-sale'
}

/** A hold ends at the millisecond of its deadline: at `heldUntil` itself the object is free. */
export function isLive(state: { readonly heldUntil: Instant }, now: Instant): boolean {
  return state.heldUntil > now
}

/** True for a stored hold whose deadline has passed. */
export function isLapsed(row: SeatRow | undefined, now: Instant): boolean {
  return row?.state.status === 'held' && !isLive(row.state, now)
}

/** Seats and booths are sold one by one; areas and tables sold as a whole are not sold yet. */
function isForSale(object: ChartObject, viewer: Viewer): boolean {
  if (object.kind !== 'seat' && object.kind !== 'booth') return false
  return viewer.categoryKey === undefined || viewer.categoryKey === object.category?.key
}
