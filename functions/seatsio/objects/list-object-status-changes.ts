import { readLog } from '../../../lib/actions/seats/read-log.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { objectLogQuery, logReply, toLogItems } from '../../../lib/seatsio/objects/log-shapes.ts'
import { objectParams } from '../../../lib/seatsio/objects/object-shapes.ts'
import { toPage } from '../../../lib/seatsio/paging.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const listObjectStatusChanges = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/events/{eventKey}/objects/{label}/status-changes',
  summary: 'List what became of one object, newest first',
  description:
    'The log is kept by event: this reads it from its end until the page is full, so asking for an object that seldom changed costs up to the whole log of the event, one read unit for every 4 KB. Ask for no more lines than you need.',
  access: 'secret-key',
  params: objectParams,
  query: objectLogQuery,
  reply: logReply,
  refusals: ['event-not-found'],
  async run(context, { params: { eventKey, label }, query }) {
    const newestFirst = { order: 'date', isDescending: true } as const
    const read = await readLog(context, { eventKey, label, ...newestFirst, ...query })
    return read.ok ? toPage({ ...read.value, items: toLogItems(read.value) }) : read
  },
})

export const handler = lambda(listObjectStatusChanges)
