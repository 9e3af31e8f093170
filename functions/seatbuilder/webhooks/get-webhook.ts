import { describeWebhook } from '../../../lib/actions/webhooks/describe-webhook.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { webhookParams, webhookReply } from '../../../lib/seatbuilder/webhook-shapes.ts'
import { toWebhook } from '../../../lib/seatbuilder/webhook-translate.ts'
import { EXAMPLE_WEBHOOK_ID, webhook } from '../../../lib/seatbuilder/webhook-story.ts'

export const getWebhook = endpoint({
  surface: seatbuilder,
  method: 'GET',
  path: '/api/v1/webhooks/{id}',
  summary: 'Read a webhook',
  description: 'Its `health` tells how its receiver is doing. The secret is not told again.',
  storyPlace: 240,
  examples: {
    untried: {
      summary: 'Before anything was delivered',
      params: { id: EXAMPLE_WEBHOOK_ID },
      reply: webhook,
    },
  },
  access: 'secret-key',
  params: webhookParams,
  reply: webhookReply,
  refusals: ['webhook-not-found'],
  run(context, { params: { id } }) {
    return describeWebhook(context, id)
  },
  show: toWebhook,
})

export const handler = lambda(getWebhook)
