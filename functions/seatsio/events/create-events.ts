import { createEvents as create } from '../../../lib/actions/events/create-events.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { toNewEvent } from '../../../lib/seatsio/events/event-input.ts'
import { createEventsReply, createEventsRequest } from '../../../lib/seatsio/events/event-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { toEvent } from '../../../lib/seatsio/events/event-translate.ts'
import { chartKey, lateShow, matinee } from '../../../lib/seatsio/events/event-story.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'
import { EVENTS_MAX } from '../../../lib/limits/limits.ts'

export const createEvents = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/actions/create-multiple',
  summary: `Create up to ${EVENTS_MAX} events on a chart, all or none`,
  storyPlace: 340,
  examples: {
    two: {
      summary: 'Two shows, one of them with nothing but a chart',
      body: { chartKey, events: [{ eventKey: 'matinee', name: 'Matinee' }, {}] },
      anew: [SHOWN.matineeId, SHOWN.lateShowId, SHOWN.lateShowKey],
      reply: { events: [matinee, lateShow] },
    },
  },
  access: 'secret-key',
  body: createEventsRequest,
  reply: createEventsReply,
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
  run(context, { body: { chartKey, events } }) {
    const [first, ...rest] = events.map((event, place) => ({
      ...toNewEvent(event, context.ids.uuid()),
      place,
    }))
    if (first === undefined) throw new Error('Bug: the schema lets no events pass')
    return create(context, { chartKey, events: [first, ...rest] })
  },
  show: (made) => ({
    events: made.map(toEvent),
  }),
})

export const handler = lambda(createEvents)
