import { readCompanyLog } from '../../../lib/actions/companies/read-company-log.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import {
  eventLogQuery,
  eventLogReply,
  toEventLogItem,
} from '../../../lib/seatsio/events/event-log-shapes.ts'
import { toPage } from '../../../lib/seatsio/paging.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { NOW, SHOWN } from '../../../lib/seatsio/story.ts'
import { LOG_DAYS } from '../../../lib/limits/limits.ts'

export const listEventLog = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/event-log',
  summary: 'List what happened to charts and events of the company, oldest first',
  description: `In all workspaces, in the last ${LOG_DAYS} days; right after it happened.`,
  storyPlace: 600,
  examples: {
    first: {
      summary: 'The first line of the log',
      query: { limit: 1 },
      anew: [SHOWN.logLineId],
      reply: {
        items: [
          {
            id: SHOWN.logLineId,
            type: 'chart.created',
            timestamp: NOW,
            data: { workspaceKey: SHOWN.workspaceKey, key: 'back-room' },
          },
        ],
        next_page_starts_after: String(SHOWN.logLineId),
      },
    },
  },
  access: 'admin-key',
  query: eventLogQuery,
  reply: eventLogReply,
  async run(context, { query }) {
    const page = await readCompanyLog(context, query)
    return toPage({ ...page, items: page.items.map(toEventLogItem) })
  },
})

export const handler = lambda(listEventLog)
