import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { Delivery, WebhookEndpoint } from '../../records/webhook.ts'
import type { Context } from '../context.ts'
import { getWebhook } from './get-webhook.ts'
import { sendDeliveries } from './send-deliveries.ts'
import type { QueuedDelivery } from './test-webhook.ts'
import { refuseIfRecorded } from '../../store/table/receipts.ts'
import { getDelivery, requeueDelivery } from '../../store/webhooks/deliveries.ts'
import { whyNotRequeue } from '../../store/webhooks/replays.ts'

/** Has a delivery that has ended sent again; refuses unknown ones, a disabled endpoint, and a delivery that is under way. */
export async function redeliver(
  context: Context,
  { endpointId, deliveryId }: Pick<Delivery, 'endpointId' | 'deliveryId'>,
): Promise<Outcome<QueuedDelivery>> {
  const { store, keyed } = context
  const endpoint = await getEnabledWebhook(context, endpointId)
  if (!endpoint.ok) return endpoint
  if (keyed !== undefined) await refuseIfRecorded(store, keyed)
  const delivery = await getDelivery(store, endpointId, deliveryId)
  if (delivery === undefined) return refuse({ code: 'delivery-not-found', deliveryId })
  const reason = whyNotRequeue(delivery)
  if (reason !== undefined) return refuse({ code: refusals[reason], deliveryId })
  const queuedAt = context.now()
  await sendDeliveries(context, endpoint.value, { deliveries: [delivery], now: queuedAt })
  const result = { endpointId, deliveryId, queuedAt }
  const requeued = await requeueDelivery(store, delivery, () => keyed?.receiptFor(result))
  if (requeued.status === 'queued') return succeed(result)
  return refuse({ code: refusals[requeued.status], deliveryId })
}

const refusals = {
  unknown: 'delivery-not-found',
  'under-way': 'delivery-under-way',
  'too-many-attempts': 'too-many-attempts',
} as const

/** Reads an endpoint to which something may be sent again; refuses an unknown one, and one that is disabled. */
export async function getEnabledWebhook(
  context: Context,
  endpointId: string,
): Promise<Outcome<WebhookEndpoint>> {
  const found = await getWebhook(context, endpointId)
  if (!found.ok || found.value.isEnabled) return found
  return refuse({ code: 'webhook-disabled', endpointId })
}
