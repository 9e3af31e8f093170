import { readLog } from '../../../lib/actions/seats/read-log.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { logQuery, logReply, toLogItems } from '../../../lib/seatsio/objects/log-shapes.ts'
import { toPage } from '../../../lib/seatsio/paging.ts'
import { toStatusName } from '../../../lib/seatsio/objects/statuses.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { SHOWN, firstNight } from '../../../lib/seatsio/story.ts'
import { BATCH_AT, bookedLine, logLine } from '../../../lib/seatsio/objects/log-story.ts'

export const listStatusChanges = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/events/{eventKey}/status-changes',
  summary: 'List what became of the objects of an event',
  description:
    'Newest first unless sorted otherwise. By date it reads little more than the page; sorted by label or status it reads the whole log of the event. A change is dated when it was decided, and may appear some seconds later: to miss none, follow the notices.',
  storyPlace: 580,
  examples: {
    newest: {
      summary: 'The two newest changes of an event, those of one request in their order',
      params: firstNight,
      query: { limit: 2 },
      anew: [SHOWN.newestLineId, SHOWN.earlierLineId],
      reply: {
        items: [
          bookedLine,
          {
            ...logLine,
            id: SHOWN.earlierLineId,
            date: BATCH_AT,
            status: 'free',
            objectLabel: 'A-1',
            displayedLabel: 'A-1',
          },
        ],
        next_page_starts_after: String(SHOWN.earlierLineId),
      },
    },
  },
  access: 'secret-key',
  params: eventParams,
  query: logQuery,
  reply: logReply,
  refusals: ['event-not-found'],
  async run(context, { params: { eventKey }, query }) {
    const read = await readLog(context, { eventKey, statusName: toStatusName, ...query })
    return read.ok ? toPage({ ...read.value, items: toLogItems(read.value) }, query) : read
  },
})

export const handler = lambda(listStatusChanges)
