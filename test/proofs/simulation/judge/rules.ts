import type { Asked, SeatVerb } from '../requests.ts'
import type { Offered } from './terms.ts'
import type { Notes, State } from './timeline.ts'

// The rules of holding and booking, as the contract tells them: written anew here, and not taken from the product.

/** How an object looks to whoever asks, by their clock. A hold that has ended is no hold. */
export type Look = 'free' | 'resale' | 'mine' | 'theirs' | 'booked' | 'custom'

/** What an object is at some moment, as far as rules care. */
export interface Rest {
  readonly status: State['status']
  readonly token?: string | undefined
  readonly notes: Notes
}

/** Says what a state has come to at a moment of the asker's clock. */
export function restOf(state: State | undefined, now: number): Rest {
  if (state === undefined) return { status: 'free', notes: {} }
  return isLapsed(state, now) ? letGo(state.notes) : state
}

/** Whether it is a hold that has ended by itself. */
export function isLapsed(state: State | undefined, now: number): boolean {
  return state?.status === 'held' && Number(state.until) <= now
}

/** What is let go is free, or in resale again under its listing; nothing of the buyer stays. */
export function letGo({ returnsTo, listing }: Notes): Rest {
  if (returnsTo === undefined) return { status: 'free', notes: {} }
  return { status: 'resale', notes: listing === undefined ? {} : { listing } }
}

/** What stays of a resale when an object is taken. */
export function ofResale({ status, notes: { listing, returnsTo } }: Rest): Notes {
  const isFromResale = status === 'resale' || returnsTo !== undefined
  return {
    ...(listing === undefined ? {} : { listing }),
    ...(isFromResale ? { returnsTo: 'resale' } : {}),
  }
}

/** Says how an object looks to the bearer of a token. */
export function lookOf({ status, token: holder }: Rest, token: string | undefined): Look {
  if (status === 'held') return holder === token ? 'mine' : 'theirs'
  return status === 'free' || status === 'resale' || status === 'booked' ? status : 'custom'
}

const notHeld = 'not-held-by-token'
const onlyMine = {
  free: notHeld,
  resale: notHeld,
  mine: 'yes',
  theirs: notHeld,
  booked: notHeld,
  custom: notHeld,
} as const
const release = {
  free: 'not-taken',
  resale: 'not-taken',
  mine: 'yes',
  theirs: 'yes',
  booked: 'yes',
  custom: 'yes',
} as const

/** What each verb may do with an object that looks like this: change it, or refuse it with one of these words. */
const book: Record<SeatVerb | 'move-token', Record<Look, string>> = {
  hold: {
    free: 'yes',
    resale: 'yes',
    mine: 'yes',
    theirs: 'held-by-another',
    booked: 'seat-booked',
    custom: 'status-not-allowed',
  },
  extend: onlyMine,
  'book-held': onlyMine,
  'move-token': onlyMine,
  release,
  'release-held': { ...release, theirs: 'not-taken', booked: 'not-taken', custom: 'not-taken' },
}

/** What a request does to objects one by one. */
export type Single = Asked & { readonly verb: SeatVerb | 'move-token' }

/** What is around an object besides its own status. */
export interface Around {
  readonly offered: Offered
  /** As what its places are taken under another label, where itself it is not. */
  readonly besides?: Rest | undefined
}

/** Why places cannot be had that are taken under another label, by whomever. */
export function placeTaken({ status }: Rest): string {
  return status === 'held' ? 'held-by-another' : 'seat-booked'
}

/** Whether buyers may select it. */
export function isSelectable({ status }: Pick<Rest, 'status'>): boolean {
  return status === 'free' || status === 'resale'
}

/** As what else an object's places are taken; undefined where it is taken itself, or nothing of that is. */
export function takenBesides(rest: Rest, sharers: readonly Rest[]): Rest | undefined {
  if (!isSelectable(rest)) return undefined
  const taken = sharers.find(({ status }) => status !== 'free')
  // Who offers it for resale has it: under another label its places are booked.
  return taken?.status === 'resale' ? { status: 'booked', notes: {} } : taken
}

/** The one answer that a request may get about an object at rest: yes, or a refusal. */
export function verdict(asked: Single, rest: Rest, { offered, besides }: Around): string {
  const isHold = asked.verb === 'hold'
  if (isHold && !offered.isKnown && isSelectable(rest)) return 'unknown-object'
  if (isHold && besides !== undefined) return placeTaken(besides)
  const look = lookOf(rest, asked.holdToken)
  const said = book[asked.verb][look]
  // What is held already goes on, whatever became of its channel or of the sale.
  return said === 'yes' && isHold && look !== 'mine' ? onOffer(rest, offered) : said
}

/** Whether something that is free or in resale may be taken, or why not. */
export function onOffer({ status }: Rest, { isOpened, isForSale }: Offered): string {
  // To whom a resale is offered is no matter of channels.
  if (status !== 'resale' && !isOpened) return 'in-another-channel'
  return isForSale ? 'yes' : 'not-for-sale'
}

/** What an object becomes by a request that it allows. */
export function becomes({ verb, holdToken, minutes }: Single, before: Rest): Rest {
  const { orderId, ticketType, extraData } = before.notes
  const own = {
    ...(orderId === undefined ? {} : { orderId }),
    ...(ticketType === undefined ? {} : { ticketType }),
    ...(extraData === undefined ? {} : { extraData }),
  }
  const isTheirOwn = before.status === 'held'
  const notes = { ...ofResale(before), ...(isTheirOwn ? own : {}) }
  switch (verb) {
    case 'hold':
    case 'extend':
      return { status: 'held', token: holdToken, notes }
    case 'book-held':
      return { status: 'booked', notes }
    case 'release':
    case 'release-held':
      return letGo(before.notes)
    case 'move-token':
      return minutes === 0 ? letGo(before.notes) : { status: 'held', token: holdToken, notes }
  }
}
