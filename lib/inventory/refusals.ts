import type { PublishFault } from './validate-chart.ts'
import type { SeatRefusal } from './decide.ts'
import type { Change } from './machine.ts'

/** Every way in which an action says no. Surfaces give each its status and words; the compiler keeps them complete. */
export type Refusal =
  | { readonly code: 'event-not-found'; readonly eventKey: string }
  | { readonly code: 'chart-not-found'; readonly chartKey: string }
  | { readonly code: 'layout-not-found'; readonly chartKey: string }
  | { readonly code: 'chart-not-published'; readonly chartKey: string }
  | { readonly code: 'chart-has-events'; readonly chartKey: string; readonly events: number }
  | {
      readonly code: 'chart-not-publishable'
      readonly faults: readonly PublishFault[]
      readonly total: number
    }
  | { readonly code: 'event-key-taken'; readonly eventKey: string }
  | { readonly code: 'event-has-bookings'; readonly eventKey: string; readonly booked: number }
  /** A record that others keep changing: nothing was done, try again. */
  | { readonly code: 'record-busy'; readonly what: 'chart' | 'event'; readonly key: string }
  | { readonly code: 'workspace-not-found'; readonly workspaceId: string }
  | { readonly code: 'key-not-found'; readonly keyId: string }
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
