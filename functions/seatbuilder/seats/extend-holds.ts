import { extendHolds as extend } from '../../../lib/actions/seats/extend-holds.ts'
import { addSeconds, toIso } from '../../../lib/clock.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams, extendReply, extendRequest } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { toFailed, toLabels } from '../../../lib/seatbuilder/translate.ts'

export const extendHolds = endpoint({
  surface: seatbuilder,
  method: 'POST',
  path: '/api/v1/events/{eventKey}/seats/extend',
  summary: 'Move the deadline of held seats; what the token does not hold is reported',
  description:
    'The new deadline counts from now, so it may come earlier than the old one. Without `objectLabels` (or `labels`, its other name), everything moves that the token holds in the event, and `failed` has what it lost there because a deadline passed, as long as that is remembered: a minute at least. A hold token that the seats.io API issued has one deadline: it moves with all that it holds, within two hours of its creation.',
  access: 'secret-key',
  params: eventParams,
  body: extendRequest,
  reply: extendReply,
  refusals: [
    'event-not-found',
    'too-many-objects',
    'hold-token-unknown',
    'hold-token-too-long',
    'store-slow',
  ],
  run(context, { params: { eventKey }, body }) {
    const { holdToken, ttlSeconds, objectLabels: labels = body.labels } = body
    const until = addSeconds(context.now(), ttlSeconds)
    const wanted = labels === undefined ? {} : { labels }
    const request = { eventKey, holdToken, until, ...wanted }
    return extend(context, request, ({ extended, failed }) => ({
      holdExpiresAt: extended.length === 0 ? null : toIso(until),
      extended: toLabels(extended),
      failed: toFailed(failed),
    }))
  },
})

export const handler = lambda(extendHolds)
