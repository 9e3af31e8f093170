import { releaseSeats as release } from '../../../lib/actions/seats/release-seats.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams, releaseReply, releaseRequest } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { changedAt, toEventKeys, toLabels } from '../../../lib/seatbuilder/translate.ts'

export const releaseSeats = endpoint({
  surface: seatbuilder,
  method: 'POST',
  path: '/api/v1/events/{eventKey}/seats/release',
  summary: 'Free held or booked seats, all or none',
  description:
    'With `holdToken`, only what it holds is released. Without, which takes a secret key, whatever is held or booked.',
  access: 'publishable-key',
  params: eventParams,
  body: releaseRequest,
  reply: releaseReply,
  refusals: ['event-not-found', 'release-needs-token', 'too-many-objects', 'seats-refused'],
  run(context, { params: { eventKey }, body: { objectLabels, holdToken } }) {
    const token = holdToken === undefined ? {} : { holdToken }
    const parts = [{ eventKey, labels: objectLabels }] as const
    return release(context, { parts, ...token }, ({ events: [event], seats }) => ({
      ...toEventKeys(event),
      status: 'free' as const,
      releasedAt: changedAt(seats, context.now()),
      released: toLabels(objectLabels),
    }))
  },
})

export const handler = lambda(releaseSeats)
