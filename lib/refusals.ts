import type { PublishFault, ValidationRule } from './venue/validate-chart.ts'
import type { SeatRefusal } from './rules/decide.ts'
import type { Change, SeatRefusalCode } from './rules/machine.ts'
import type { StatusWord } from './rules/seat.ts'

/** Every way in which an action says no. Surfaces give each its status and words; the compiler keeps them complete. */
export type Refusal =
  | { readonly code: 'event-not-found'; readonly eventKey: string }
  | {
      readonly code: 'chart-not-found'
      readonly chartKey: string
      /** Where it was looked for, if not in the caller's workspace. */
      readonly workspaceKey?: string
    }
  | { readonly code: 'layout-not-found'; readonly chartKey: string }
  | { readonly code: 'chart-not-published'; readonly chartKey: string }
  | { readonly code: 'chart-has-events'; readonly chartKey: string; readonly events: number }
  | {
      readonly code: 'chart-not-publishable'
      readonly faults: readonly PublishFault[]
      readonly total: number
    }
  /** The account's rules forbid to publish the draft, or to sell what is published. */
  | {
      readonly code: 'drawing-invalid'
      readonly chartKey: string
      readonly version: 'draft' | 'published'
      readonly errors: readonly ValidationRule[]
      readonly warnings: readonly ValidationRule[]
    }
  | { readonly code: 'drawing-too-large'; readonly bytesMax: number }
  /** It is in the archive already; or is not there. */
  | { readonly code: 'chart-archived'; readonly chartKey: string }
  | { readonly code: 'chart-not-archived'; readonly chartKey: string }
  | { readonly code: 'tag-not-found'; readonly chartKey: string; readonly tag: string }
  | { readonly code: 'too-many-tags'; readonly tagsMax: number }
  | { readonly code: 'category-not-found'; readonly categoryKey: string }
  | { readonly code: 'category-key-taken'; readonly categoryKey: string }
  | { readonly code: 'too-many-categories'; readonly categoriesMax: number }
  | { readonly code: 'event-key-taken'; readonly eventKey: string }
  | { readonly code: 'channel-not-found'; readonly channelKey: string }
  /** Another channel of the event has this key, or this name. */
  | { readonly code: 'channel-taken'; readonly what: 'key' | 'name'; readonly word: string }
  | { readonly code: 'too-many-channels'; readonly channelsMax: number }
  | { readonly code: 'event-has-bookings'; readonly eventKey: string; readonly booked: number }
  /** A record that others keep changing: nothing was done, try again. */
  | {
      readonly code: 'record-busy'
      readonly what: 'chart' | 'event' | 'workspace' | 'company' | 'webhook'
      readonly key: string
    }
  /** The store took too long, and nobody else was in the way: nothing was done. */
  | { readonly code: 'store-slow'; readonly retryAfterSeconds: number }
  | { readonly code: 'workspace-not-found'; readonly workspaceId: string }
  /** The default workspace of a company stays active. */
  | { readonly code: 'workspace-is-default'; readonly workspaceKey: string }
  /** Only a workspace that is switched off is deleted. */
  | { readonly code: 'workspace-is-active'; readonly workspaceKey: string }
  /** What is switched off cannot be the default. */
  | { readonly code: 'workspace-is-inactive'; readonly workspaceKey: string }
  | { readonly code: 'key-not-found'; readonly keyId: string }
  | { readonly code: 'webhook-not-found'; readonly endpointId: string }
  | { readonly code: 'webhook-url-refused'; readonly reason: string }
  /** The workspace has as many as one may have. */
  | { readonly code: 'webhook-limit-reached'; readonly webhooksMax: number }
  /** The event bus takes no further rule. */
  | { readonly code: 'too-many-webhooks' }
  | { readonly code: 'webhook-disabled'; readonly endpointId: string }
  | { readonly code: 'delivery-not-found'; readonly deliveryId: string }
  /** It is on its way, or waits for another attempt. */
  | { readonly code: 'delivery-under-way'; readonly deliveryId: string }
  /** It has been tried as often as its record has room for. */
  | { readonly code: 'too-many-attempts'; readonly deliveryId: string }
  /** The log of deliveries has none in the range that was given. */
  | { readonly code: 'nothing-to-replay'; readonly endpointId: string }
  | { readonly code: 'too-many-deliveries'; readonly deliveriesMax: number }
  /** The workspace leaves booking to secret keys. */
  | { readonly code: 'booking-not-allowed' }
  | { readonly code: 'too-many-live-holds'; readonly liveHoldsMax: number }
  /** A publishable key may release only what it names the token for. */
  | { readonly code: 'release-needs-token' }
  | {
      readonly code: 'too-many-objects'
      readonly objects: number
      readonly objectsMax: number
    }
  /** No such token was issued here, or it has expired. */
  | { readonly code: 'hold-token-not-found'; readonly holdToken: string }
  /** The same of a token that a change of something else names. */
  | { readonly code: 'hold-token-unknown'; readonly holdToken: string }
  /** A hold needs a token. */
  | { readonly code: 'hold-token-required' }
  /** A token lives so many milliseconds from its creation at most. */
  | { readonly code: 'hold-token-too-long'; readonly lifeMsMax: number }
  /** A change of several events at once is for events of one chart. */
  | { readonly code: 'charts-differ' }
  /** The first object that refuses a status change. */
  | {
      readonly code: 'status-refused'
      readonly eventKey: string
      readonly label: string
      readonly reason: SeatRefusalCode
      readonly from: StatusWord
      readonly to: StatusWord
      /** Place of the step in the request, where it has several. */
      readonly place?: number
    }
  | { readonly code: 'object-not-found'; readonly eventKey: string; readonly label: string }
  | {
      readonly code: 'seats-refused'
      readonly change: Change['kind']
      readonly seats: readonly SeatRefusal[]
    }

/** What an action answers instead of a result. */
export interface Refused {
  readonly ok: false
  readonly refusal: Refusal
}

/** What an action answers: its result, or why not. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | Refused

/** Makes a refusal the answer. */
export function refuse(refusal: Refusal): Refused {
  return { ok: false, refusal }
}

/** Makes a result the answer. */
export function succeed<T>(value: T): Outcome<T> & { readonly ok: true } {
  return { ok: true, value }
}
