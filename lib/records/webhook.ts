import type { Instant } from '../clock.ts'
import type { Environment, Notice, WebhookType } from '../rules/notice.ts'

/** Where notices of a workspace are sent. */
export interface WebhookEndpoint {
  /** `wh_…`, unique among all workspaces. */
  readonly endpointId: string
  readonly workspaceId: string
  readonly environment: Environment
  /** Its number, which rises with the time of creation. */
  readonly serial: number
  readonly url: string
  readonly types: readonly WebhookType[]
  readonly description?: string
  /** Notices that one request to it takes, where it is several. */
  readonly batch?: number
  readonly isEnabled: boolean
  /** Which secret signs; raised by each rotation. */
  readonly secretGeneration: number
  /** The generation before signs as well until that moment. */
  readonly overlapUntil?: Instant
  /** Raised by every write of this record. */
  readonly version: number
  readonly createdAt: Instant
  readonly updatedAt: Instant
  /** Set once it is deleted: only its deliveries can still be read. */
  readonly deletedAt?: Instant
}

/** How an endpoint's receiver is doing. */
export interface EndpointHealth {
  readonly lastSuccessAt?: Instant
  /** Since when no delivery has succeeded, while that is so. */
  readonly failingSince?: Instant
  /** Attempts that failed since the last success. */
  readonly failures: number
  /** While it fails: no attempt is made before that moment. */
  readonly probeAt?: Instant
  /** When it last came out of failing, by a success or because it was changed. */
  readonly recoveredAt?: Instant
}

/**
 * Where a delivery stands. `failed` is final: given up, and in the dead-letter queue unless its endpoint was deleted or
 * disabled.
 */
export type DeliveryStatus = 'queued' | 'retrying' | 'success' | 'failed'

/** One attempt of a delivery. */
export interface Attempt {
  readonly at: Instant
  /** What was answered; undefined where there was no answer. */
  readonly responseStatus?: number
  readonly latencyMs: number
  /** Why it failed, in a few words; undefined where it succeeded. */
  readonly failure?: string
}

/** One notice for one endpoint, with everything that was tried: kept for 30 days. */
export interface Delivery {
  /** `wd_…`: follows from the endpoint and the notice, so that a duplicate finds it. */
  readonly deliveryId: string
  readonly endpointId: string
  readonly notice: Notice
  readonly status: DeliveryStatus
  readonly createdAt: Instant
  readonly attempts: readonly Attempt[]
  /** Attempts that had been made when it was last sent anew: the schedule counts from there. */
  readonly attemptsBefore: number
  readonly nextAttemptAt?: Instant
  /** Why it was given up, where that was not its last attempt's failure. */
  readonly failure?: string
  /** It lies where an earlier version put it. */
  readonly isBefore?: true
}
