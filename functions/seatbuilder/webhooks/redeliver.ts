import { redeliver as sendAgain } from '../../../lib/actions/webhooks/redeliver.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { openBusFromEnvironment } from '../../../lib/open-bus.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { deliveryParams, queuedDeliveryReply } from '../../../lib/seatbuilder/webhook-shapes.ts'
import { toQueued } from '../../../lib/seatbuilder/webhook-translate.ts'
import {
  EXAMPLE_DELIVERY_ID,
  EXAMPLE_WEBHOOK_ID,
  queuedDelivery,
} from '../../../lib/seatbuilder/webhook-story.ts'

export const redeliver = endpoint({
  surface: seatbuilder,
  method: 'POST',
  path: '/api/v1/webhooks/{id}/deliveries/{deliveryId}/redeliver',
  summary: 'Send a delivery again',
  description:
    'Whatever came of it, with all its attempts anew: the same notice under the same id, signed with the secret of now.',
  storyPlace: 280,
  examples: {
    again: {
      summary: 'The same once more',
      params: { id: EXAMPLE_WEBHOOK_ID, deliveryId: EXAMPLE_DELIVERY_ID },
      reply: queuedDelivery,
    },
  },
  access: 'secret-key',
  status: 202,
  params: deliveryParams,
  reply: queuedDeliveryReply,
  refusals: [
    'webhook-not-found',
    'delivery-not-found',
    'webhook-disabled',
    'delivery-under-way',
    'too-many-attempts',
  ],
  openBus: openBusFromEnvironment,
  run(context, { params: { id, deliveryId } }) {
    return sendAgain(context, { endpointId: id, deliveryId })
  },
  show: toQueued,
})

export const handler = lambda(redeliver)
