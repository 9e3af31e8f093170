import type { Instant } from '../clock.ts'
import type { ExtraDataText, StatusWord } from './seat.ts'
import type { Opening, Situation, Target, Viewer } from './situations.ts'

/** What a caller asks for a set of objects. */
export type Change =
  | (Opening & {
      readonly kind: 'hold'
      readonly holdToken: string
      readonly until: Instant
      readonly categoryKey?: string
      readonly extraData?: ExtraDataText
    })
  | { readonly kind: 'extend'; readonly holdToken: string; readonly until: Instant }
  | { readonly kind: 'book-held'; readonly holdToken: string; readonly extraData?: ExtraDataText }
  | { readonly kind: 'release' }
  | { readonly kind: 'release-held'; readonly holdToken: string }
  | StatusChange
  /** Replaces the extra data that each target is given, whatever its status. */
  | { readonly kind: 'annotate' }
  /**
   * From now on the status of that season does not count for each target, an object of an event in it; or it counts again. Where none is
   * named, that of the only one in which somebody has the object, or else of the top-level one.
   */
  | { readonly kind: 'override-season' | 'use-season'; readonly seasonId?: string }
  /** What the token holds, or held until its deadline, returns to where it came from. */
  | { readonly kind: 'expire'; readonly holdToken: string }

/** A change to a status, or back to the selectable status before: the general form, with everything that may go with it. */
export type StatusChange = StatusTarget &
  Opening & {
    /** With a token, every object must be held by it, unless the change is a hold. */
    readonly holdToken?: string
    readonly orderId?: string
    readonly keepExtraData?: boolean
    /** Every object must be in one of these. */
    readonly allowedBefore?: readonly StatusWord[]
    /** No object may be in one of these. */
    readonly rejectedBefore?: readonly StatusWord[]
  }

/** Where a status change leads. */
export type StatusTarget =
  | { readonly kind: 'set-free' }
  | { readonly kind: 'set-booked' }
  | { readonly kind: 'set-held'; readonly holdToken: string; readonly until: Instant }
  | { readonly kind: 'set-resale'; readonly resaleListingId?: string }
  | { readonly kind: 'set-custom'; readonly status: string }
  | { readonly kind: 'set-back' }

type Untimed<Of> = Of extends { kind: 'set-held' }
  ? Omit<Of, 'until' | 'holdToken'> & { readonly holdToken?: string }
  : Of

/** A status change as it is asked for: a hold ends with its token, if the request names one. */
export type WantedChange = Untimed<StatusChange>

/** One step of a request: the same change of the same objects in one event or several. */
export interface StatusStep {
  /** At least one, each once. */
  readonly eventKeys: readonly string[]
  readonly objects: readonly StepObject[]
  readonly change: WantedChange
  /** Its place in the request, where refusals are to tell it. */
  readonly place?: number
}

/** A step that says what a season means to objects of one event, whatever their status. */
export interface SeasonStep extends Pick<StatusStep, 'objects' | 'place'> {
  /** One. */
  readonly eventKeys: readonly string[]
  readonly change: {
    readonly kind: SeasonChange['kind']
    /** Of the season that is meant. */
    readonly seasonKey?: string
  }
}

/** What a step changes: an object, or so many places of an area. */
export interface StepObject extends Pick<Target, 'given' | 'quantity'> {
  readonly label: string
}

/** Why one object refuses a change; the order is the order of precedence. */
export const seatRefusalCodes = [
  'unknown-object',
  'previous-not-allowed',
  'previous-rejected',
  'seat-booked',
  'held-by-another',
  'status-not-allowed',
  'not-held-by-token',
  'not-taken',
  'in-another-channel',
  'not-for-sale',
  'not-enough-places',
  'quantity-not-allowed',
  'extra-data-too-large',
  'busy',
] as const

export type SeatRefusalCode = (typeof seatRefusalCodes)[number]

/** Rows of the rule book: kinds of change, where a token or a listing id make a kind of its own. */
export type Rule = Change['kind'] | 'set-held-by' | 'list-again'

/** The row that decides a change. */
export function ruleOf(change: Change): Rule {
  if (!isStatusChange(change) || change.kind === 'set-held') return change.kind
  if (change.holdToken !== undefined) return 'set-held-by'
  const isListed = change.kind === 'set-resale' && change.resaleListingId !== undefined
  return isListed ? 'list-again' : change.kind
}

/** Whether a change is of the general form. */
export function isStatusChange(change: Change): change is StatusChange {
  return change.kind.startsWith('set-')
}

/** A change of what seasons mean to an object of an event. */
export type SeasonChange = Extract<Change, { kind: `${string}-season` }>

/** Whether a change is of what seasons mean to an object of an event, and not of its status. */
export function isSeasonChange(change: Change): change is SeasonChange {
  return change.kind === 'override-season' || change.kind === 'use-season'
}

/** Whose eyes a change looks with. */
export function viewerOf(change: Change): Viewer {
  return {
    ...('holdToken' in change ? { holdToken: change.holdToken } : {}),
    ...('categoryKey' in change ? { categoryKey: change.categoryKey } : {}),
    ...('status' in change ? { status: change.status } : {}),
    ...('channelKeys' in change ? { channelKeys: change.channelKeys } : {}),
    ...('ignoreChannels' in change ? { ignoreChannels: change.ignoreChannels } : {}),
  }
}

const notHeld = 'not-held-by-token'

/** For what only the holder may do. */
const onlyMine = {
  unknown: notHeld,
  'not-sold': notHeld,
  free: notHeld,
  resale: notHeld,
  'place-held': notHeld,
  'place-taken': notHeld,
  'resale-taken': notHeld,
  mine: 'yes',
  theirs: notHeld,
  booked: notHeld,
  custom: notHeld,
  same: notHeld,
  'in-another-channel': notHeld,
  'taken-in-another-channel': 'yes',
  'not-for-sale': notHeld,
} as const

/** For a release of what is taken; the rest has nothing to be released of. */
const taken = {
  unknown: 'not-taken',
  'not-sold': 'not-taken',
  free: 'not-taken',
  resale: 'not-taken',
  'place-held': 'not-taken',
  'place-taken': 'not-taken',
  'resale-taken': 'not-taken',
  mine: 'yes',
  theirs: 'yes',
  booked: 'yes',
  custom: 'yes',
  same: 'yes',
  'in-another-channel': 'not-taken',
  'taken-in-another-channel': 'yes',
  'not-for-sale': 'not-taken',
} as const

/** For status changes that leave an object selectable: whatever it is, unless a cell says otherwise. */
const any = {
  unknown: 'unknown-object',
  'not-sold': 'not-for-sale',
  free: 'yes',
  resale: 'yes',
  // Whoever wants to change those places names what they were sold as; that goes for the holder too.
  'place-held': 'held-by-another',
  'place-taken': 'seat-booked',
  'resale-taken': 'yes',
  mine: 'yes',
  theirs: 'yes',
  booked: 'yes',
  custom: 'yes',
  same: 'yes',
  'in-another-channel': 'in-another-channel',
  'taken-in-another-channel': 'in-another-channel',
  'not-for-sale': 'yes',
} as const

/** For those that take it: what is off sale stays where it is, and what is taken already goes on. */
const take = { ...any, 'resale-taken': 'seat-booked', 'not-for-sale': 'not-for-sale' } as const

/** For what leaves the status: whatever is on the chart. */
const whatever = {
  ...any,
  'not-sold': 'yes',
  'place-held': 'yes',
  'place-taken': 'yes',
  'in-another-channel': 'yes',
  'taken-in-another-channel': 'yes',
} as const

const hold = {
  ...take,
  theirs: 'held-by-another',
  booked: 'seat-booked',
  custom: 'status-not-allowed',
  same: 'status-not-allowed',
} as const

/**
 * The rule book: rule × situation → yes, or the refusal. Every rule about a single object stands here. Where an object is in several
 * situations, the first of them that refuses decides.
 */
export const rules = {
  // What a token holds already it may hold on to, whatever became of the channel since.
  hold: { ...hold, 'taken-in-another-channel': 'yes' },
  extend: onlyMine,
  'book-held': onlyMine,
  release: taken,
  'release-held': {
    ...taken,
    theirs: 'not-taken',
    booked: 'not-taken',
    custom: 'not-taken',
    same: 'not-taken',
  },
  'set-free': any,
  'set-booked': { ...take, booked: 'status-not-allowed' },
  'set-held': hold,
  'set-resale': { ...any, resale: 'status-not-allowed', 'resale-taken': 'status-not-allowed' },
  'list-again': any,
  'set-custom': { ...take, same: 'status-not-allowed' },
  'set-back': any,
  'set-held-by': {
    ...onlyMine,
    unknown: 'unknown-object',
    'taken-in-another-channel': 'in-another-channel',
  },
  annotate: whatever,
  'override-season': whatever,
  // What somebody has in the event stays theirs, under whatever label: it can be let go first.
  'use-season': {
    ...whatever,
    resale: 'status-not-allowed',
    'place-held': 'status-not-allowed',
    'place-taken': 'status-not-allowed',
    'resale-taken': 'status-not-allowed',
    mine: 'status-not-allowed',
    theirs: 'status-not-allowed',
    booked: 'status-not-allowed',
    custom: 'status-not-allowed',
    same: 'status-not-allowed',
    'taken-in-another-channel': 'status-not-allowed',
  },
  expire: onlyMine,
} as const satisfies Record<Rule, Record<Situation, 'yes' | SeatRefusalCode>>
