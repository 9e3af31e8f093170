import { readHall } from '../../../lib/actions/seats/read-hall.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { toCsv } from '../../../lib/seatsio/reports/csv.ts'
import { listEvent } from '../../../lib/seatsio/reports/event-report.ts'
import { eventListReply, eventReportQuery } from '../../../lib/seatsio/reports/report-shapes.ts'
import { soldSeats } from '../../../lib/seatsio/reports/report-story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { firstNight } from '../../../lib/seatsio/story.ts'

export const listEventReport = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/reports/events/{eventKey}',
  endings: { '.csv': 'text/csv' },
  summary: 'List all objects of an event by label',
  description:
    'Of each table there is the table or its seats, as the event sells it. With `.csv` after the key the same comes as text: a line of names, and one for each object.',
  storyPlace: 573,
  examples: {
    'two-seats': {
      summary: 'A row of two seats',
      params: firstNight,
      reply: soldSeats,
    },
  },
  instead: 'ask for one group at a time, or for a summary',
  access: 'secret-key',
  params: eventParams,
  query: eventReportQuery,
  reply: eventListReply,
  refusals: ['event-not-found'],
  async run(context, { params: { eventKey }, query, ending }) {
    const hall = await readHall(context, eventKey, query)
    if (!hall.ok) return hall
    const infos = listEvent(hall.value)
    return ending === undefined ? infos : { text: toCsv(infos), mediaType: CSV }
  },
})

const CSV = 'text/csv; charset=utf-8'

export const handler = lambda(listEventReport)
