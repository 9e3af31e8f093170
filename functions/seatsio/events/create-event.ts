import { createEvents } from '../../../lib/actions/events/create-events.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { toNewEvent } from '../../../lib/seatsio/events/event-input.ts'
import { createEventRequest, eventReply } from '../../../lib/seatsio/events/event-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { toEvent } from '../../../lib/seatsio/translate.ts'

export const createEvent = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events',
  summary: 'Create an event on a chart',
  description: 'Without `eventKey`, the event gets a UUID as its key.',
  access: 'secret-key',
  body: createEventRequest,
  reply: eventReply,
  refusals: [
    'chart-not-found',
    'chart-not-published',
    'drawing-invalid',
    'event-key-taken',
    'record-busy',
  ],
  run(context, { body }) {
    const events = [toNewEvent(body, context.ids.uuid())] as const
    return createEvents(context, { chartKey: body.chartKey, events }, ([first]) => toEvent(first))
  },
})

export const handler = lambda(createEvent)
