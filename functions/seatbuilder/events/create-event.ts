import { createEvent as create } from '../../../lib/actions/events/create-event.ts'
import { defined } from '../../../lib/defined.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { createEventRequest, eventReply } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { toEvent } from '../../../lib/seatbuilder/translate.ts'
import { drawnChart, firstNight, firstNightEvent } from '../../../lib/seatbuilder/story.ts'

export const createEvent = endpoint({
  surface: seatbuilder,
  method: 'POST',
  path: '/api/v1/events',
  summary: 'Create an event on a published chart',
  description: 'Without `eventKey`, the event gets a key made from its name.',
  storyPlace: 80,
  examples: {
    'own-key': {
      summary: 'With a key of your choice',
      body: { ...drawnChart, ...firstNight, name: 'First night' },
      reply: firstNightEvent,
    },
  },
  access: 'secret-key',
  status: 201,
  body: createEventRequest,
  reply: eventReply,
  refusals: ['chart-not-found', 'chart-not-published', 'event-key-taken', 'record-busy'],
  run(context, { body: { chartKey, name, eventKey, admission } }) {
    const wanted = {
      chartKey,
      ...(name === undefined || name === '' ? {} : { name }),
      ...defined({ eventKey, admission: admission === 'none' ? undefined : admission }),
    }
    return create(context, wanted)
  },
  show: toEvent,
})

export const handler = lambda(createEvent)
