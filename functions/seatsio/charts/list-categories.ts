import { listCategories as list } from '../../../lib/actions/charts/change-categories.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { categoriesReply, chartParams } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { stageParams } from '../../../lib/seatsio/charts/chart-story.ts'

export const listCategories = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/charts/{chartKey}/categories',
  summary: 'List the categories of a chart: of its draft, where it has one',
  storyPlace: 200,
  examples: {
    two: {
      summary: 'Two categories',
      params: stageParams,
      reply: {
        categories: [
          { key: 1, label: 'Meadow', color: '#2b8a3e', accessible: false },
          { key: 2, label: 'Terrace', color: '#1971c2', accessible: false },
        ],
      },
    },
  },
  access: 'secret-key',
  params: chartParams,
  reply: categoriesReply,
  refusals: ['chart-not-found', 'record-busy'],
  async run(context, { params: { chartKey } }) {
    const found = await list(context, chartKey)
    return found.ok ? { categories: [...found.value] } : found
  },
})

export const handler = lambda(listCategories)
