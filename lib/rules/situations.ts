import type { Instant } from '../clock.ts'
import { defined } from '../defined.ts'
import { NO_CHANNEL } from '../venue/pools.ts'
import type { Offer } from '../venue/terms.ts'
import type { SeasonSeen } from './season/season-row.ts'
import {
  atRest,
  isTaken,
  placesTaken,
  type EventRef,
  type SeatNotes,
  type SeatRow,
  type SeatState,
  type TakenState,
} from './seat.ts'

/** One object of one event as it was read: its row, if it was ever touched, and what the event sells there, if anything. */
export interface Target {
  readonly event: EventRef
  readonly label: string
  readonly row: SeatRow | undefined
  readonly offer: Offer | undefined
  /** What its places belong to besides in its event: of a table its seats, of a seat at a table the table. */
  readonly sharers?: readonly Sharer[]
  /**
   * Of an object of a season, or of an event in one: what was read of the season. Whoever decides adds what takes its places there,
   * and writes the season's rows along.
   */
  readonly season?: SeasonSeen
  /** The events that a request changes alike put it in different channels: no channel key opens it. */
  readonly isAtOdds?: true
  /** What the request says of this object alone. */
  readonly given?: Pick<SeatNotes, 'ticketType' | 'extraData'>
  /** Places that are asked for: an object that is sold as one has one. */
  readonly quantity?: number
}

/** Another object with the same places, perhaps of another event, and its row if it was ever touched. */
export interface Sharer {
  readonly event: EventRef
  readonly label: string
  readonly row: SeatRow | undefined
}

/** How an object looks to one caller at one moment. A lapsed hold looks like what it returns to. */
export type Situation =
  | 'unknown'
  /** Of a kind that is not sold. */
  | 'not-sold'
  | 'free'
  | 'resale'
  /** Selectable itself, and its places are held under another label: as a table, or as a seat at it. */
  | 'place-held'
  /** The same of places that are booked, or in a custom status. */
  | 'place-taken'
  /** In resale itself, while others have its places: it can be withdrawn, and not bought. */
  | 'resale-taken'
  | 'mine'
  | 'theirs'
  | 'booked'
  | 'custom'
  /** In the very custom status that is asked for. */
  | 'same'
  /** Besides its status: free, in a channel that the caller does not open, or in none where only channels are opened. */
  | 'in-another-channel'
  /** The same of what is taken. */
  | 'taken-in-another-channel'
  /** Besides its status: selectable, and taken off sale, or of another category than the caller wants. */
  | 'not-for-sale'

/** Whose eyes: the caller's hold token, the category they restrict themselves to, the status they ask for. */
export interface Viewer extends Opening {
  readonly holdToken?: string
  readonly categoryKey?: string
  readonly status?: string
}

/** Which channels a caller opens; without a word, only what is in none is theirs to change. */
export interface Opening {
  /** All that is opened, `NO_CHANNEL` for what is in none; empty says nothing. */
  readonly channelKeys?: readonly string[]
  readonly ignoreChannels?: boolean
}

/**
 * Says how a target looks to the viewer at that moment: its status, then what else may be in the way, in order of precedence. A
 * row that is taken counts even when the chart lost the label.
 */
export function situationsOf(target: Target, viewer: Viewer, now: Instant): Situation[] {
  const own = atRest(target.row, now)
  const state = effectiveState(target, now)
  const isFree = state.status === 'free'
  const isSelectable = !isTaken(state)
  const isOwn = isTaken(own) || isSelectable
  const isInResale = own.status === 'resale'
  const situations: Situation[] = [
    isOwn ? statusSituation(target, own, viewer) : placeSituation(state, isInResale),
  ]
  const { offer, isAtOdds } = target
  if (offer === undefined) return situations
  // What is in resale was sold once: to whom it is offered now is no matter of channels.
  const asksNoChannel = isInResale
  const looks = { offer, isFree, isSelectable, asksNoChannel, ...defined({ isAtOdds }) }
  return [...situations, ...besides(looks, viewer)]
}

/** How an object looks besides its status. */
interface Looks extends Pick<Target, 'isAtOdds'> {
  readonly offer: Offer
  readonly isFree: boolean
  readonly isSelectable: boolean
  /** Whoever wants it need open no channel. */
  readonly asksNoChannel?: boolean
}

/** The situations of an object besides its status, in order of precedence. */
export function besides(looks: Looks, viewer: Viewer): Situation[] {
  const { offer, isFree, isSelectable, asksNoChannel } = looks
  const situations: Situation[] = []
  if (asksNoChannel !== true && !isOpened(offer, viewer, looks)) {
    situations.push(isFree ? 'in-another-channel' : 'taken-in-another-channel')
  }
  if (isSelectable && !isForSale(offer, viewer)) situations.push('not-for-sale')
  return situations
}

/**
 * The state that counts for buyers at that moment: an object that is not taken itself is as taken as the first of those that it
 * shares its places with.
 */
export function effectiveState(
  { row, sharers = [] }: Pick<Target, 'row' | 'sharers'>,
  now: Instant,
): SeatState {
  const own = atRest(row, now)
  return isTaken(own) ? own : (takenSharer(sharers, now) ?? own)
}

/** As what the first of them takes the places that it shares, at that moment. */
export function takenSharer(
  sharers: readonly Pick<Sharer, 'row'>[],
  now: Instant,
): TakenState | undefined {
  for (const sharer of sharers) {
    const state = placesTaken(atRest(sharer.row, now))
    if (state !== undefined) return state
  }
  return undefined
}

function statusSituation(target: Target, state: SeatState, viewer: Viewer): Situation {
  switch (state.status) {
    case 'booked':
      return 'booked'
    case 'custom':
      return state.name === viewer.status ? 'same' : 'custom'
    case 'held':
      return state.holdToken === viewer.holdToken ? 'mine' : 'theirs'
    case 'free':
    case 'resale':
      if (target.offer === undefined) return 'unknown'
      return target.offer.isSold ? state.status : 'not-sold'
  }
}

function placeSituation({ status }: SeatState, isInResale: boolean): Situation {
  if (isInResale) return 'resale-taken'
  return status === 'held' ? 'place-held' : 'place-taken'
}

function isOpened(
  { channel = NO_CHANNEL }: Offer,
  { channelKeys = [], ignoreChannels }: Viewer,
  { isAtOdds }: Pick<Target, 'isAtOdds'>,
): boolean {
  if (ignoreChannels === true) return true
  if (isAtOdds === true) return false
  return channelKeys.length === 0 ? channel === NO_CHANNEL : channelKeys.includes(channel)
}

function isForSale(offer: Offer, { categoryKey }: Viewer): boolean {
  if (!offer.isForSale) return false
  return categoryKey === undefined || categoryKey === offer.category?.key
}
