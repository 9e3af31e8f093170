import { getDescribedChart } from '../../../lib/actions/charts/describe-chart.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartParams, chartQuery, chartReply } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { toChart } from '../../../lib/seatsio/translate.ts'
import { backRoom, backRoomChart } from '../../../lib/seatsio/charts/chart-story.ts'

export const getChart = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/charts/{chartKey}',
  summary: 'Read a chart',
  description: 'With `expand=events`, its events too, newest first.',
  storyPlace: 140,
  examples: {
    unused: { summary: 'A chart without events', params: backRoom, reply: backRoomChart },
  },
  access: 'secret-key',
  params: chartParams,
  query: chartQuery,
  reply: chartReply,
  refusals: ['chart-not-found'],
  async run(context, { params: { chartKey }, query: { expand }, origin }) {
    const withEvents = expand.includes('events')
    const found = await getDescribedChart(context, { chartKey, withEvents })
    return found.ok ? toChart(found.value, origin) : found
  },
})

export const handler = lambda(getChart)
