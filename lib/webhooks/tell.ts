import { plainJson } from '../plain-text.ts'
import type { WebhookEndpoint } from '../records/webhook.ts'
import type { DeliveryState } from '../store/webhooks/delivery-items.ts'
import type { Courier } from './courier.ts'
import { deliveryMessage } from './message.ts'
import { markTold } from '../store/webhooks/delivery-attempts.ts'
import { getWebhook, replaceWebhook } from '../store/webhooks/webhook-endpoints.ts'

// What follows from a delivery's state, once that is on file: the message for the next attempt, or the dead letter. It can be
// done twice: of two messages for one attempt the second finds the attempt made, and a dead letter names its delivery.

/** Why deliveries end without a further attempt where nothing went wrong: nobody need look into them. */
export const ENDPOINT_DELETED = 'endpoint deleted'
export const ENDPOINT_DISABLED = 'endpoint disabled'

/** The answer that says that there is no receiver any more. */
export const GONE = 410

/** Does what follows from a delivery's state, and notes that it was done. */
export async function tell(courier: Courier, delivery: DeliveryState): Promise<void> {
  if (delivery.status === 'retrying') await sendRetry(courier, delivery)
  else if (delivery.status === 'failed') await bury(courier, delivery)
  else return
  await markTold(courier.store, delivery)
}

async function sendRetry(
  { bus, clock, webhooks }: Courier,
  delivery: DeliveryState,
): Promise<void> {
  const now = clock.now()
  const { endpointId, deliveryId, notice, attempts, nextAttemptAt: dueAt = now } = delivery
  const { workspaceId } = notice
  const next = { endpointId, workspaceId, deliveryId, attempt: attempts.length + 1, dueAt }
  await bus.sendMessages('deliveries', [deliveryMessage(next, now, webhooks.lookSeconds)])
}

async function bury(courier: Courier, delivery: DeliveryState): Promise<void> {
  const { endpointId, deliveryId, notice, attempts, attemptsBefore, failure } = delivery
  if (failure === ENDPOINT_DELETED || failure === ENDPOINT_DISABLED) return
  const last = attempts.at(-1)
  if (failure === undefined && last?.responseStatus === GONE) await disable(courier, delivery)
  const body = plainJson({
    reason: failure ?? last?.failure,
    endpoint: endpointId,
    workspaceId: notice.workspaceId,
    deliveryId,
    // Since it was last sent anew: those before are in an earlier letter, and the queue has a limit.
    attempts: attempts.slice(attemptsBefore),
    notice,
  })
  await courier.bus.sendMessages('deadLetters', [{ body }])
}

/** Disables the endpoint of a receiver that is gone, unless somebody has changed it since. */
async function disable({ store, bus, clock, log }: Courier, gone: DeliveryState): Promise<void> {
  const { endpointId, notice, attempts } = gone
  const endpoint = await getWebhook(store, notice.workspaceId, endpointId)
  if (endpoint === undefined || !isEnabledSince(endpoint, attempts.at(-1)?.at ?? 0)) return
  const after = { ...endpoint, isEnabled: false, updatedAt: clock.now() }
  const disabled = await replaceWebhook(store, after, () => undefined)
  if (disabled === undefined) return
  log({ level: 'warn', worker: 'deliver-webhook', endpointId, message: 'gone, disabled' })
  await bus.putRule(disabled)
}

function isEnabledSince(
  { isEnabled, deletedAt, updatedAt }: WebhookEndpoint,
  time: number,
): boolean {
  return isEnabled && deletedAt === undefined && updatedAt <= time
}
