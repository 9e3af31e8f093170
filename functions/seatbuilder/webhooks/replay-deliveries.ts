import { replayDeliveries as replay } from '../../../lib/actions/webhooks/replay-deliveries.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { openBusFromEnvironment } from '../../../lib/open-bus.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import {
  replayReply,
  replayRequest,
  webhookParams,
} from '../../../lib/seatbuilder/webhook-shapes.ts'
import { toReplayed } from '../../../lib/seatbuilder/webhook-translate.ts'
import { EXAMPLE_WEBHOOK_ID } from '../../../lib/seatbuilder/webhook-story.ts'
import { NOW } from '../../../lib/seatbuilder/story.ts'

export const replayDeliveries = endpoint({
  surface: seatbuilder,
  method: 'POST',
  path: '/api/v1/webhooks/{id}/replay',
  summary: 'Send all deliveries of a time again',
  description:
    'Those in the log whose notices occurred from `since` on and before `until`, whatever came of them; 10,000 at most. Receivers know what they have seen by the id of the notice.',
  storyPlace: 290,
  examples: {
    evening: {
      summary: 'Everything of one evening, where one delivery is still under way',
      params: { id: EXAMPLE_WEBHOOK_ID },
      body: { since: '2027-03-04T18:00:00.000Z', until: '2027-03-04T22:00:00.000Z' },
      reply: { id: EXAMPLE_WEBHOOK_ID, status: 'queued', deliveries: 0, skipped: 1, queuedAt: NOW },
    },
  },
  access: 'secret-key',
  status: 202,
  params: webhookParams,
  body: replayRequest,
  reply: replayReply,
  refusals: ['webhook-not-found', 'webhook-disabled', 'nothing-to-replay', 'too-many-deliveries'],
  openBus: openBusFromEnvironment,
  run(context, { params: { id }, body }) {
    const range = { since: Date.parse(body.since), until: Date.parse(body.until) }
    return replay(context, { endpointId: id, ...range })
  },
  show: (replayed, { params: { id } }) => toReplayed(id, replayed),
})

export const handler = lambda(replayDeliveries)
