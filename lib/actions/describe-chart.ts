import type { Outcome } from '../inventory/refusals.ts'
import { succeed } from '../inventory/refusals.ts'
import type { Context } from './context.ts'
import { describeChart, describeEvents, type DescribedEvent } from './describe-events.ts'
import { getChart } from './get-chart.ts'
import type { DescribedChart } from './import-chart.ts'

/** Events of a chart that one answer lists. */
const EVENTS_LISTED_MAX = 1_000

/** A chart, with its events where they are asked for: newest first. */
export interface ChartWithEvents extends DescribedChart {
  readonly events?: readonly DescribedEvent[]
}

/** Reads all that is told of a chart; refuses an unknown one. */
export async function getDescribedChart(
  context: Context,
  { chartKey, withEvents }: { chartKey: string; withEvents: boolean },
): Promise<Outcome<ChartWithEvents>> {
  const found = await getChart(context, chartKey)
  if (!found.ok) return found
  const chart = found.value
  const facts = await describeChart(context, chart)
  if (!withEvents) return succeed({ chart, facts })
  const heads = await context.store.listEventsOfChart(chart, EVENTS_LISTED_MAX)
  return succeed({ chart, facts, events: await describeEvents(context, heads) })
}
