import { readDrawn } from '../../../lib/actions/reports/read-drawn.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { summarizeChart } from '../../../lib/seatsio/reports/chart-report.ts'
import {
  chartReportQuery,
  chartSummaryParams,
  chartSummaryReply,
} from '../../../lib/seatsio/reports/report-shapes.ts'
import { backRoom } from '../../../lib/seatsio/charts/chart-story.ts'
import { backRoomSummary } from '../../../lib/seatsio/reports/report-story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const summarizeChartReport = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/reports/charts/{chartKey}/{reportType}/summary',
  summary: 'Count the objects of a drawing by group',
  description: 'A seat, a booth and a table count as one, an area as its capacity.',
  storyPlace: 572,
  examples: {
    seats: {
      summary: 'A row of two seats',
      params: { ...backRoom, reportType: 'bySection' },
      reply: backRoomSummary,
    },
  },
  access: 'secret-key',
  params: chartSummaryParams,
  query: chartReportQuery,
  reply: chartSummaryReply,
  refusals: ['chart-not-found', 'layout-not-found', 'record-busy'],
  run(context, { params: { chartKey }, query: { version } }) {
    return readDrawn(context, { chartKey, version })
  },
  show(chart, { params: { reportType }, query: { bookWholeTables } }) {
    return summarizeChart(chart, { reportType, bookWholeTables })
  },
})

export const handler = lambda(summarizeChartReport)
