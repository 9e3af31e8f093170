import { releaseSeats as release } from '../../../lib/actions/seats/release-seats.ts'
import { defined } from '../../../lib/defined.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams, releaseReply, releaseRequest } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { changedAt, toEventKeys, toChangedLabels } from '../../../lib/seatbuilder/translate.ts'
import { MINE, NOW, demoEvent, demoKeys } from '../../../lib/seatbuilder/story.ts'

export const releaseSeats = endpoint({
  surface: seatbuilder,
  method: 'POST',
  path: '/api/v1/events/{eventKey}/seats/release',
  summary: 'Free held or booked seats, all or none',
  description:
    'With `holdToken`, only what it holds is released. Without, which takes a secret key, whatever is held or booked, also what the live basket of another buyer holds; of an area only places that are booked.',
  storyPlace: 170,
  examples: {
    held: {
      summary: 'A seat that the buyer does not want after all',
      params: demoEvent,
      body: { objectLabels: ['S-A-12'], holdToken: MINE },
      reply: {
        ...demoKeys,
        status: 'free',
        releasedAt: NOW,
        released: [{ objectLabel: 'S-A-12' }],
      },
    },
    'not-taken': {
      summary: 'A seat that is free already',
      params: demoEvent,
      body: { objectLabels: ['S-A-12'] },
      status: 409,
      reply: {
        code: 'seats_refused',
        error: 'One or more seats could not be released',
        failed: [{ objectLabel: 'S-A-12', reason: 'not_found_or_free' }],
      },
    },
  },
  access: 'publishable-key',
  params: eventParams,
  body: releaseRequest,
  reply: releaseReply,
  refusals: ['event-not-found', 'release-needs-token', 'too-many-objects', 'seats-refused'],
  run(context, { params: { eventKey }, body: { objectLabels, holdToken, quantity } }) {
    const token = defined({ holdToken })
    const parts = [{ eventKey, labels: objectLabels }] as const
    return release(context, { parts, ...token, places: quantity })
  },
  show: ({ events: [event], seats }, { body: { objectLabels } }, context) => ({
    ...toEventKeys(event),
    status: 'free' as const,
    releasedAt: changedAt(seats, context.now()),
    released: toChangedLabels(objectLabels, seats),
  }),
})

export const handler = lambda(releaseSeats)
