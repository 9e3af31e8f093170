import { readLayout } from '../../../lib/actions/charts/read-layout.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartParams, layoutQuery, layoutReply } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { backRoomDrawing, drawnChart } from '../../../lib/seatbuilder/story.ts'

export const getChartLayout = endpoint({
  surface: seatbuilder,
  method: 'GET',
  path: '/api/v1/charts/{chartKey}/layout',
  summary: 'Read the drawing of a chart, as it came',
  storyPlace: 50,
  examples: {
    draft: {
      summary: 'The draft',
      params: drawnChart,
      query: { version: 'draft' },
      reply: backRoomDrawing,
    },
  },
  access: 'secret-key',
  params: chartParams,
  query: layoutQuery,
  reply: layoutReply,
  isTagged: true,
  refusals: ['chart-not-found', 'layout-not-found', 'record-busy'],
  async run(context, { params, query }) {
    const outcome = await readLayout(context, params.chartKey, query.version)
    return outcome.ok ? { rawJson: outcome.value } : outcome
  },
})

export const handler = lambda(getChartLayout)
