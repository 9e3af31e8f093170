import { updateEvent as update } from '../../../lib/actions/events/update-event.ts'
import { defined } from '../../../lib/defined.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams, eventReply, updateEventRequest } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { toEvent } from '../../../lib/seatbuilder/translate.ts'
import { firstNight, firstNightEvent } from '../../../lib/seatbuilder/story.ts'

export const updateEvent = endpoint({
  surface: seatbuilder,
  method: 'PATCH',
  path: '/api/v1/events/{eventKey}',
  summary: 'Rename an event, or have a waiting room in front',
  description:
    'A name of null or `""` takes the name away. With `admission`, holds need an admission token from the next request on; `none` ends that. Without fields, nothing changes.',
  storyPlace: 120,
  examples: {
    rename: {
      summary: 'Another name',
      params: firstNight,
      body: { name: 'Opening night' },
      reply: { ...firstNightEvent, name: 'Opening night' },
    },
  },
  access: 'secret-key',
  params: eventParams,
  body: updateEventRequest,
  reply: eventReply,
  refusals: ['event-not-found', 'record-busy'],
  run(context, { params, body: { name, admission } }) {
    const renamed = name === undefined ? {} : { name: name === '' ? null : name }
    const changes = { ...renamed, ...defined({ admission }) }
    return update(context, { eventKey: params.eventKey, ...changes })
  },
  show: toEvent,
})

export const handler = lambda(updateEvent)
