import { readHall } from '../../../lib/actions/seats/read-hall.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { listEventBy } from '../../../lib/seatsio/reports/event-report.ts'
import {
  eventReportParams,
  eventReportReply,
  eventReportQuery,
} from '../../../lib/seatsio/reports/report-shapes.ts'
import { soldSeats } from '../../../lib/seatsio/reports/report-story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { firstNight } from '../../../lib/seatsio/story.ts'

export const reportEvent = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/reports/events/{eventKey}/{reportType}',
  summary: 'List the objects of an event by group',
  description:
    'By object type, category, zone, channel and availability, groups are there that have no objects. An area is listed once, under its own status.',
  storyPlace: 574,
  examples: {
    shown: {
      summary: 'All objects of no channel',
      params: { ...firstNight, reportType: 'byChannel' },
      reply: { NO_CHANNEL: soldSeats },
    },
  },
  instead: 'ask for one group at a time, or for a summary',
  access: 'secret-key',
  params: eventReportParams,
  query: eventReportQuery,
  reply: eventReportReply,
  refusals: ['event-not-found'],
  run(context, { params: { eventKey }, query }) {
    return readHall(context, eventKey, query)
  },
  show: (hall, { params: { reportType } }) => listEventBy(hall, { reportType }),
})

export const handler = lambda(reportEvent)
