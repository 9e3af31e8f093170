import * as z from 'zod'
import { removeChartCategory } from '../../../lib/actions/charts/change-categories.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { categoryParams } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { stageParams } from '../../../lib/seatsio/charts/chart-story.ts'

export const removeCategory = endpoint({
  surface: seatsio,
  method: 'DELETE',
  path: '/charts/{chartKey}/categories/{categoryKey}',
  summary: 'Take a category away, from the chart and from all objects that have it',
  description:
    'Where events sell what is published, this goes into a draft, unless the account has none.',
  storyPlace: 210,
  examples: {
    gone: {
      summary: 'A category less',
      params: { ...stageParams, categoryKey: '2' },
    },
  },
  access: 'secret-key',
  params: categoryParams,
  reply: z.undefined(),
  refusals: [
    'chart-not-found',
    'category-not-found',
    'chart-not-publishable',
    'drawing-too-large',
    'record-busy',
  ],
  run(context, { params }) {
    return removeChartCategory(context, params)
  },
  show: () => undefined,
})

export const handler = lambda(removeCategory)
