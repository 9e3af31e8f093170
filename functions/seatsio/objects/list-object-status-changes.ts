import { readLog } from '../../../lib/actions/seats/read-log.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { objectLogQuery, logReply, toLogItems } from '../../../lib/seatsio/objects/log-shapes.ts'
import { objectParams } from '../../../lib/seatsio/objects/object-shapes.ts'
import { toPage } from '../../../lib/seatsio/paging.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { SHOWN, firstNight } from '../../../lib/seatsio/story.ts'
import { RELEASE_AT, bookedLine, logLine } from '../../../lib/seatsio/objects/log-story.ts'

export const listObjectStatusChanges = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/events/{eventKey}/objects/{label}/status-changes',
  summary: 'List what became of one object, newest first',
  description:
    'The log is kept by event: this reads it from its end until the page is full, so asking for an object that seldom changed costs up to the whole log of the event, one read unit for every 4 KB. Ask for no more lines than you need.',
  storyPlace: 590,
  examples: {
    newest: {
      summary: 'The two newest changes of one object',
      params: { ...firstNight, label: 'A-2' },
      query: { limit: 2 },
      anew: [SHOWN.objectLineId],
      reply: {
        items: [
          bookedLine,
          {
            ...logLine,
            id: SHOWN.objectLineId,
            date: RELEASE_AT,
            status: 'free',
            objectLabel: 'A-2',
            displayedLabel: 'A-2',
          },
        ],
        next_page_starts_after: String(SHOWN.objectLineId),
      },
    },
  },
  access: 'secret-key',
  params: objectParams,
  query: objectLogQuery,
  reply: logReply,
  refusals: ['event-not-found'],
  async run(context, { params: { eventKey, label }, query }) {
    const newestFirst = { order: 'date', isDescending: true } as const
    const read = await readLog(context, { eventKey, label, ...newestFirst, ...query })
    return read.ok ? toPage({ ...read.value, items: toLogItems(read.value) }, query) : read
  },
})

export const handler = lambda(listObjectStatusChanges)
