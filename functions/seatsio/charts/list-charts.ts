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
import { listedCopy } from '../../../lib/seatsio/charts/chart-story.ts'
import { EVENTS_LISTED_MAX } from '../../../lib/limits/limits.ts'

export const listCharts = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/charts',
  summary: 'List charts, newest first, without those in the archive',
  description: `With \`expand=events\` a page lists ${EVENTS_LISTED_MAX.toLocaleString('en')} events at most, of all its charts together: of charts that have more, the newest.`,
  storyPlace: 260,
  examples: {
    newest: {
      summary: 'The newest chart that has a tag, with what its drawing breaks of the rules',
      query: { tag: 'outdoor/summer', limit: 1, validation: 'true' },
      reply: { items: [listedCopy] },
    },
  },
  access: 'secret-key',
  query: chartsQuery,
  reply: chartsReply,
  async run(context, { query, origin }) {
    const { request, expand } = toChartsRequest(query, false)
    const page = await listChartsFrom(context, request)
    const items = page.items.map((told) => toListedChart(told, origin, expand))
    return toPage({ ...page, items }, request)
  },
})

export const handler = lambda(listCharts)
