import { readHall } from '../../../lib/actions/seats/read-hall.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { summarizeEventDeeply } from '../../../lib/seatsio/reports/event-report.ts'
import {
  eventSummaryParams,
  eventDeepSummaryReply,
  eventReportQuery,
} from '../../../lib/seatsio/reports/report-shapes.ts'
import { soldDeepSummary } from '../../../lib/seatsio/reports/report-story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { firstNight } from '../../../lib/seatsio/story.ts'

export const summarizeEventDeeplyReport = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/reports/events/{eventKey}/{reportType}/summary/deep',
  summary: 'Count the places of an event by group, and by the groups inside',
  description: 'As the summary, with another inside of each group.',
  storyPlace: 577,
  examples: {
    shown: {
      summary: 'A seat that is free, and one that is booked',
      params: { ...firstNight, reportType: 'byStatus' },
      reply: soldDeepSummary,
    },
  },
  access: 'secret-key',
  params: eventSummaryParams,
  query: eventReportQuery,
  reply: eventDeepSummaryReply,
  refusals: ['event-not-found'],
  run(context, { params: { eventKey }, query }) {
    return readHall(context, eventKey, query)
  },
  show: (hall, { params: { reportType } }) => summarizeEventDeeply(hall, reportType),
})

export const handler = lambda(summarizeEventDeeplyReport)
