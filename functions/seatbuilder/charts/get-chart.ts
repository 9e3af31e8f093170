import { getChart as get } from '../../../lib/actions/charts/get-chart.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartParams, chartReply } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { toChart } from '../../../lib/seatbuilder/translate.ts'
import { backRoomChart, drawnChart } from '../../../lib/seatbuilder/story.ts'

export const getChart = endpoint({
  surface: seatbuilder,
  method: 'GET',
  path: '/api/v1/charts/{chartKey}',
  summary: 'Read a chart',
  storyPlace: 40,
  examples: { draft: { summary: 'A chart', params: drawnChart, reply: backRoomChart } },
  access: 'secret-key',
  params: chartParams,
  reply: chartReply,
  refusals: ['chart-not-found'],
  async run(context, { params }) {
    const outcome = await get(context, params.chartKey)
    return outcome.ok ? toChart(outcome.value) : outcome
  },
})

export const handler = lambda(getChart)
