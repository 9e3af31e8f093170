import { readHall } from '../../../lib/actions/seats/read-hall.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { summarizeEvent } from '../../../lib/seatsio/reports/event-report.ts'
import {
  eventSummaryParams,
  eventSummaryReply,
  eventReportQuery,
} from '../../../lib/seatsio/reports/report-shapes.ts'
import { soldSummary } from '../../../lib/seatsio/reports/report-story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { firstNight } from '../../../lib/seatsio/story.ts'

export const summarizeEventReport = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/reports/events/{eventKey}/{reportType}/summary',
  summary: 'Count the places of an event by group',
  description:
    'A seat or a booth counts as one, a table that is sold as a whole as its seats, an area as its places: each under what it is.',
  storyPlace: 576,
  examples: {
    shown: {
      summary: 'A seat that is free, and one that is booked',
      params: { ...firstNight, reportType: 'byStatus' },
      reply: soldSummary,
    },
  },
  access: 'secret-key',
  params: eventSummaryParams,
  query: eventReportQuery,
  reply: eventSummaryReply,
  refusals: ['event-not-found'],
  run(context, { params: { eventKey }, query }) {
    return readHall(context, eventKey, query)
  },
  show: (hall, { params: { reportType } }) => summarizeEvent(hall, reportType),
})

export const handler = lambda(summarizeEventReport)
