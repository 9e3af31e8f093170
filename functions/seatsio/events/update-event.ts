import { editEvent } from '../../../lib/actions/events/edit-event.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { toEventEdit } from '../../../lib/seatsio/events/event-input.ts'
import {
  eventParams,
  updateEventNullable,
  updateEventRequest,
} from '../../../lib/seatsio/events/event-shapes.ts'
import { soldQuery, soldReply, tellsSold } from '../../../lib/seatsio/charts/sold-shapes.ts'
import { toSoldCare, toSoldReply } from '../../../lib/seatsio/charts/sold-translate.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const updateEvent = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/{eventKey}',
  summary: 'Change an event or a season, its key included',
  description: `What is left out stays. With another key the event keeps its id and the state of its objects; the old key is free again. On another chart, its objects keep their state by their labels: what the chart does not have is shown again when it has it. Categories of objects go with the category that they name: one that neither the event nor its chart has any more is taken from the event. All of a season stays on its chart, and its tables are sold as the top-level season says. ${tellsSold}`,
  storyPlace: 370,
  examples: {
    rename: {
      summary: 'Another key, and another name',
      params: { eventKey: 'matinee' },
      body: { eventKey: 'afternoon', name: 'Afternoon' },
      status: 204,
    },
  },
  access: 'secret-key',
  params: eventParams,
  body: updateEventRequest,
  nullable: updateEventNullable,
  query: soldQuery,
  reply: soldReply,
  refusals: [
    'event-not-found',
    'event-key-taken',
    'chart-not-found',
    'chart-not-published',
    'category-unknown',
    'terms-too-large',
    'shared-by-season',
    'field-of-seasons',
    'sold-objects-affected',
    'record-busy',
  ],
  run(context, { params: { eventKey }, query, body }) {
    return editEvent(context, toEventEdit(eventKey, body), toSoldCare(query))
  },
  show: toSoldReply,
})

export const handler = lambda(updateEvent)
