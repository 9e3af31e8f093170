import { createChart as create } from '../../../lib/actions/charts/create-chart.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { blankDrawing } from '../../../lib/actions/charts/blank-drawing.ts'
import { DRAWING_BODY_BYTES_MAX } from '../../../lib/seatbuilder/fields.ts'
import { chartReply, createChartRequest } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { toChart } from '../../../lib/seatbuilder/translate.ts'
import {
  EXAMPLE_CHART_KEY,
  backRoomChart,
  backRoomDrawing,
} from '../../../lib/seatbuilder/story.ts'

export const createChart = endpoint({
  surface: seatbuilder,
  method: 'POST',
  path: '/api/v1/charts',
  summary: 'Create a draft chart',
  description:
    'Without `draftVersion`, the draft is empty. Publish the chart before you make events on it.',
  storyPlace: 20,
  examples: {
    'two-seats': {
      summary: 'A row of two seats',
      body: { name: 'Back room', draftVersion: backRoomDrawing },
      anew: [EXAMPLE_CHART_KEY],
      reply: backRoomChart,
    },
  },
  access: 'secret-key',
  status: 201,
  body: createChartRequest,
  bodyBytesMax: DRAWING_BODY_BYTES_MAX,
  reply: chartReply,
  run(context, { body: { name, draftVersion } }) {
    return create(context, { name, drawing: draftVersion ?? blankDrawing(name) })
  },
  show: toChart,
})

export const handler = lambda(createChart)
