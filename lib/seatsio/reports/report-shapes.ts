import * as z from 'zod'
import { keyInPath } from '../fields.ts'
import { chartObjectInfo } from './chart-object-info.ts'
import { CHART_GROUPINGS, type Grouping } from './groupings.ts'

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
