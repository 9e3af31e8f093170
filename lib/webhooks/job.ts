import type { WebhookEndpoint } from '../records/webhook.ts'
import type { Notice } from '../rules/notice.ts'
import type { DeliveryState } from '../store/webhooks/delivery-items.ts'
import type { AttemptMessage } from './message.ts'

/** Milliseconds that a claim and a slot hold: four times what an exchange can take. */
export const LEASE_MS = 60_000

/** An attempt that a message asks for: of a delivery on file, or of a notice that has none yet. */
export interface Job extends Omit<AttemptMessage, 'kind' | 'deliveryId'> {
  /** Which of the messages of a run asks for it. */
  readonly place: number
  readonly endpoint: WebhookEndpoint
  readonly notice: Notice
  readonly delivery: DeliveryState | undefined
  /** Whether there may be one where an earlier version put it. */
  readonly mayBeBefore?: boolean
}
