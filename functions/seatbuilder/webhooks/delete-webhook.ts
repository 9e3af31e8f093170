import { deleteWebhook as remove } from '../../../lib/actions/webhooks/delete-webhook.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { openBusFromEnvironment } from '../../../lib/open-bus.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { deletedWebhookReply, webhookParams } from '../../../lib/seatbuilder/webhook-shapes.ts'
import { EXAMPLE_WEBHOOK_ID } from '../../../lib/seatbuilder/webhook-story.ts'
import { DELIVERY_DAYS } from '../../../lib/limits/limits.ts'

export const deleteWebhook = endpoint({
  surface: seatbuilder,
  method: 'DELETE',
  path: '/api/v1/webhooks/{id}',
  summary: 'Delete a webhook',
  description: `Nothing more is sent to it, not even what waits for another attempt. Its deliveries can still be read for ${DELIVERY_DAYS} days.`,
  storyPlace: 310,
  examples: {
    deleted: {
      summary: 'Gone',
      params: { id: EXAMPLE_WEBHOOK_ID },
      reply: { id: EXAMPLE_WEBHOOK_ID, deleted: true },
    },
  },
  access: 'secret-key',
  params: webhookParams,
  reply: deletedWebhookReply,
  refusals: ['webhook-not-found', 'record-busy'],
  openBus: openBusFromEnvironment,
  run(context, { params: { id } }) {
    return remove(context, id)
  },
  show: (_, { params: { id } }) => ({ id, deleted: true as const }),
})

export const handler = lambda(deleteWebhook)
