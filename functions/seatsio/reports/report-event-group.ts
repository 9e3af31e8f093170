import { readHall } from '../../../lib/actions/seats/read-hall.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { listEventBy } from '../../../lib/seatsio/reports/event-report.ts'
import {
  eventGroupParams,
  eventReportReply,
  eventReportQuery,
} from '../../../lib/seatsio/reports/report-shapes.ts'
import { soldSeats } from '../../../lib/seatsio/reports/report-story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { firstNight } from '../../../lib/seatsio/story.ts'

export const reportEventGroup = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/reports/events/{eventKey}/{reportType}/{filter}',
  summary: 'List the objects of one group of an event',
  description: 'A group that there is not is empty.',
  storyPlace: 575,
  examples: {
    shown: {
      summary: 'One seat',
      params: { ...firstNight, reportType: 'byLabel', filter: 'A-2' },
      reply: { 'A-2': soldSeats.slice(1) },
    },
  },
  instead: 'ask for a smaller group, or for a summary',
  access: 'secret-key',
  params: eventGroupParams,
  query: eventReportQuery,
  reply: eventReportReply,
  refusals: ['event-not-found'],
  run(context, { params: { eventKey }, query }) {
    return readHall(context, eventKey, query)
  },
  show: (hall, { params: { reportType, filter } }) => listEventBy(hall, { reportType, filter }),
})

export const handler = lambda(reportEventGroup)
