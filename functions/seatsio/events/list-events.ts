import { listEventsFrom } from '../../../lib/actions/events/list-events.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventsQuery, eventsReply } from '../../../lib/seatsio/events/event-shapes.ts'
import { toPage } from '../../../lib/seatsio/paging.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { toEvent } from '../../../lib/seatsio/events/event-translate.ts'
import { lateShow } from '../../../lib/seatsio/events/event-story.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'

export const listEvents = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/events',
  summary: 'List events and seasons, newest first',
  description: 'Events in seasons and partial seasons are in the list, too.',
  storyPlace: 360,
  examples: {
    newest: {
      summary: 'The newest event',
      query: { limit: 1 },
      reply: { items: [lateShow], next_page_starts_after: String(SHOWN.lateShowId) },
    },
  },
  access: 'secret-key',
  query: eventsQuery,
  reply: eventsReply,
  async run(context, { query }) {
    const page = await listEventsFrom(context, query)
    return toPage({ ...page, items: page.items.map(toEvent) }, query)
  },
})

export const handler = lambda(listEvents)
