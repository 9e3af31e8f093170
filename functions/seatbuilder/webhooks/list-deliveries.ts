import { listDeliveries as list } from '../../../lib/actions/webhooks/list-deliveries.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { pageReply } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { toPage } from '../../../lib/seatbuilder/translate.ts'
import {
  deliveriesQuery,
  deliveryReply,
  webhookParams,
} from '../../../lib/seatbuilder/webhook-shapes.ts'
import { toDelivery } from '../../../lib/seatbuilder/webhook-translate.ts'
import {
  EXAMPLE_DELIVERY_ID,
  EXAMPLE_NOTICE_ID,
  EXAMPLE_WEBHOOK_ID,
} from '../../../lib/seatbuilder/webhook-story.ts'
import { NOW } from '../../../lib/seatbuilder/story.ts'
import { DELIVERY_DAYS } from '../../../lib/limits/limits.ts'

export const listDeliveries = endpoint({
  surface: seatbuilder,
  method: 'GET',
  path: '/api/v1/webhooks/{id}/deliveries',
  summary: `List a webhook's deliveries of the last ${DELIVERY_DAYS} days, newest first`,
  description: 'One for each notice, with every attempt; also of a webhook that was deleted.',
  storyPlace: 270,
  examples: {
    tested: {
      summary: 'The receiver took it',
      params: { id: EXAMPLE_WEBHOOK_ID },
      query: { page: 1, limit: 50 },
      anew: [EXAMPLE_NOTICE_ID],
      reply: {
        items: [
          {
            deliveryId: EXAMPLE_DELIVERY_ID,
            webhookId: EXAMPLE_WEBHOOK_ID,
            event: 'seat.held',
            status: 'success',
            attemptCount: 1,
            responseStatus: 204,
            responseLatencyMs: 12,
            deliveredAt: NOW,
            noticeId: EXAMPLE_NOTICE_ID,
            attempts: [{ at: NOW, responseStatus: 204, latencyMs: 12, failure: null }],
          },
        ],
        total: 1,
        page: 1,
        limit: 50,
      },
    },
  },
  access: 'secret-key',
  params: webhookParams,
  query: deliveriesQuery,
  reply: pageReply(deliveryReply),
  refusals: ['webhook-not-found'],
  async run(context, { params, query }) {
    return list(context, { endpointId: params.id, ...query })
  },
  show: ({ items, total }, { query }) => toPage(items.map(toDelivery), total, query),
})

export const handler = lambda(listDeliveries)
