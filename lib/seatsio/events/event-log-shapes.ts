import * as z from 'zod'
import { toIso } from '../../clock.ts'
import type { LoggedKind, LoggedLine } from '../../records/company-log.ts'
import { id, timestamp } from '../fields.ts'
import { LONG_PAGE_LIMIT, pageQuery, pageReply } from '../paging.ts'

// The log of what happened to charts and events.

const types = {
  'chart-created': 'chart.created',
  'chart-published': 'chart.published',
  'event-categories-changed': 'event.categories.updated',
  'event-tables-changed': 'event.table.booking.config.updated',
  'event-channels-changed': 'event.channels.updated',
  'event-sale-changed': 'event.for.sale.config.updated',
} as const satisfies Record<LoggedKind, string>

const eventLogItem = z.strictObject({
  id,
  type: z.enum(Object.values(types)),
  timestamp,
  data: z.strictObject({
    workspaceKey: z.string().meta({ description: 'The public key of the workspace.' }),
    key: z.string().meta({ description: 'Of the chart or the event.' }),
  }),
})

export const eventLogQuery = pageQuery(LONG_PAGE_LIMIT)

export const eventLogReply = pageReply(eventLogItem)

/** A line of the log in this API's words. */
export function toEventLogItem({
  serial,
  kind,
  at,
  workspaceKey,
  key,
}: LoggedLine): z.output<typeof eventLogItem> {
  return { id: serial, type: types[kind], timestamp: toIso(at), data: { workspaceKey, key } }
}
