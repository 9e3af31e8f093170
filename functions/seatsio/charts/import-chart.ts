import { importChart as publish } from '../../../lib/actions/charts/import-chart.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { importChartRequest, newChartParams } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { importedReply, soldQuery, tellsSold } from '../../../lib/seatsio/charts/sold-shapes.ts'
import { toImported, toSoldCare } from '../../../lib/seatsio/charts/sold-translate.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
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
  description: `The body is the drawing. It is published at once and kept as it came; a chart that has the key gets it as its new version. ${tellsSold}`,
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
  query: soldQuery,
  reply: importedReply,
  refusals: [
    'chart-not-publishable',
    'sold-objects-affected',
    'sold-objects-unread',
    'record-busy',
  ],
  run(context, { params: { chartKey }, query, body: drawing }) {
    return publish(context, { chartKey, drawing, care: toSoldCare(query) })
  },
  show: toImported,
})

export const handler = lambda(importChart)
