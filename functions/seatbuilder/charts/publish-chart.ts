import { publishChart as publish } from '../../../lib/actions/charts/publish-chart.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartParams, publishReply } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { toPublished } from '../../../lib/seatbuilder/translate.ts'
import { NOW, drawnChart, renamedChart } from '../../../lib/seatbuilder/story.ts'

export const publishChart = endpoint({
  surface: seatbuilder,
  method: 'POST',
  path: '/api/v1/charts/{chartKey}/publish',
  summary: 'Publish the draft to all events of the chart',
  description: 'Publishing again without a change counts on.',
  storyPlace: 70,
  examples: {
    first: {
      summary: 'The first time',
      params: drawnChart,
      reply: { ...renamedChart, publishedVersion: 1, publishedAt: NOW },
    },
  },
  access: 'secret-key',
  params: chartParams,
  reply: publishReply,
  refusals: ['chart-not-found', 'chart-not-publishable', 'record-busy'],
  run(context, { params }) {
    return publish(context, params.chartKey)
  },
  show: toPublished,
})

export const handler = lambda(publishChart)
