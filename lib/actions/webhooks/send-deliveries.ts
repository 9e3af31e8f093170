import { addSeconds, type Instant } from '../../clock.ts'
import { Fault } from '../../faults.ts'
import type { Delivery, WebhookEndpoint } from '../../records/webhook.ts'
import { deliveryMessage } from '../../webhooks/message.ts'
import type { Context } from '../context.ts'
import { busOf } from './webhook-rules.ts'

// A delivery is on file, and a message in the queue asks for its attempt. The message is sent first: without its delivery it
// does nothing, while a delivery that no message tells of would wait for ever.

/** Seconds by which a message follows: by then the delivery is marked to be sent anew. */
const HEAD_START_SECONDS = 1

/** Queues the first attempts of new deliveries, or the next ones of deliveries that are about to be sent anew. */
export async function sendDeliveries(
  context: Pick<Context, 'openBus'>,
  { endpointId, workspaceId }: WebhookEndpoint,
  { deliveries, now }: { deliveries: readonly Sent[]; now: Instant },
): Promise<void> {
  const dueAt = addSeconds(now, HEAD_START_SECONDS)
  const messages = deliveries.map(({ deliveryId, attempts }) => {
    const attempt = attempts.length + 1
    return deliveryMessage({ endpointId, workspaceId, deliveryId, attempt, dueAt }, now)
  })
  try {
    await busOf(context).sendMessages('deliveries', messages)
  } catch (cause) {
    throw new Fault('The queue of deliveries cannot be reached', { outcome: 'unknown', cause })
  }
}

type Sent = Pick<Delivery, 'deliveryId' | 'attempts'>
