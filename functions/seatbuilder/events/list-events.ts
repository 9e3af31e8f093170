import { listEvents as list } from '../../../lib/actions/events/list-events.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventReply, pageQuery, pageReply } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { toEvent, toPage } from '../../../lib/seatbuilder/translate.ts'
import { firstNightEvent, firstPage } from '../../../lib/seatbuilder/story.ts'

export const listEvents = endpoint({
  surface: seatbuilder,
  method: 'GET',
  path: '/api/v1/events',
  summary: 'List events, newest first',
  storyPlace: 90,
  examples: {
    newest: {
      summary: 'The newest event',
      query: { page: 1, limit: 1 },
      reply: { items: [firstNightEvent], ...firstPage },
    },
  },
  access: 'secret-key',
  query: pageQuery,
  reply: pageReply(eventReply),
  async run(context, { query }) {
    const { items, total } = await list(context, query)
    return toPage(items.map(toEvent), total, query)
  },
})

export const handler = lambda(listEvents)
