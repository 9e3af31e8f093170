import { moveToChartCopy } from '../../../lib/actions/events/move-to-chart-copy.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams, eventReply } from '../../../lib/seatsio/events/event-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { toEvent } from '../../../lib/seatsio/events/event-translate.ts'
import { matinee } from '../../../lib/seatsio/events/event-story.ts'
import { NOW, SHOWN } from '../../../lib/seatsio/story.ts'

export const moveToNewChartCopy = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/{eventKey}/actions/move-to-new-chart-copy',
  summary: 'Put an event on a copy of its chart',
  description:
    'The copy is of what is published, and of this event only. The event keeps its key, its id, its configuration and the state of its objects.',
  storyPlace: 380,
  examples: {
    copy: {
      summary: 'A chart of its own',
      params: { eventKey: 'afternoon' },
      anew: [SHOWN.afternoonChartKey],
      reply: {
        ...matinee,
        key: 'afternoon',
        name: 'Afternoon',
        chartKey: SHOWN.afternoonChartKey,
        updatedOn: NOW,
      },
    },
  },
  access: 'secret-key',
  params: eventParams,
  reply: eventReply,
  refusals: [
    'event-not-found',
    'shared-by-season',
    'chart-not-found',
    'layout-not-found',
    'chart-not-publishable',
    'record-busy',
  ],
  run(context, { params: { eventKey } }) {
    return moveToChartCopy(context, eventKey)
  },
  show: toEvent,
})

export const handler = lambda(moveToNewChartCopy)
