import { createBlankChart } from '../../../lib/actions/charts/create-blank-chart.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartReply, createChartRequest } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { toChart } from '../../../lib/seatsio/translate.ts'
import { stageChart } from '../../../lib/seatsio/charts/chart-story.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'

export const createChart = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/charts',
  summary: 'Create a chart without objects',
  description: 'It is published at once, so that events can be made on it.',
  storyPlace: 160,
  examples: {
    stage: {
      summary: 'With two categories, and no objects yet',
      body: {
        name: 'Summer stage',
        categories: [
          { key: 1, label: 'Lawn', color: '#2b8a3e' },
          { key: 'vip', label: 'Hospitality', color: '#e8590c', accessible: true },
        ],
      },
      anew: [SHOWN.stageId, SHOWN.stageKey, SHOWN.stageThumbnail],
      reply: stageChart,
    },
  },
  access: 'secret-key',
  body: createChartRequest,
  reply: chartReply,
  run(context, { body }) {
    return createBlankChart(context, body)
  },
  show: (made, { origin }) => toChart(made, origin),
})

export const handler = lambda(createChart)
