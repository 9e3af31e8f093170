import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import {
  chartRenderingsReply,
  renderedChartParams,
} from '../../../lib/seatsio/reports/usage-shapes.ts'
import { storyMonth } from '../../../lib/seatsio/reports/usage-story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const listRenderingsOfChart = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/reports/usage/rendering/month/{month}/chart/{chartKey}',
  summary: 'Count renderings of one chart in a month',
  description: 'Nobody is charged for rendering here: there is nothing to count.',
  storyPlace: 607,
  examples: {
    none: {
      summary: 'Nothing is counted',
      params: { ...storyMonth, chartKey: 'back-room' },
      reply: {},
    },
  },
  access: 'admin-key',
  params: renderedChartParams,
  reply: chartRenderingsReply,
  run: () => Promise.resolve({}),
})

export const handler = lambda(listRenderingsOfChart)
