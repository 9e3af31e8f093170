import { placesOf, sellableObjects, type Chart, type ChartObject } from '../../venue/chart.ts'
import { toChartObjectInfo, type ChartObjectInfo } from './chart-object-info.ts'
import { listBy, summarize, type Portion, type Summary } from './count.ts'
import {
  CHART_GROUPINGS,
  chartKeysOf,
  groupsAlwaysThere,
  type GroupKeys,
  type Venue,
} from './groupings.ts'
import type { BookWholeTables, ChartReportType, ChartSummaryType } from './report-shapes.ts'

/** What of a drawing a report is about. */
interface Wanted<Type> {
  readonly reportType: Type
  /** Which of tables and their seats count; both where it is left out. */
  readonly bookWholeTables?: BookWholeTables | undefined
}

/** Lists the objects of a drawing by group. */
export function listChart(
  chart: Chart,
  { reportType: by, bookWholeTables }: Wanted<ChartReportType>,
): Record<string, ChartObjectInfo[]> {
  const always = groupsAlwaysThere(by, venueOf(chart))
  return listBy(told(chart, bookWholeTables), { by, always })
}

/** Counts the objects of a drawing by group: areas by their places, tables as one. */
export function summarizeChart(
  chart: Chart,
  { reportType: by, bookWholeTables }: Wanted<ChartSummaryType>,
): Record<string, Summary> {
  const always = groupsAlwaysThere(by, venueOf(chart))
  const portions = told(chart, bookWholeTables).map(({ object, keys }): Portion => {
    return { places: object.kind === 'table' ? 1 : placesOf(object), keys }
  })
  return summarize(portions, { by, always, groupings: CHART_GROUPINGS })
}

interface Told {
  readonly object: ChartObject
  readonly info: ChartObjectInfo
  readonly keys: GroupKeys
}

function told(chart: Chart, bookWholeTables: BookWholeTables | undefined): Told[] {
  return objectsOf(chart, bookWholeTables).map((object) => {
    const info = toChartObjectInfo(object)
    return { object, info, keys: chartKeysOf(info) }
  })
}

function objectsOf(chart: Chart, bookWholeTables: BookWholeTables | undefined) {
  return bookWholeTables === undefined
    ? chart.objects
    : sellableObjects(chart, { mode: tableModes[bookWholeTables] })
}

const tableModes = {
  chart: 'INHERIT',
  true: 'ALL_BY_TABLE',
  false: 'ALL_BY_SEAT',
} as const satisfies Record<BookWholeTables, string>

function venueOf({ categories, zones }: Chart): Venue {
  return { categories, zoneKeys: zones.map(({ key }) => key), channelKeys: [] }
}
