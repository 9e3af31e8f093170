import * as z from 'zod'
import { redrawChart } from '../../../lib/actions/charts/change-categories.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartParams, updateChartRequest } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { afternoonChart, backRoom, stageParams } from '../../../lib/seatsio/charts/chart-story.ts'

export const updateChart = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/charts/{chartKey}',
  summary: 'Give a chart another name, or other categories',
  description:
    'Where events sell what is published, this goes into a draft, unless the account has none. Categories take the place of all that there were; of one that was there already, colour and accessibility stay where they are left out.',
  storyPlace: 170,
  examples: {
    rename: {
      summary: 'Another name, and one category less',
      params: stageParams,
      body: { name: 'Open air', categories: [{ key: 1, label: 'Meadow' }] },
    },
    'new-draft': {
      summary: 'Another name for a chart in use: it is in a draft',
      params: backRoom,
      body: { name: 'Back room, winter' },
      place: 591,
    },
    'another-draft': {
      summary: 'And another one',
      params: afternoonChart,
      body: { name: 'Back room, spring' },
      place: 597,
    },
  },
  access: 'secret-key',
  params: chartParams,
  body: updateChartRequest,
  reply: z.undefined(),
  refusals: ['chart-not-found', 'chart-not-publishable', 'drawing-too-large', 'record-busy'],
  run(context, { params: { chartKey }, body }) {
    return redrawChart(context, { chartKey, ...body })
  },
  show: () => undefined,
})

export const handler = lambda(updateChart)
