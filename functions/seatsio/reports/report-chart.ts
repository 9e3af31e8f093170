import { readDrawn } from '../../../lib/actions/reports/read-drawn.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { listChart } from '../../../lib/seatsio/reports/chart-report.ts'
import {
  chartReportParams,
  chartReportQuery,
  chartReportReply,
} from '../../../lib/seatsio/reports/report-shapes.ts'
import { backRoom } from '../../../lib/seatsio/charts/chart-story.ts'
import { backRoomSeats } from '../../../lib/seatsio/reports/report-story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const reportChart = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/reports/charts/{chartKey}/{reportType}',
  summary: 'List the objects of a drawing by group',
  description:
    'By object type, category and zone, groups are there that have no objects. Objects of one label are in one list.',
  storyPlace: 571,
  examples: {
    seats: {
      summary: 'A row of two seats',
      params: { ...backRoom, reportType: 'bySection' },
      reply: { NO_SECTION: backRoomSeats },
    },
  },
  instead: 'ask for a summary',
  access: 'secret-key',
  params: chartReportParams,
  query: chartReportQuery,
  reply: chartReportReply,
  refusals: ['chart-not-found', 'layout-not-found', 'record-busy'],
  run(context, { params: { chartKey }, query: { version } }) {
    return readDrawn(context, { chartKey, version })
  },
  show(chart, { params: { reportType }, query: { bookWholeTables } }) {
    return listChart(chart, { reportType, bookWholeTables })
  },
})

export const handler = lambda(reportChart)
