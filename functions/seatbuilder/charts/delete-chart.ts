import { deleteChart as remove } from '../../../lib/actions/charts/delete-chart.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartParams, deletedChartReply } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { drawnChart } from '../../../lib/seatbuilder/story.ts'

export const deleteChart = endpoint({
  surface: seatbuilder,
  method: 'DELETE',
  path: '/api/v1/charts/{chartKey}',
  summary: 'Delete a chart that no event uses',
  storyPlace: 210,
  examples: {
    deleted: {
      summary: 'Gone',
      params: drawnChart,
      reply: { ...drawnChart, deleted: true },
    },
  },
  access: 'secret-key',
  params: chartParams,
  reply: deletedChartReply,
  refusals: ['chart-not-found', 'chart-has-events', 'record-busy'],
  run(context, { params: { chartKey } }) {
    return remove(context, chartKey)
  },
  show: (_, { params: { chartKey } }) => ({ chartKey, deleted: true as const }),
})

export const handler = lambda(deleteChart)
