// What histories are made of: requests as the model and the product get them.

/** One step of a batch, or the only one of a group: the same change of some objects (5.2). */
export interface Step {
  readonly to: 'booked' | 'reservedByToken' | 'resale' | 'free' | 'RELEASE' | `=${string}`
  readonly labels: readonly string[]
  readonly token?: string | undefined
  readonly order?: string | undefined
  readonly ticket?: string | undefined
  readonly data?: string | undefined
  readonly keepsData?: boolean
  readonly listing?: string | undefined
  readonly channels?: readonly string[] | undefined
  readonly ignoresChannels?: boolean
  readonly allowed?: readonly string[] | undefined
  readonly rejected?: readonly string[] | undefined
}

/** Puts a season's status aside in one of its events, or back (10). */
export interface Override {
  readonly event: string
  readonly to: 'override' | 'use'
  readonly labels: readonly string[]
  readonly season?: string | undefined
}

/** One entry of a batch (9). */
export type Entry = (Step & { readonly event: string }) | Override

/** What changes objects, by the words of either API. */
export type SeatRequest =
  | { readonly kind: 'batch'; readonly entries: readonly Entry[] }
  | { readonly kind: 'group'; readonly events: readonly string[]; readonly step: Step }
  | { readonly kind: 'override'; readonly change: Override }
  | {
      readonly kind: 'annotate'
      readonly event: string
      readonly label: string
      readonly data: string
    }
  | {
      readonly kind: 'native'
      readonly verb: 'hold' | 'book' | 'release' | 'extend'
      readonly event: string
      readonly labels: readonly string[]
      readonly token?: string | undefined
      readonly seconds: number
    }

/** Tokens that the product issues (17); it says what they are called. */
export type TokenRequest =
  | { readonly kind: 'create-token'; readonly minutes: number }
  | { readonly kind: 'move-token'; readonly token: string; readonly minutes: number }

/** What makes and unmakes events and seasons (18). */
export type StructureRequest =
  | { readonly kind: 'create-event'; readonly key: string }
  | { readonly kind: 'create-season'; readonly key: string; readonly events: readonly string[] }
  | { readonly kind: 'create-events'; readonly season: string; readonly keys: readonly string[] }
  | {
      readonly kind: 'create-partial'
      readonly season: string
      readonly key: string
      readonly events: readonly string[]
    }
  | {
      readonly kind: 'add-events'
      readonly season: string
      readonly partial: string
      readonly events: readonly string[]
    }
  | {
      readonly kind: 'remove-event'
      readonly season: string
      readonly partial: string
      readonly event: string
    }

/** What changes one event or season, and what it sells (14 to 16, 18.4, 18.9). */
export type TermsRequest = { readonly key: string } & (
  | { readonly kind: 'delete' }
  | { readonly kind: 'rename'; readonly to: string }
  | { readonly kind: 'set-past'; readonly isPast: boolean }
  | { readonly kind: 'set-tables'; readonly isByTable: boolean }
  | { readonly kind: 'set-propagated'; readonly isPropagated: boolean }
  | { readonly kind: 'take-off-sale'; readonly labels: readonly string[] }
  | { readonly kind: 'put-on-sale' }
  /** Replaces all channels of a season or plain event by one. */
  | { readonly kind: 'set-channel'; readonly channel: string; readonly labels: readonly string[] }
  /** Says a channel anew for some objects of an event in a season; or takes that back (18.9). */
  | {
      readonly kind: 'assign' | 'unassign'
      readonly channel: string
      readonly labels: readonly string[]
    }
)

/** Time passes. */
export interface Wait {
  readonly kind: 'wait'
  readonly ms: number
}

export type Request = SeatRequest | TokenRequest | StructureRequest | TermsRequest | Wait

const seatKinds: Record<SeatRequest['kind'], true> = {
  batch: true,
  group: true,
  override: true,
  annotate: true,
  native: true,
}
const tokenKinds: Record<TokenRequest['kind'], true> = { 'create-token': true, 'move-token': true }
const structureKinds: Record<StructureRequest['kind'], true> = {
  'create-event': true,
  'create-season': true,
  'create-events': true,
  'create-partial': true,
  'add-events': true,
  'remove-event': true,
}

/** Whether a request changes objects. */
export function isSeats(request: Request): request is SeatRequest {
  return request.kind in seatKinds
}

/** Whether a request is about a token. */
export function isToken(request: Request): request is TokenRequest {
  return request.kind in tokenKinds
}

/** Whether a request makes events or seasons. */
export function isStructure(request: Request): request is StructureRequest {
  return request.kind in structureKinds
}

/** Accepted; or refused with this status, and with one of these codes where the contract says which. */
export type Verdict =
  | { readonly isOk: true }
  | {
      readonly isOk: false
      readonly status: number
      readonly codes?: readonly string[] | undefined
    }

export const ok: Verdict = { isOk: true }

/** A refusal of the contract. */
export function no(status: number, ...codes: string[]): Verdict {
  return { isOk: false, status, ...(codes.length === 0 ? {} : { codes }) }
}
