import * as z from 'zod'
import { keyInPath } from '../fields.ts'
import { eventParams } from '../events/event-shapes.ts'
import { objectInfo } from '../objects/object-info.ts'
import { chartObjectInfo } from './chart-object-info.ts'
import {
  CHART_GROUPINGS,
  GROUPINGS,
  groupingsWithin,
  type Grouping,
  type ReportType,
} from './groupings.ts'

const chartSummaryTypes = [
  'byObjectType',
  'byCategoryKey',
  'byCategoryLabel',
  'bySection',
  'byZone',
] as const
const chartReportTypes = ['byLabel', ...chartSummaryTypes] as const

export type ChartSummaryType = (typeof chartSummaryTypes)[number]
export type ChartReportType = (typeof chartReportTypes)[number]

const reportType = <Type extends string>(types: readonly [Type, ...Type[]]) =>
  z.enum(types).meta({ description: 'What the objects are grouped by.' })

export const chartReportParams = z.object({
  chartKey: keyInPath,
  reportType: reportType(chartReportTypes),
})

export const chartSummaryParams = z.object({
  chartKey: keyInPath,
  reportType: reportType(chartSummaryTypes),
})

const bookWholeTables = z.enum(['chart', 'true', 'false'])

/** How tables count in a report on a drawing. */
export type BookWholeTables = z.output<typeof bookWholeTables>

export const chartReportQuery = z.object({
  version: z
    .enum(['published', 'draft'])
    .default('published')
    .meta({ description: 'Which drawing of the chart.' }),
  bookWholeTables: bookWholeTables.optional().meta({
    description:
      'Which of tables and their seats count: `true` tables, `false` seats, `chart` as the drawing sells each; both where it is left out.',
  }),
})

export const chartReportReply = z
  .record(z.string(), z.array(chartObjectInfo))
  .meta({ description: 'Objects by group, in the order of the drawing.' })

const counts = z.record(z.string(), z.int())

/** Counts of one group by everything else. */
function summaryBy(groupings: readonly Grouping[]) {
  const inner = Object.fromEntries(groupings.map((grouping) => [grouping, counts.optional()]))
  return z.strictObject({ count: z.int(), ...inner })
}

export const chartSummaryReply = z
  .record(z.string(), summaryBy(CHART_GROUPINGS))
  .meta({ description: 'How many places each group has, and by everything else; tables are one.' })

const eventReportTypes = [...GROUPINGS, 'byLabel', 'byOrderId'] as const satisfies ReportType[]

export const eventReportParams = eventParams.extend({ reportType: reportType(eventReportTypes) })

/** A label may be the longest of what groups are called. */
const FILTER_LENGTH_MAX = 1_000

export const eventGroupParams = eventReportParams.extend({
  filter: z
    .string()
    .min(1)
    .max(FILTER_LENGTH_MAX)
    .meta({ description: 'The group. One that there is not is empty.' }),
})

export const eventSummaryParams = eventParams.extend({ reportType: reportType(GROUPINGS) })

export const eventReportQuery = z
  .object({
    seasonBookingsPropagated: z
      .enum(['true', 'false'])
      .default('true')
      .meta({ description: 'Whether what the seasons of the event have sold counts in it.' }),
  })
  .transform(({ seasonBookingsPropagated }) => ({ isAlone: seasonBookingsPropagated === 'false' }))

export const eventListReply = z
  .array(objectInfo)
  .meta({ description: 'By label, in the order of code points.' })

export const eventReportReply = z
  .record(z.string(), z.array(objectInfo))
  .meta({ description: 'Objects by group, in the order of the chart.' })

export const eventSummaryReply = z
  .record(z.string(), summaryBy(GROUPINGS))
  .meta({ description: 'How many places each group has, and by everything else.' })

const deepInner = GROUPINGS.map((grouping) => {
  const inner = z.record(z.string(), summaryBy(groupingsWithin(GROUPINGS, grouping)))
  return [grouping, inner.optional()] as const
})

export const eventDeepSummaryReply = z
  .record(z.string(), z.strictObject({ count: z.int(), ...Object.fromEntries(deepInner) }))
  .meta({ description: 'As a summary, with a summary of each group inside of a group.' })
