import { bookSeats as book } from '../../../lib/actions/seats/book-seats.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { bookReply, bookRequest, eventParams } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { toBooked } from '../../../lib/seatbuilder/translate.ts'

export const bookSeats = endpoint({
  surface: seatbuilder,
  method: 'POST',
  path: '/api/v1/events/{eventKey}/seats/book',
  summary: 'Book held seats, all or none',
  description:
    'The token must hold every seat. `extraData` is merged into what the hold gave, field by field.',
  access: 'publishable-key',
  params: eventParams,
  body: bookRequest,
  reply: bookReply,
  refusals: ['event-not-found', 'booking-not-allowed', 'too-many-objects', 'seats-refused'],
  run(context, { params: { eventKey }, body: { objectLabels, holdToken, extraData } }) {
    const extra = extraData === undefined ? {} : { extraData }
    const change = { kind: 'book-held', holdToken, ...extra } as const
    const parts = [{ eventKey, labels: objectLabels }] as const
    return book(context, { parts, change }, ({ events: [event], seats }) => ({
      booked: seats.map((seat) => toBooked(event, seat)),
    }))
  },
})

export const handler = lambda(bookSeats)
