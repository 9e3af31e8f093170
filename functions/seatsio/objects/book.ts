import { changeChosen } from '../../../lib/actions/seats/best/change-best.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { reachingBaskets, chosenChange } from '../../../lib/seatsio/objects/status-change.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { chosenActionRequest } from '../../../lib/seatsio/objects/best-shapes.ts'
import { toBest, toChosenReply } from '../../../lib/seatsio/objects/best-translate.ts'
import { toNamedStep, isTold } from '../../../lib/seatsio/objects/status-translate.ts'
import { firstNight, orderId } from '../../../lib/seatsio/story.ts'
import {
  childSeat,
  holdToken,
  seat,
  withObjects,
} from '../../../lib/seatsio/objects/object-story.ts'

export const bookObjects = endpoint({
  ...chosenChange,
  path: '/events/{eventKey}/actions/book',
  summary: 'Book objects, or the best available, all or none',
  description: reachingBaskets(
    'With a hold token, every object must be held by it; without, whatever is not booked yet is booked.',
  ),
  storyPlace: 440,
  examples: {
    'first-of-them': {
      summary: 'A seat that the token holds, and the seat as it is then',
      params: firstNight,
      query: withObjects,
      body: { objects: [childSeat], holdToken, orderId },
      reply: { objects: { 'A-2': seat('A-2', 'booked', { orderId, ticketType: 'child' }) } },
    },
    'other-of-them': {
      summary: 'Nothing is asked for: the answer is 204',
      params: firstNight,
      body: { objects: [{ objectId: 'A-1', extraData: { guest: 'g-19' } }], holdToken, orderId },
      status: 204,
    },
  },
  params: eventParams,
  body: chosenActionRequest,
  run(context, { params: { eventKey }, query, body }) {
    const step = toNamedStep([eventKey], body, 'book')
    return changeChosen(context, step, { best: toBest(body), isTold: isTold(query) })
  },
  show: (changed, { query }) => toChosenReply(query, changed),
})

export const handler = lambda(bookObjects)
