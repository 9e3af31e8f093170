import { getEvent as get } from '../../../lib/actions/events/get-event.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams, eventReply } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { toEvent } from '../../../lib/seatbuilder/translate.ts'
import { demoEvent, demoKeys, firstNightEvent } from '../../../lib/seatbuilder/story.ts'

export const getEvent = endpoint({
  surface: seatbuilder,
  method: 'GET',
  path: '/api/v1/events/{eventKey}',
  summary: 'Read an event',
  storyPlace: 100,
  examples: {
    demo: {
      summary: 'The demo event',
      params: demoEvent,
      reply: { ...firstNightEvent, ...demoKeys, name: 'Demo night' },
    },
  },
  access: 'publishable-key',
  params: eventParams,
  reply: eventReply,
  refusals: ['event-not-found'],
  async run(context, { params }) {
    const outcome = await get(context, params.eventKey)
    return outcome.ok ? toEvent(outcome.value) : outcome
  },
})

export const handler = lambda(getEvent)
