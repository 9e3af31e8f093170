import * as z from 'zod'
import { changeChartCategory } from '../../../lib/actions/charts/change-categories.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { categoryParams, updateCategoryRequest } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { stageParams } from '../../../lib/seatsio/charts/chart-story.ts'

export const updateCategory = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/charts/{chartKey}/categories/{categoryKey}',
  summary: 'Change a category of a chart; what is left out stays',
  description:
    'Where events sell what is published, this goes into a draft, unless the account has none.',
  storyPlace: 190,
  examples: {
    label: {
      summary: 'Another label',
      params: { ...stageParams, categoryKey: '2' },
      body: { label: 'Terrace' },
    },
  },
  access: 'secret-key',
  params: categoryParams,
  body: updateCategoryRequest,
  reply: z.undefined(),
  refusals: [
    'chart-not-found',
    'category-not-found',
    'chart-not-publishable',
    'drawing-too-large',
    'record-busy',
  ],
  run(context, { params, body }) {
    return changeChartCategory(context, params, body)
  },
  show: () => undefined,
})

export const handler = lambda(updateCategory)
