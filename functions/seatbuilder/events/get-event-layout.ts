import { getEvent } from '../../../lib/actions/events/get-event.ts'
import { readLayout } from '../../../lib/actions/charts/read-layout.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams, layoutReply } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { backRoomDrawing, firstNight } from '../../../lib/seatbuilder/story.ts'

export const getEventLayout = endpoint({
  surface: seatbuilder,
  method: 'GET',
  path: '/api/v1/events/{eventKey}/layout',
  summary: 'Read the published drawing of an event, as it came',
  storyPlace: 110,
  examples: {
    published: {
      summary: 'What is on sale',
      params: firstNight,
      reply: backRoomDrawing,
    },
  },
  access: 'publishable-key',
  params: eventParams,
  reply: layoutReply,
  isTagged: true,
  refusals: ['event-not-found', 'chart-not-found', 'layout-not-found', 'record-busy'],
  async run(context, { params }) {
    const found = await getEvent(context, params.eventKey)
    if (!found.ok) return found
    const outcome = await readLayout(context, found.value.event.chartKey, 'published')
    return outcome.ok ? { rawJson: outcome.value } : outcome
  },
})

export const handler = lambda(getEventLayout)
