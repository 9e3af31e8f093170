import { readLayout } from '../../../lib/actions/charts/read-layout.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartParams, drawingReply } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { backRoom, backRoomDrawing } from '../../../lib/seatsio/charts/chart-story.ts'

export const getPublishedDrawing = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/charts/{chartKey}/version/published',
  summary: 'Read the published drawing',
  storyPlace: 150,
  examples: {
    'as-it-came': {
      summary: 'The drawing as it came',
      params: backRoom,
      reply: backRoomDrawing,
    },
  },
  access: 'secret-key',
  params: chartParams,
  reply: drawingReply,
  isTagged: true,
  refusals: ['chart-not-found', 'layout-not-found', 'record-busy'],
  async run(context, { params: { chartKey } }) {
    const found = await readLayout(context, chartKey, 'published')
    return found.ok ? { rawJson: found.value } : found
  },
})

export const handler = lambda(getPublishedDrawing)
