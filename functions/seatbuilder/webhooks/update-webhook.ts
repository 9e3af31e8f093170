import { updateWebhook as update } from '../../../lib/actions/webhooks/update-webhook.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { openBusFromEnvironment } from '../../../lib/open-bus.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import {
  updateWebhookRequest,
  webhookParams,
  webhookReply,
} from '../../../lib/seatbuilder/webhook-shapes.ts'
import { toWebhook } from '../../../lib/seatbuilder/webhook-translate.ts'
import { EXAMPLE_WEBHOOK_ID, webhook } from '../../../lib/seatbuilder/webhook-story.ts'

export const updateWebhook = endpoint({
  surface: seatbuilder,
  method: 'PATCH',
  path: '/api/v1/webhooks/{id}',
  summary: 'Change, disable or enable a webhook',
  description:
    '`events` replaces the list. While a webhook is disabled nothing is sent to it: notices of that time are not sent later, and what waits for another attempt is given up. The secret stays.',
  storyPlace: 250,
  examples: {
    disable: {
      summary: 'Pause it',
      params: { id: EXAMPLE_WEBHOOK_ID },
      body: { enabled: false },
      reply: { ...webhook, enabled: false },
    },
    enable: {
      summary: 'Bookings alone, and go on',
      params: { id: EXAMPLE_WEBHOOK_ID },
      body: { enabled: true, events: ['seat.booked'] },
      reply: { ...webhook, events: ['seat.booked'] },
    },
    batches: {
      summary: 'Up to a hundred notices in each request',
      params: { id: EXAMPLE_WEBHOOK_ID },
      body: { batch: 100 },
      reply: { ...webhook, events: ['seat.booked'], batch: 100 },
    },
    single: {
      summary: 'Each notice by itself again',
      params: { id: EXAMPLE_WEBHOOK_ID },
      body: { batch: 1 },
      reply: { ...webhook, events: ['seat.booked'] },
    },
  },
  access: 'secret-key',
  params: webhookParams,
  body: updateWebhookRequest,
  reply: webhookReply,
  refusals: ['webhook-not-found', 'webhook-url-refused', 'too-many-webhooks', 'record-busy'],
  openBus: openBusFromEnvironment,
  run(context, { params, body: { url, events, enabled, description, batch } }) {
    const changes = {
      endpointId: params.id,
      url,
      types: events,
      isEnabled: enabled,
      description: description === '' ? null : description,
      batch,
    }
    return update(context, changes)
  },
  show: toWebhook,
})

export const handler = lambda(updateWebhook)
