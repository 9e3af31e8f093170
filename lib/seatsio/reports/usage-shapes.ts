import * as z from 'zod'
import { toIso, type Instant } from '../../clock.ts'
import type { ObjectUsage, UsageReason } from '../../rules/usage.ts'
import { id, timestamp } from '../fields.ts'

// What was used, as this API tells it: numbers of objects that were sold or held at least once in an event and a month.

const monthText = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected month: yyyy-MM')
  .meta({ description: 'A month of UTC.', example: '2031-05' })

export const usageMonthParams = z.object({ month: monthText })

export const usageEventParams = usageMonthParams.extend({
  eventId: z
    .string()
    .regex(/^\d{1,16}$/, 'expected the id of an event, a number')
    .meta({ description: 'The id of an event, also of one that was deleted.' }),
})

export const renderedChartParams = usageMonthParams.extend({ chartKey: z.string().min(1) })

export const usageQuery = z.object({
  version: z
    .enum(['1', '2'])
    .default('1')
    .meta({ description: 'With 2 the list comes in an object, with the moment of counting.' }),
})

const month = z.strictObject({ month: z.int(), year: z.int() })
const numUsedObjects = z.int().meta({ description: 'Objects; of areas, places.' })

const usedByMonth = z
  .array(z.strictObject({ month, numUsedObjects }))
  .meta({ description: 'The oldest month first; none without usage.' })

export const usageReply = z.union([
  usedByMonth,
  z.strictObject({ usageCutoffDate: timestamp, usage: usedByMonth }),
])

export const monthUsageReply = z.array(
  z.strictObject({
    workspace: id.meta({ description: 'The id of a workspace.' }),
    usageByChart: z.array(
      z.strictObject({
        chart: z.strictObject({ name: z.string(), key: z.string() }),
        usageByEvent: z.array(
          z.strictObject({
            event: z.strictObject({ id, key: z.string(), deleted: z.boolean() }),
            numUsedObjects,
          }),
        ),
      }),
    ),
  }),
)

const reasons = {
  'status-changed': 'STATUS_CHANGED',
  selected: 'SELECTED',
} as const satisfies Record<UsageReason, string>

export const eventUsageReply = z.array(
  z.strictObject({
    object: z.string(),
    numUsedObjects,
    usageByReason: z
      .record(z.string(), z.int())
      .meta({ description: '`STATUS_CHANGED`, or `SELECTED` for what was held first.' }),
  }),
)

/** What of a company's usage is told. */
interface Usage {
  readonly month: string
  readonly workspace: { readonly serial: number }
  readonly chart: { readonly key: string; readonly name: string }
  readonly event: { readonly serial: number; readonly eventKey: string }
  readonly isDeleted: boolean
  readonly used: number
}

/** Numbers by month. */
export function toUsage(
  usage: readonly Usage[],
  { version, at }: { version: '1' | '2'; at: Instant },
): z.output<typeof usageReply> {
  const byMonth = new Map<string, number>()
  for (const { month: name, used } of usage) byMonth.set(name, (byMonth.get(name) ?? 0) + used)
  const told = [...byMonth]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, used]) => ({ month: toMonth(name), numUsedObjects: used }))
  return version === '1' ? told : { usageCutoffDate: toIso(at), usage: told }
}

/** Numbers of one month, by workspace, chart and event. */
export function toMonthUsage(usage: readonly Usage[]): z.output<typeof monthUsageReply> {
  const workspaces = grouped(usage, ({ workspace }) => workspace.serial)
  return workspaces.map(([workspace, ofWorkspace]) => ({
    workspace,
    usageByChart: grouped(ofWorkspace, ({ chart }) => chart.key).map(([key, ofChart]) => ({
      chart: { name: ofChart.at(-1)?.chart.name ?? key, key },
      usageByEvent: ofChart.map(({ event, isDeleted, used }) => ({
        event: { id: event.serial, key: event.eventKey, deleted: isDeleted },
        numUsedObjects: used,
      })),
    })),
  }))
}

/** Objects that one event used. */
export function toEventUsage(objects: readonly ObjectUsage[]): z.output<typeof eventUsageReply> {
  return objects.map(({ label, used, reasons: why }) => ({
    object: label,
    numUsedObjects: used,
    usageByReason: Object.fromEntries(
      Object.entries(why).map(([reason, count]) => [reasons[reason as UsageReason], count]),
    ),
  }))
}

/** A month as it is told. */
export function toMonth(name: string): z.output<typeof month> {
  const [year = 0, number = 0] = name.split('-').map(Number)
  return { month: number, year }
}

function grouped<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): [key: Key, items: Item[]][] {
  const groups = new Map<Key, Item[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return [...groups]
}

// Nobody renders charts here: what a company would have paid for is nothing.

const nothingRendered = z.record(z.string(), z.unknown()).meta({ description: 'Always empty.' })

export const renderingsReply = z.strictObject({ companyId: id, usage: nothingRendered })

export const monthRenderingsReply = renderingsReply.extend({ month })

export const chartRenderingsReply = z.strictObject({}).meta({ description: 'Always empty.' })

export const subscriptionReply = z.strictObject({}).meta({ description: 'There is none: empty.' })
