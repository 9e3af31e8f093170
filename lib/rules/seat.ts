import type { Instant } from '../clock.ts'
import { defined } from '../defined.ts'
import type { SeasonPlace } from './season/season-place.ts'

/** Extra data of an object as JSON text: kept as text so that numbers and field names come back as they came. */
export type ExtraDataText = string & { readonly brand: 'ExtraDataText' }

/** What goes with an object besides its status. */
export interface SeatNotes {
  readonly extraData?: ExtraDataText
  /** Of the change that made it what it is, a release too. */
  readonly orderId?: string
  readonly ticketType?: string
  /** The caller's id of a resale; kept while the object is held or sold from it. */
  readonly resaleListingId?: string
}

/** Set where an object that is taken was in resale before: it returns there. */
export interface Return {
  readonly returnsTo?: 'resale'
}

/**
 * What an object is at rest: free or in resale, which buyers may select, or taken. A hold past its deadline is still stored as
 * held; `atRest` reads it as what it returns to.
 */
export type SeatState = SeatNotes &
  (
    | { readonly status: 'free' }
    | { readonly status: 'resale' }
    | (Return & {
        readonly status: 'held'
        readonly holdToken: string
        readonly heldUntil: Instant
      })
    | (Return & { readonly status: 'booked' })
    /** A status of the integrator's own, by its name. */
    | (Return & { readonly status: 'custom'; readonly name: string })
  )

/** An object that a buyer cannot select. */
export type TakenState = Exclude<SeatState, { status: 'free' | 'resale' }>

/** A status in one word: custom ones with `=` before their name, so that they can be called anything. */
export type StatusWord = 'free' | 'resale' | 'held' | 'booked' | `=${string}`

/** The word for a state's status. */
export function statusWord(state: SeatState): StatusWord {
  return state.status === 'custom' ? `=${state.name}` : state.status
}

/** The stored row of an object that was touched at least once. Each change raises `version` by one. */
export interface SeatRow {
  readonly version: number
  readonly state: SeatState
  readonly changedAt: Instant
  readonly operationId: string
  /** Set where the last change was one that the states before and after do not tell apart from others. */
  readonly mark?: Mark
  /** Of an event in a season: the seasons, by event id, whose status does not count for it. */
  readonly overridden?: readonly string[]
}

/** A hold that has ended rather than been released, or a change of an object whose status stays. */
export type Mark = 'expired' | 'updated'

/** The part of an event that its rows' keys depend on; fixed for the event's life. */
export interface EventRef {
  readonly eventId: string
  readonly shards: number
  /** Of a season, and of an event in one. */
  readonly season?: SeasonPlace
}

/** The state that an object is in at that moment: a hold that has lapsed has returned to where it came from. */
export function atRest(row: SeatRow | undefined, now: Instant): SeatState {
  if (row === undefined) return { status: 'free' }
  const { state } = row
  return state.status === 'held' && !isLive(state, now) ? returned(state) : state
}

/**
 * As what an object in that state takes its places from whoever wants them under another label. What is in resale has an owner until
 * it is bought, and is bought under its own label: for all others its places are booked.
 */
export function placesTaken(state: SeatState): TakenState | undefined {
  if (state.status === 'resale') return { status: 'booked' }
  return isTaken(state) ? state : undefined
}

/** Whether buyers cannot select an object in that state. */
export function isTaken(state: SeatState): state is TakenState {
  return state.status !== 'free' && state.status !== 'resale'
}

/** What an object returns to when it is let go: free, or the resale it was taken from. Nothing of the buyer stays. */
export function returned(state: SeatState): SeatState {
  const isFromResale = 'returnsTo' in state
  if (!isFromResale) return { status: 'free' }
  const { resaleListingId } = state
  return { status: 'resale', ...defined({ resaleListingId }) }
}

/** A hold ends at the millisecond of its deadline: at `heldUntil` itself the object is free. */
export function isLive(state: { readonly heldUntil: Instant }, now: Instant): boolean {
  return state.heldUntil > now
}

/** True for a stored hold whose deadline has passed. */
export function isLapsed(row: SeatRow | undefined, now: Instant): boolean {
  return row?.state.status === 'held' && !isLive(row.state, now)
}
