import { unpublishChart as unpublish } from '../../../lib/actions/charts/unpublish-chart.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartParams, unpublishReply } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { toUnpublished } from '../../../lib/seatbuilder/translate.ts'
import { drawnChart, renamedChart } from '../../../lib/seatbuilder/story.ts'

export const unpublishChart = endpoint({
  surface: seatbuilder,
  method: 'POST',
  path: '/api/v1/charts/{chartKey}/unpublish',
  summary: 'Take the published version back',
  storyPlace: 200,
  examples: {
    'taken-back': {
      summary: 'Nothing is on sale any more',
      params: drawnChart,
      reply: renamedChart,
    },
  },
  access: 'secret-key',
  params: chartParams,
  reply: unpublishReply,
  refusals: ['chart-not-found', 'record-busy'],
  run(context, { params }) {
    return unpublish(context, params.chartKey)
  },
  show: toUnpublished,
})

export const handler = lambda(unpublishChart)
