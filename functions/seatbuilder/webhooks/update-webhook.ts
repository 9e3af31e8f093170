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

export const updateWebhook = endpoint({
  surface: seatbuilder,
  method: 'PATCH',
  path: '/api/v1/webhooks/{id}',
  summary: 'Change, disable or enable a webhook',
  description:
    '`events` replaces the list. While a webhook is disabled nothing is sent to it: notices of that time are not sent later, and what waits for another attempt is given up. The secret stays.',
  access: 'secret-key',
  params: webhookParams,
  body: updateWebhookRequest,
  reply: webhookReply,
  refusals: ['webhook-not-found', 'webhook-url-refused', 'too-many-webhooks', 'record-busy'],
  openBus: openBusFromEnvironment,
  run(context, { params, body: { url, events, enabled, description } }) {
    const changes = {
      endpointId: params.id,
      url,
      types: events,
      isEnabled: enabled,
      description: description === '' ? null : description,
    }
    return update(context, changes, toWebhook)
  },
})

export const handler = lambda(updateWebhook)
