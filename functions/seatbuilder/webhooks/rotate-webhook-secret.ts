import { rotateWebhookSecret as rotate } from '../../../lib/actions/webhooks/rotate-webhook-secret.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import {
  rotatedSecretReply,
  rotateSecretRequest,
  webhookParams,
} from '../../../lib/seatbuilder/webhook-shapes.ts'
import { toRotated } from '../../../lib/seatbuilder/webhook-translate.ts'
import {
  EXAMPLE_NEWEST_SECRET,
  EXAMPLE_NEW_SECRET,
  EXAMPLE_WEBHOOK_ID,
} from '../../../lib/seatbuilder/webhook-story.ts'
import { NOW } from '../../../lib/seatbuilder/story.ts'

export const rotateWebhookSecret = endpoint({
  surface: seatbuilder,
  method: 'POST',
  path: '/api/v1/webhooks/{id}/rotate-secret',
  summary: 'Give a webhook a new secret',
  description:
    'The answer tells it, this once. The old one stops signing at once, also what is sent again; with `overlapSeconds` both sign for that long.',
  storyPlace: 300,
  examples: {
    'at-once': {
      summary: 'The old secret stops at once',
      params: { id: EXAMPLE_WEBHOOK_ID },
      anew: [EXAMPLE_NEW_SECRET],
      reply: { id: EXAMPLE_WEBHOOK_ID, secret: EXAMPLE_NEW_SECRET, rotatedAt: NOW },
    },
    overlap: {
      summary: 'Both sign for an hour',
      params: { id: EXAMPLE_WEBHOOK_ID },
      body: { overlapSeconds: 3600 },
      anew: [EXAMPLE_NEWEST_SECRET],
      reply: {
        id: EXAMPLE_WEBHOOK_ID,
        secret: EXAMPLE_NEWEST_SECRET,
        rotatedAt: NOW,
        oldSecretUntil: '2027-03-04T19:20:00.000Z',
      },
    },
  },
  access: 'secret-key',
  params: webhookParams,
  body: rotateSecretRequest,
  reply: rotatedSecretReply,
  refusals: ['webhook-not-found', 'record-busy'],
  showsSecret: true,
  run(context, { params: { id }, body: { overlapSeconds } = { overlapSeconds: 0 } }) {
    return rotate(context, { endpointId: id, overlapSeconds })
  },
  show: toRotated,
})

export const handler = lambda(rotateWebhookSecret)
