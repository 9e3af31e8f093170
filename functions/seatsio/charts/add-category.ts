import * as z from 'zod'
import { addChartCategory } from '../../../lib/actions/charts/change-categories.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { addCategoryRequest, chartParams } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { stageParams } from '../../../lib/seatsio/charts/chart-story.ts'

export const addCategory = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/charts/{chartKey}/categories',
  summary: 'Add a category to a chart',
  description:
    'Where events sell what is published, this goes into a draft, unless the account has none.',
  storyPlace: 180,
  examples: {
    balcony: {
      summary: 'A category behind the others',
      params: stageParams,
      body: { key: 2, label: 'Balcony', color: '#1971c2' },
    },
  },
  access: 'secret-key',
  params: chartParams,
  body: addCategoryRequest,
  reply: z.undefined(),
  refusals: [
    'chart-not-found',
    'category-key-taken',
    'too-many-categories',
    'chart-not-publishable',
    'drawing-too-large',
    'record-busy',
  ],
  run(context, { params: { chartKey }, body }) {
    return addChartCategory(context, { chartKey, category: body })
  },
  show: () => undefined,
})

export const handler = lambda(addCategory)
