import { createBlankChart } from '../../../lib/actions/charts/create-blank-chart.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartReply, createChartRequest } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { toChart } from '../../../lib/seatsio/translate.ts'

export const createChart = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/charts',
  summary: 'Create a chart without objects',
  description: 'It is published at once, so that events can be made on it.',
  access: 'secret-key',
  body: createChartRequest,
  reply: chartReply,
  run(context, { body, origin }) {
    return createBlankChart(context, body, (made) => toChart(made, origin))
  },
})

export const handler = lambda(createChart)
