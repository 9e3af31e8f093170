import { bookSeats as book } from '../../../lib/actions/seats/book-seats.ts'
import { defined } from '../../../lib/defined.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { bookReply, bookRequest, eventParams } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { toBooked } from '../../../lib/seatbuilder/translate.ts'
import { MINE, NOW, demoEvent, demoKeys } from '../../../lib/seatbuilder/story.ts'

export const bookSeats = endpoint({
  surface: seatbuilder,
  method: 'POST',
  path: '/api/v1/events/{eventKey}/seats/book',
  summary: 'Book held seats, all or none',
  description:
    'The token must hold every seat. Of an area, all places that it holds are booked, or as many as `quantity` says. `extraData` is merged into what the hold gave, field by field.',
  storyPlace: 160,
  examples: {
    'two-seats': {
      summary: 'Two seats of one order',
      params: demoEvent,
      body: {
        objectLabels: ['S-A-10', 'S-A-11'],
        holdToken: MINE,
        extraData: { orderId: 'o_7731' },
      },
      reply: {
        booked: ['S-A-10', 'S-A-11'].map((objectLabel) => ({
          ...demoKeys,
          objectLabel,
          status: 'booked',
          bookedAt: NOW,
          extraData: { orderId: 'o_7731' },
        })),
      },
    },
    'not-held': {
      summary: 'A seat that the token does not hold any more',
      params: demoEvent,
      body: { objectLabels: ['S-A-11', 'S-A-12'], holdToken: MINE },
      status: 409,
      reply: {
        code: 'seats_refused',
        error: 'At least one seat is not held by this token any more',
        failed: [{ objectLabel: 'S-A-11', reason: 'not_held_by_token' }],
      },
    },
  },
  access: 'publishable-key',
  params: eventParams,
  body: bookRequest,
  reply: bookReply,
  refusals: ['event-not-found', 'booking-not-allowed', 'too-many-objects', 'seats-refused'],
  run(context, { params: { eventKey }, body: { objectLabels, holdToken, extraData, quantity } }) {
    const extra = defined({ extraData })
    const change = { kind: 'book-held', holdToken, ...extra } as const
    const parts = [{ eventKey, labels: objectLabels }] as const
    return book(context, { parts, change, places: quantity })
  },
  show: ({ events: [event], seats }) => ({
    booked: seats.map((seat) => toBooked(event, seat)),
  }),
})

export const handler = lambda(bookSeats)
