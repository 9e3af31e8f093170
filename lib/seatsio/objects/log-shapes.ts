import * as z from 'zod'
import { toIso } from '../../clock.ts'
import { defined } from '../../defined.ts'
import type { ChartObject } from '../../venue/chart.ts'
import { readExtraData } from '../../rules/extra-data.ts'
import type { HistoryChange, HistoryEntry } from '../../rules/history.ts'
import { kindWithdrawn, offerOf, type Terms } from '../../venue/terms.ts'
import { id, timestamp } from '../fields.ts'
import {
  cursorsMessage,
  haveOneCursor,
  LONG_PAGE_LIMIT,
  pageFields,
  pageQuery,
  pageReply,
  toPageRequest,
} from '../paging.ts'
import { toStatusName } from './statuses.ts'

// The log of status changes.

const sorts = { objectLabel: 'label', status: 'status', date: 'date' } as const

/** `date`, `objectLabel:desc`, …: a field alone sorts ascending. */
const sort = z
  .string()
  .regex(/^(objectLabel|status|date)(:(asc|desc))?$/i, 'expected a field, and asc or desc')
  .transform((given) => {
    const [field = '', direction = 'asc'] = given.split(':')
    const name = Object.keys(sorts).find((it) => it.toLowerCase() === field.toLowerCase())
    return {
      order: sorts[(name ?? 'date') as keyof typeof sorts],
      isDescending: direction.toLowerCase() === 'desc',
    }
  })
  .default({ order: 'date', isDescending: true })
  .meta({
    override: {
      type: 'string',
      default: 'date:desc',
      description:
        '`date`, `objectLabel` or `status`, with `:asc` or `:desc` behind it; a field alone sorts ascending.',
    },
  })

export const logQuery = z
  .object({
    ...pageFields(LONG_PAGE_LIMIT),
    filter: z.string().optional().meta({ description: 'Part of a label, as it is written.' }),
    filterType: z
      .string()
      .optional()
      .meta({ override: { type: 'string', enum: ['CONTAINS'] } }),
    sort,
  })
  .refine(haveOneCursor, cursorsMessage)
  .transform((query) => ({
    ...query.sort,
    ...defined({ filter: query.filter }),
    ...toPageRequest(query, LONG_PAGE_LIMIT),
  }))

export const objectLogQuery = pageQuery(LONG_PAGE_LIMIT)

const logItem = z.strictObject({
  id: id.meta({ description: 'Grows with time within an event; the cursor of pages.' }),
  eventId: id.meta({ description: 'The `id` of the event, not its key.' }),
  status: z.string().meta({ description: 'After the change.' }),
  quantity: z.int().meta({ description: 'Places of an area; 1 of other objects.' }),
  objectLabel: z.string(),
  displayedLabel: z.string().meta({ description: 'As buyers see it.' }),
  date: timestamp,
  orderId: z.string().optional(),
  extraData: z.record(z.string(), z.unknown()).optional(),
  holdToken: z.string().optional().meta({ description: 'Where the change came with one.' }),
  origin: z.strictObject({
    type: z.enum(['API_CALL', 'HOLD_EXPIRED']),
    ip: z.string().optional().meta({ description: 'Where the call came from.' }),
  }),
  isPresentOnChart: z.boolean().meta({ description: 'Whether the chart has the object now.' }),
  notPresentOnChartReason: z
    .enum(['RENAMED_OR_DELETED', 'SWITCHED_TO_BOOK_WHOLE_TABLE', 'SWITCHED_TO_BOOK_BY_SEAT'])
    .optional(),
})

export const logReply = pageReply(logItem)

/** A page of an event's log, as it was read. */
interface Read {
  readonly event: { readonly serial: number }
  readonly terms: Terms
  readonly lines: readonly {
    readonly number: number
    readonly entry: Omit<HistoryEntry, 'changes'>
    readonly change: HistoryChange
  }[]
}

/** The lines of a page in this API's words. */
export function toLogItems({ event, terms, lines }: Read): z.output<typeof logItem>[] {
  return lines.map(({ number, entry: { at, origin }, change }) => {
    const { label, to, quantity = 1, orderId, extraData, holdToken } = change
    const object = offerOf(terms, label)?.object
    return {
      id: number,
      eventId: event.serial,
      status: toStatusName(to),
      quantity,
      objectLabel: label,
      displayedLabel: object === undefined ? label : displayed(object),
      date: toIso(at),
      ...defined({ orderId }),
      ...(extraData === undefined ? {} : { extraData: readExtraData(extraData) }),
      ...defined({ holdToken }),
      origin:
        origin.type === 'HOLD_EXPIRED'
          ? { type: 'HOLD_EXPIRED' as const }
          : {
              type: 'API_CALL' as const,
              ...defined({ ip: origin.ip }),
            },
      isPresentOnChart: object !== undefined,
      ...(object === undefined ? { notPresentOnChartReason: reasonOfAbsence(terms, label) } : {}),
    }
  })
}

/** Why an event has no object of that label any more. */
function reasonOfAbsence(terms: Terms, label: string) {
  const kind = kindWithdrawn(terms, label)
  if (kind === undefined) return 'RENAMED_OR_DELETED' as const
  return kind === 'table'
    ? ('SWITCHED_TO_BOOK_BY_SEAT' as const)
    : ('SWITCHED_TO_BOOK_WHOLE_TABLE' as const)
}

/** A label made of the parts that buyers see. */
function displayed(object: ChartObject): string {
  const parent = object.kind === 'seat' ? object.parent.displayLabel : undefined
  const parts = [object.location.section?.displayLabel, parent, object.ownDisplayLabel]
  return parts.filter((part) => part !== undefined).join('-')
}
