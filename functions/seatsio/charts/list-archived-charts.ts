import { listChartsFrom } from '../../../lib/actions/charts/describe-chart.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import {
  chartsQuery,
  chartsReply,
  toChartsRequest,
} from '../../../lib/seatsio/charts/chart-shapes.ts'
import { toPage } from '../../../lib/seatsio/paging.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { toListedChart } from '../../../lib/seatsio/translate.ts'
import { archivedCopy } from '../../../lib/seatsio/charts/chart-story.ts'
import { EVENTS_LISTED_MAX } from '../../../lib/limits/limits.ts'

export const listArchivedCharts = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/charts/archive',
  summary: 'List the charts in the archive, newest first',
  description: `With \`expand=events\` a page lists ${EVENTS_LISTED_MAX.toLocaleString('en')} events at most, of all its charts together: of charts that have more, the newest.`,
  storyPlace: 280,
  examples: {
    one: {
      summary: 'What is in the archive',
      reply: { items: [archivedCopy] },
    },
  },
  access: 'secret-key',
  query: chartsQuery,
  reply: chartsReply,
  async run(context, { query, origin }) {
    const { request, expand } = toChartsRequest(query, true)
    const page = await listChartsFrom(context, request)
    const items = page.items.map((told) => toListedChart(told, origin, expand))
    return toPage({ ...page, items }, request)
  },
})

export const handler = lambda(listArchivedCharts)
