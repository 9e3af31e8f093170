import * as z from 'zod'
import { editEvent } from '../../lib/actions/edit-event.ts'
import { endpoint } from '../../lib/http/endpoint.ts'
import { lambda } from '../../lib/http/lambda.ts'
import { toEventEdit } from '../../lib/seatsio/event-input.ts'
import {
  eventParams,
  updateEventNullable,
  updateEventRequest,
} from '../../lib/seatsio/event-shapes.ts'
import { seatsio } from '../../lib/seatsio/surface.ts'

export const updateEvent = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/{eventKey}',
  summary: 'Change an event, its key included',
  description:
    'What is left out stays. With another key the event keeps its id and the state of its objects; the old key is free again.',
  access: 'secret-key',
  params: eventParams,
  body: updateEventRequest,
  nullable: updateEventNullable,
  reply: z.undefined(),
  refusals: ['event-not-found', 'event-key-taken', 'record-busy'],
  run(context, { params: { eventKey }, body }) {
    return editEvent(context, toEventEdit(eventKey, body))
  },
})

export const handler = lambda(updateEvent)
