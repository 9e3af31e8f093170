import { importChart as publish } from '../../../lib/actions/charts/import-chart.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import {
  chartReply,
  importChartRequest,
  newChartParams,
} from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { toChart } from '../../../lib/seatsio/translate.ts'
import {
  backRoom,
  backRoomChart,
  backRoomDrawing,
} from '../../../lib/seatsio/charts/chart-story.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'
import { DRAWING_BYTES_MAX } from '../../../lib/limits/limits.ts'

export const importChart = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/system/public/charts/{chartKey}',
  summary: 'Import a drawing as a chart',
  description:
    'The body is the drawing. It is published at once and kept as it came; a chart that has the key gets it as its new version.',
  storyPlace: 130,
  examples: {
    'two-seats': {
      summary: 'A row of two seats',
      params: backRoom,
      body: backRoomDrawing,
      anew: [SHOWN.chartId, SHOWN.thumbnail],
      reply: backRoomChart,
    },
  },
  access: 'secret-key',
  status: 201,
  params: newChartParams,
  body: importChartRequest,
  bodyAsText: true,
  bodyBytesMax: DRAWING_BYTES_MAX,
  reply: chartReply,
  refusals: ['chart-not-publishable', 'record-busy'],
  run(context, { params: { chartKey }, body: drawing }) {
    return publish(context, { chartKey, drawing })
  },
  show: (imported, { origin }) => toChart(imported, origin),
})

export const handler = lambda(importChart)
