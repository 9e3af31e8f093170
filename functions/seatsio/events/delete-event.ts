import * as z from 'zod'
import { deleteEvent as remove } from '../../../lib/actions/events/delete-event.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const deleteEvent = endpoint({
  surface: seatsio,
  method: 'DELETE',
  path: '/events/{eventKey}',
  summary: 'Delete an event or a season with all holds and bookings',
  description:
    'A top-level season takes its events and partial seasons with it, a few at a time: where that ends early, the same call goes on. A partial season goes alone.',
  storyPlace: 599,
  examples: { deleted: { summary: 'Gone', params: { eventKey: 'afternoon' } } },
  access: 'secret-key',
  params: eventParams,
  reply: z.undefined(),
  refusals: ['event-not-found', 'record-busy'],
  run(context, { params: { eventKey } }) {
    return remove(context, { eventKey, ifUnbooked: false })
  },
  show: () => undefined,
})

export const handler = lambda(deleteEvent)
