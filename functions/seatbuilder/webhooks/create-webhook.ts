import { createWebhook as create } from '../../../lib/actions/webhooks/create-webhook.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { openBusFromEnvironment } from '../../../lib/open-bus.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import {
  createdWebhookReply,
  createWebhookRequest,
} from '../../../lib/seatbuilder/webhook-shapes.ts'
import { toWebhook } from '../../../lib/seatbuilder/webhook-translate.ts'
import {
  EXAMPLE_WEBHOOK_ID,
  EXAMPLE_SECRET,
  webhook,
} from '../../../lib/seatbuilder/webhook-story.ts'

export const createWebhook = endpoint({
  surface: seatbuilder,
  method: 'POST',
  path: '/api/v1/webhooks',
  summary: 'Register a webhook',
  description:
    'The answer tells the `secret` with which deliveries are signed, this once. A workspace may have 20, unless the installation says otherwise. Each webhook is a rule on the event bus, and a bus takes a limited number of rules, 300 unless yours takes more. The first notices may come some seconds late.',
  storyPlace: 220,
  examples: {
    bookings: {
      summary: 'Bookings and releases',
      body: { url: webhook.url, events: webhook.events, description: webhook.description },
      anew: [EXAMPLE_WEBHOOK_ID, EXAMPLE_SECRET],
      reply: { ...webhook, secret: EXAMPLE_SECRET },
    },
  },
  access: 'secret-key',
  status: 201,
  body: createWebhookRequest,
  reply: createdWebhookReply,
  refusals: ['webhook-url-refused', 'webhook-limit-reached', 'too-many-webhooks'],
  showsSecret: true,
  openBus: openBusFromEnvironment,
  run(context, { body: { url, events, description, batch } }) {
    return create(context, { url, types: events, description, batch })
  },
  show: (created) => ({
    ...toWebhook(created),
    secret: created.secret,
  }),
})

export const handler = lambda(createWebhook)
