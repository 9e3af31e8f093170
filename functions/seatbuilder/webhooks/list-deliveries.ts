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

export const listDeliveries = endpoint({
  surface: seatbuilder,
  method: 'GET',
  path: '/api/v1/webhooks/{id}/deliveries',
  summary: "List a webhook's deliveries of the last 30 days, newest first",
  description: 'One for each notice, with every attempt; also of a webhook that was deleted.',
  access: 'secret-key',
  params: webhookParams,
  query: deliveriesQuery,
  reply: pageReply(deliveryReply),
  refusals: ['webhook-not-found'],
  async run(context, { params, query }) {
    return list(context, { endpointId: params.id, ...query }, ({ items, total }) =>
      toPage(items.map(toDelivery), total, query),
    )
  },
})

export const handler = lambda(listDeliveries)
