import { addSeconds, toIso, type Instant } from '../../clock.ts'
import type { Notice } from '../../rules/notice.ts'
import { succeed, type Outcome } from '../../refusals.ts'
import type { WebhookEndpoint } from '../../records/webhook.ts'
import type { Context } from '../context.ts'
import { getWebhook } from './get-webhook.ts'
import { sendDeliveries } from './send-deliveries.ts'
import { HOLD_SECONDS_DEFAULT } from '../../limits/limits.ts'
import { refuseIfRecorded } from '../../store/table/receipts.ts'
import { deliveryIdOf } from '../../store/webhooks/delivery-items.ts'
import { queueDelivery } from '../../store/webhooks/deliveries.ts'

/** A delivery that was queued. */
export interface QueuedDelivery {
  readonly endpointId: string
  readonly deliveryId: string
  readonly queuedAt: Instant
}

/** Queues a made-up notice for a webhook endpoint, also for one that is disabled; refuses an unknown one. */
export async function testWebhook(
  context: Context,
  endpointId: string,
): Promise<Outcome<QueuedDelivery>> {
  const { store, keyed } = context
  const found = await getWebhook(context, endpointId)
  if (!found.ok) return found
  if (keyed !== undefined) await refuseIfRecorded(store, keyed)
  const queuedAt = context.now()
  const notice = madeUp(context, found.value)
  const deliveryId = deliveryIdOf(notice)
  const deliveries = [{ deliveryId, attempts: [] }]
  await sendDeliveries(context, found.value, { deliveries, now: queuedAt })
  const result = { endpointId, deliveryId, queuedAt }
  await queueDelivery(store, { endpointId, notice }, () => keyed?.receiptFor(result))
  return succeed(result)
}

/** Complete, so that a receiver can be written by it; its ids are like no real ones. */
function madeUp({ ids, now }: Context, endpoint: WebhookEndpoint): Notice {
  const { workspaceId, environment } = endpoint
  const operationId = ids.ulid()
  const occurredAt = now()
  return {
    id: `test:${operationId}:A-1:1`,
    type: 'seat.held',
    occurredAt: toIso(occurredAt),
    workspaceId,
    environment,
    chart: { chartKey: 'chart_test', name: 'Test chart' },
    event: { eventKey: 'evt_test', name: 'Test event' },
    objectLabel: 'A-1',
    status: 'held',
    previousStatus: 'free',
    version: 1,
    holdToken: 'test-hold-token',
    heldUntil: toIso(addSeconds(occurredAt, HOLD_SECONDS_DEFAULT)),
    extraData: { note: 'A test: no seat has changed' },
    operationId,
    test: true,
  }
}
