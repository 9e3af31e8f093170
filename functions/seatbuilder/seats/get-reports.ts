import { readStatus } from '../../../lib/actions/seats/read-status.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams } from '../../../lib/seatbuilder/shapes.ts'
import { reportsReply } from '../../../lib/seatbuilder/status-shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { toReports } from '../../../lib/seatbuilder/status-translate.ts'
import { demoEvent } from '../../../lib/seatbuilder/story.ts'

export const getReports = endpoint({
  surface: seatbuilder,
  method: 'GET',
  path: '/api/v1/events/{eventKey}/reports',
  summary: 'Count held and booked objects, by status and by category',
  description:
    'An area whose places are sold one by one counts as many as are held or booked of it.',
  storyPlace: 180,
  examples: {
    'two-booked': {
      summary: 'Two booked seats',
      params: demoEvent,
      reply: {
        ...demoEvent,
        byStatus: { held: 0, booked: 2 },
        byCategory: [{ status: 'booked', categoryKey: '1', count: 2 }],
      },
    },
  },
  access: 'secret-key',
  params: eventParams,
  reply: reportsReply,
  refusals: ['event-not-found'],
  async run(context, { params: { eventKey } }) {
    const outcome = await readStatus(context, eventKey)
    return outcome.ok ? toReports(eventKey, outcome.value) : outcome
  },
})

export const handler = lambda(getReports)
