import type { ChartHead } from '../../records/records.ts'
import { succeed, type Outcome } from '../../refusals.ts'
import type { ChartFilter } from '../../store/charts/chart-lists.ts'
import type { CursorPage, CursorRequest } from '../../store/table/cursors.ts'
import { validatorFor, type DescribedChart } from './chart-validation.ts'
import type { Context } from '../context.ts'
import { describeEvents, type DescribedEvent } from '../events/describe-events.ts'
import { getChart } from './get-chart.ts'
import { EVENTS_LISTED_MAX } from '../../limits/limits.ts'
import * as stored from '../../store/charts/chart-lists.ts'
import { readChartFacts } from '../../store/charts/chart-facts.ts'
import { listEventsOfCharts } from '../../store/events/events.ts'

/** A chart, with its events where they are asked for: newest first. */
export interface ChartWithEvents extends DescribedChart {
  readonly events?: readonly DescribedEvent[]
}

/** What to tell of charts beyond their heads. */
export interface ChartExtras {
  /** What is told of their drawings. */
  readonly facts: boolean
  readonly events: boolean
  /** Of each chart. */
  readonly eventsMax?: number
}

/** Reads all that is told of a chart; refuses an unknown one. */
export async function getDescribedChart(
  context: Context,
  { chartKey, withEvents }: { chartKey: string; withEvents: boolean },
): Promise<Outcome<ChartWithEvents>> {
  const found = await getChart(context, chartKey)
  if (!found.ok) return found
  const describe = await describerOf(context, [found.value], { facts: true, events: withEvents })
  return succeed(describe(found.value))
}

/** Reads a page of the workspace's charts from a cursor on, newest first, with what is wanted of each. */
export async function listChartsFrom(
  context: Context,
  { wanted, ...request }: ChartFilter & CursorRequest & { readonly wanted: ChartExtras },
): Promise<CursorPage<ChartWithEvents>> {
  const page = await stored.listChartsFrom(context.store, context.caller.workspaceId, request)
  const describe = await describerOf(context, page.items, wanted)
  return { ...page, items: page.items.map(describe) }
}

/**
 * Reads what is wanted of charts: in one batch what their drawings say, in one query each their newest events, and in a few
 * batches what is told of those.
 */
async function describerOf(
  context: Context,
  charts: readonly ChartHead[],
  wanted: ChartExtras,
): Promise<(chart: ChartHead) => ChartWithEvents> {
  const { store, caller } = context
  const limits = shareOut(charts, wanted.eventsMax)
  const [facts, heads] = await Promise.all([
    wanted.facts || wanted.events ? readChartFacts(store, charts) : undefined,
    wanted.events ? listEventsOfCharts(store, caller.workspaceId, limits) : undefined,
  ])
  const byKey = new Map(charts.map((chart) => [chart.chartKey, chart]))
  const [validate, events] = await Promise.all([
    validatorFor(context, [...(facts?.values() ?? [])]),
    heads && describeEvents(context, [...heads.values()].flat(), { charts: byKey }),
  ])
  return (chart) => ({
    chart,
    facts: facts?.get(chart.chartId),
    validation: validate(facts?.get(chart.chartId)?.broken ?? []),
    ...(events && { events: events.filter(({ event }) => event.chartId === chart.chartId) }),
  })
}

/** How many events of each chart to list: those that have few leave their share to the others. */
function shareOut(charts: readonly ChartHead[], eventsMax = Infinity) {
  let left = EVENTS_LISTED_MAX
  const fewestFirst = charts.toSorted((a, b) => a.events - b.events)
  return fewestFirst.map((chart, index) => {
    const share = Math.floor(left / (charts.length - index))
    const limit = Math.min(chart.events, share, eventsMax)
    left -= limit
    return { chart, limit }
  })
}
