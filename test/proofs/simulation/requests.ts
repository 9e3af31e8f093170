import type { Refusal } from '../../../lib/refusals.ts'

// What is asked and answered in a run, as clients and the judge see it.

/** Changes of objects under a token that the caller made, and releases. */
export type SeatVerb = 'hold' | 'extend' | 'book-held' | 'release' | 'release-held'

/** Those, status changes in ordered steps, what is done to hold tokens that the product issues, to terms of events, and to seasons. */
export type Verb = SeatVerb | 'change' | 'create-token' | 'move-token' | 'terms' | 'season'

/** Which channels a request opens. */
export interface Opening {
  readonly channelKeys?: readonly string[]
  readonly ignoreChannels?: true
}

/** One request as its client means it, however often it is sent. Of a hold: which channels it opens. */
export interface Asked extends Opening {
  /** Unique in the run. */
  readonly id: string
  readonly verb: Verb
  readonly parts: readonly AskedPart[]
  /** An extend of everything that the token holds in the event: the labels are not named. */
  readonly isAll?: true
  readonly holdToken?: string
  /** Of each area whose places are asked for: how many. */
  readonly places?: number
  /** Of a hold or extend: how long from when the request is run. */
  readonly holdMs?: number
  /** Of a `change`: what it asks, in order. Its parts name every object of them once. */
  readonly steps?: readonly AskedStep[]
  /** Of a token: how long it lives from when the request is run; with none, it ends. */
  readonly minutes?: number
  /** Of `terms`: what becomes of those of the parts' events, whose labels are not named. */
  readonly edit?: TermsEdit
  /** Of `season`: what becomes of one. */
  readonly season?: SeasonEdit
  /** The idempotency key. */
  readonly key?: string
  /** It arrives so long before, or after, that moment of the clock of whoever gets it. */
  readonly aim?: { readonly at: number; readonly before: number; readonly onStart?: () => void }
}

export interface AskedPart {
  readonly eventKey: string
  readonly eventId: string
  readonly labels: readonly string[]
}

/** An object that is on no chart. */
export const NO_SUCH_LABEL = 'Z-9'

/** A channel as it is asked for. */
export interface AskedChannel {
  readonly key: string
  readonly name: string
  readonly objects: readonly string[]
  readonly areaPlaces?: Readonly<Record<string, number>>
}

/** What is to become of the terms of an event; only `edit-sale` is for several at once. */
export type TermsEdit =
  | { readonly to: 'add' | 'replace'; readonly channels: readonly AskedChannel[] }
  | {
      readonly to: 'edit'
      readonly channelKey: string
      readonly change: Partial<Pick<AskedChannel, 'name' | 'objects'>>
    }
  | { readonly to: 'remove'; readonly channelKey: string }
  | {
      readonly to: 'put' | 'take'
      readonly channelKey: string
      readonly objects: readonly string[]
    }
  | { readonly to: 'sell'; readonly rules: AskedSale }
  | { readonly to: 'tables'; readonly tables: AskedTables }
  | { readonly to: 'sell-all' }
  /** The chart of the event is published with so many places in its areas. */
  | { readonly to: 'publish'; readonly capacities: Readonly<Record<string, number>> }
  | {
      readonly to: 'edit-sale'
      readonly forSale: readonly string[]
      readonly notForSale: readonly string[]
    }

/** What is to become of a season or its events. */
export type SeasonEdit =
  | { readonly to: 'create-events'; readonly seasonKey: string; readonly eventKeys: string[] }
  | { readonly to: 'past'; readonly eventKey: string }
  | {
      readonly to: 'add' | 'remove'
      readonly seasonKey: string
      readonly partialKey: string
      readonly eventKey: string
    }
  /** Objects of an event stay out of what a season sold of them, or no longer; and what is done with them in the same go. */
  | {
      readonly to: 'override' | 'use'
      readonly eventKey: string
      readonly labels: readonly string[]
      readonly seasonKey?: string
      readonly then: readonly AskedStep[]
    }

/** How tables are to be sold. */
export type AskedTables =
  | { readonly mode: 'INHERIT' | 'ALL_BY_TABLE' | 'ALL_BY_SEAT' }
  | { readonly mode: 'CUSTOM'; readonly named: Readonly<Record<string, 'BY_TABLE' | 'BY_SEAT'>> }

/** Sale rules as they are asked for. */
export interface AskedSale {
  readonly isListForSale: boolean
  readonly objects: readonly string[]
  readonly categories: readonly string[]
  readonly areaPlaces?: Readonly<Record<string, number>>
}

/** One step of a status change: the same for all its objects in all its events. */
export interface AskedStep extends Opening {
  readonly events: readonly { readonly eventKey: string; readonly eventId: string }[]
  readonly labels: readonly string[]
  /** Of each area among them: how many places. */
  readonly places?: number
  /** The status wanted, custom ones after `=`; or back to where it came from. */
  readonly to: 'free' | 'booked' | 'held' | 'resale' | 'back' | `=${string}`
  readonly holdToken?: string
  readonly orderId?: string
  readonly listingId?: string
  readonly extraData?: string
  readonly ticketType?: string
  readonly keepsData?: boolean
  readonly allowed?: readonly string[]
  readonly rejected?: readonly string[]
}

/** An object that a request changed, as its answer says. */
export interface Told {
  readonly eventId: string
  readonly label: string
  readonly version: number
  readonly operationId: string
  /** Of a hold: when it ends. */
  readonly until?: number
  /** Of a step: what it made of it. */
  readonly status?: string
}

/** A hold token that the product issued, as answers say. */
export interface ToldToken {
  readonly holdToken: string
  readonly version: number
  readonly until: number
}

/** What a successful request answers. */
export interface Reply {
  readonly changed: readonly Told[]
  /** Of an extend: what the token does not hold. */
  readonly failed: readonly { readonly label: string; readonly code: string }[]
  /** Of requests about a hold token. */
  readonly token?: ToldToken
  /** Events that were created. */
  readonly made?: readonly { readonly eventKey: string; readonly eventId: string }[]
}

export type Answer =
  | { readonly kind: 'done'; readonly body: string; readonly isReplayed: boolean }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'problem'; readonly code: string }
  | {
      readonly kind: 'fault'
      readonly outcome: 'not-applied' | 'unknown'
      readonly message: string
    }
  | { readonly kind: 'bug'; readonly message: string }

/** One time that a request was sent to a process. */
export interface Sending {
  readonly asked: Asked
  readonly life: string
  /** Of that process's clock. */
  readonly offset: number
  /** True time at which the process got it. */
  startedAt: number
  /** True time at which the process answered; undefined when it died over it. */
  endedAt?: number
  answer?: Answer
}

/** The names of the objects that a request names. */
export function objectsOf({ parts }: Pick<Asked, 'parts'>): Set<string> {
  return new Set(
    parts.flatMap(({ eventId, labels }) => labels.map((label) => `${eventId} ${label}`)),
  )
}
