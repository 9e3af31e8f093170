import { createEvents } from '../../../lib/actions/events/create-events.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { toNewEvent } from '../../../lib/seatsio/events/event-input.ts'
import { createEventRequest, eventReply } from '../../../lib/seatsio/events/event-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { toEvent } from '../../../lib/seatsio/events/event-translate.ts'
import { chartKey, firstNightEvent } from '../../../lib/seatsio/events/event-story.ts'
import { SHOWN, firstNight } from '../../../lib/seatsio/story.ts'

export const createEvent = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events',
  summary: 'Create an event on a chart',
  description: 'Without `eventKey`, the event gets a UUID as its key.',
  storyPlace: 330,
  examples: {
    'own-category': {
      summary: 'With a key of your choice, and a category of its own for one seat',
      body: {
        chartKey,
        ...firstNight,
        name: 'First night',
        date: '2027-05-17',
        categories: [{ key: 'vip', label: 'Hospitality', color: '#e8590c' }],
        objectCategories: { 'A-1': 'vip' },
      },
      anew: [SHOWN.firstNightId],
      reply: firstNightEvent,
    },
  },
  access: 'secret-key',
  body: createEventRequest,
  reply: eventReply,
  refusals: [
    'chart-not-found',
    'chart-not-published',
    'drawing-invalid',
    'category-unknown',
    'event-key-taken',
    'channel-taken',
    'area-in-channels-twice',
    'too-many-area-places',
    'too-many-channels',
    'record-busy',
  ],
  run(context, { body }) {
    const events = [toNewEvent(body, context.ids.uuid())] as const
    return createEvents(context, { chartKey: body.chartKey, events })
  },
  show: ([first]) => toEvent(first),
})

export const handler = lambda(createEvent)
