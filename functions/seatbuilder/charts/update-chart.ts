import { updateChart as update } from '../../../lib/actions/charts/update-chart.ts'
import { defined } from '../../../lib/defined.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { DRAWING_BODY_BYTES_MAX } from '../../../lib/seatbuilder/fields.ts'
import { chartParams, chartReply, updateChartRequest } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { toChart } from '../../../lib/seatbuilder/translate.ts'
import { drawnChart, NOW, renamedChart } from '../../../lib/seatbuilder/story.ts'

export const updateChart = endpoint({
  surface: seatbuilder,
  method: 'PATCH',
  path: '/api/v1/charts/{chartKey}',
  summary: 'Rename a chart, or replace its draft',
  storyPlace: 60,
  examples: {
    rename: {
      summary: 'Another name',
      params: drawnChart,
      body: { name: 'Back room, summer' },
      reply: { ...renamedChart, createdAt: NOW },
    },
  },
  access: 'secret-key',
  params: chartParams,
  body: updateChartRequest,
  bodyBytesMax: DRAWING_BODY_BYTES_MAX,
  reply: chartReply,
  refusals: ['chart-not-found', 'record-busy'],
  run(context, { params, body: { name, draftVersion } }) {
    const changes = {
      ...defined({ name, drawing: draftVersion }),
    }
    return update(context, { chartKey: params.chartKey, ...changes })
  },
  show: toChart,
})

export const handler = lambda(updateChart)
