import { listWebhooks as list } from '../../../lib/actions/webhooks/list-webhooks.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { pageQuery, pageReply } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { toPage } from '../../../lib/seatbuilder/translate.ts'
import { webhookReply } from '../../../lib/seatbuilder/webhook-shapes.ts'
import { toWebhook } from '../../../lib/seatbuilder/webhook-translate.ts'
import { webhook } from '../../../lib/seatbuilder/webhook-story.ts'

export const listWebhooks = endpoint({
  surface: seatbuilder,
  method: 'GET',
  path: '/api/v1/webhooks',
  summary: 'List webhooks, newest first',
  storyPlace: 230,
  examples: {
    newest: {
      summary: 'The newest webhook',
      query: { page: 1, limit: 1 },
      reply: { items: [webhook], total: 1, page: 1, limit: 1 },
    },
  },
  access: 'secret-key',
  query: pageQuery,
  reply: pageReply(webhookReply),
  async run(context, { query }) {
    const { items, total } = await list(context, query)
    return toPage(items.map(toWebhook), total, query)
  },
})

export const handler = lambda(listWebhooks)
