import { extendHolds as extend } from '../../../lib/actions/seats/extend-holds.ts'
import { addSeconds, toIso } from '../../../lib/clock.ts'
import { defined } from '../../../lib/defined.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams, extendReply, extendRequest } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { toFailed, toLabels } from '../../../lib/seatbuilder/translate.ts'
import { MINE, demoEvent } from '../../../lib/seatbuilder/story.ts'
import { HOUR_MS } from '../../../lib/limits/durations.ts'
import { HOLD_MS_MAX } from '../../../lib/limits/limits.ts'

export const extendHolds = endpoint({
  surface: seatbuilder,
  method: 'POST',
  path: '/api/v1/events/{eventKey}/seats/extend',
  summary: 'Move the deadline of held seats; what the token does not hold is reported',
  description: `The new deadline counts from now, so it may come earlier than the old one. Without \`objectLabels\` (or \`labels\`, its other name), everything moves that the token holds in the event, and \`failed\` has what it lost there because a deadline passed, as long as that is remembered: a minute at least. A hold token that the seats.io API issued has one deadline: it moves with all that it holds, within ${HOLD_MS_MAX / HOUR_MS} hours of its creation.`,
  storyPlace: 140,
  examples: {
    all: {
      summary: 'Everything that the token holds, for 10 more minutes',
      params: demoEvent,
      body: { holdToken: MINE },
      reply: {
        holdExpiresAt: '2027-03-04T18:30:00.000Z',
        extended: ['S-A-10', 'S-A-11', 'S-A-12'].map((objectLabel) => ({ objectLabel })),
        failed: [],
      },
    },
    some: {
      summary: 'Some seats, one of which the token does not hold',
      params: demoEvent,
      body: { holdToken: MINE, labels: ['S-A-10', 'S-A-13'], ttlSeconds: 600 },
      reply: {
        holdExpiresAt: '2027-03-04T18:30:00.000Z',
        extended: [{ objectLabel: 'S-A-10' }],
        failed: [{ objectLabel: 'S-A-13', reason: 'not_held_by_token' }],
      },
    },
  },
  access: 'secret-key',
  params: eventParams,
  body: extendRequest,
  reply: extendReply,
  refusals: [
    'event-not-found',
    'too-many-objects',
    'hold-token-unknown',
    'hold-token-too-long',
    'hold-life-used-up',
    'extensions-used-up',
    'store-slow',
  ],
  run(context, { params: { eventKey }, body }) {
    const { holdToken, ttlSeconds, objectLabels: labels = body.labels } = body
    const until = addSeconds(context.now(), ttlSeconds)
    const wanted = defined({ labels })
    const request = { eventKey, holdToken, until, ...wanted }
    return extend(context, request)
  },
  show: ({ extended, failed, until }) => ({
    holdExpiresAt: extended.length === 0 ? null : toIso(until),
    extended: toLabels(extended),
    failed: toFailed(failed),
  }),
})

export const handler = lambda(extendHolds)
