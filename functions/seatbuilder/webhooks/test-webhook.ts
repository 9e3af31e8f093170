import { testWebhook as test } from '../../../lib/actions/webhooks/test-webhook.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { openBusFromEnvironment } from '../../../lib/open-bus.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { queuedDeliveryReply, webhookParams } from '../../../lib/seatbuilder/webhook-shapes.ts'
import { toQueued } from '../../../lib/seatbuilder/webhook-translate.ts'
import {
  EXAMPLE_DELIVERY_ID,
  EXAMPLE_WEBHOOK_ID,
  queuedDelivery,
} from '../../../lib/seatbuilder/webhook-story.ts'

export const testWebhook = endpoint({
  surface: seatbuilder,
  method: 'POST',
  path: '/api/v1/webhooks/{id}/test',
  summary: 'Send a made-up notice',
  description:
    'A `seat.held` with `test: true`, also to a webhook that is disabled or not subscribed to it. It is sent in a moment; the log of deliveries tells what came of it.',
  storyPlace: 260,
  examples: {
    held: {
      summary: 'A seat that nobody holds',
      params: { id: EXAMPLE_WEBHOOK_ID },
      anew: [EXAMPLE_DELIVERY_ID],
      reply: queuedDelivery,
    },
  },
  access: 'secret-key',
  status: 202,
  params: webhookParams,
  reply: queuedDeliveryReply,
  refusals: ['webhook-not-found'],
  openBus: openBusFromEnvironment,
  run(context, { params: { id } }) {
    return test(context, id)
  },
  show: toQueued,
})

export const handler = lambda(testWebhook)
