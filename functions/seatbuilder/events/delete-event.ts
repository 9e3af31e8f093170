import { deleteEvent as remove } from '../../../lib/actions/events/delete-event.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import {
  deletedEventReply,
  deleteEventQuery,
  eventParams,
} from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { firstNight } from '../../../lib/seatbuilder/story.ts'

export const deleteEvent = endpoint({
  surface: seatbuilder,
  method: 'DELETE',
  path: '/api/v1/events/{eventKey}',
  summary: 'Delete an event with all its holds and bookings',
  description: 'With `ifUnbooked=true`, an event that has bookings stays.',
  storyPlace: 190,
  examples: {
    unbooked: {
      summary: 'Only if nothing is booked',
      params: firstNight,
      query: { ifUnbooked: 'true' },
      reply: { ...firstNight, deleted: true },
    },
  },
  access: 'secret-key',
  params: eventParams,
  query: deleteEventQuery,
  reply: deletedEventReply,
  refusals: ['event-not-found', 'event-has-bookings', 'record-busy'],
  run(context, { params: { eventKey }, query }) {
    return remove(context, { eventKey, ...query })
  },
  show: (_, { params: { eventKey } }) => ({ eventKey, deleted: true as const }),
})

export const handler = lambda(deleteEvent)
