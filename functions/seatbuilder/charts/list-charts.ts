import { listCharts as list } from '../../../lib/actions/charts/list-charts.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartReply, pageQuery, pageReply } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { toChart, toPage } from '../../../lib/seatbuilder/translate.ts'
import { backRoomChart, firstPage } from '../../../lib/seatbuilder/story.ts'

export const listCharts = endpoint({
  surface: seatbuilder,
  method: 'GET',
  path: '/api/v1/charts',
  summary: 'List charts, newest first',
  storyPlace: 30,
  examples: {
    newest: {
      summary: 'The newest chart',
      query: { page: 1, limit: 1 },
      reply: { items: [backRoomChart], ...firstPage, total: 3 },
    },
  },
  access: 'secret-key',
  query: pageQuery,
  reply: pageReply(chartReply),
  async run(context, { query }) {
    const { items, total } = await list(context, query)
    return toPage(items.map(toChart), total, query)
  },
})

export const handler = lambda(listCharts)
