import type { ChartFacts, ChartHead, EventDetails, EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { Context } from '../context.ts'
import { getCharts } from '../../store/charts/charts.ts'
import { readEventDetails } from '../../store/events/event-details.ts'
import { readChartFacts } from '../../store/charts/chart-facts.ts'
import { getEvent } from '../../store/events/events.ts'

/** An event with all that is told of it. */
export interface DescribedEvent {
  readonly event: EventHead
  readonly details: EventDetails
  /** Undefined when the chart has gone, or is not published any more. */
  readonly facts: ChartFacts | undefined
}

/**
 * Reads what is told of events beyond their heads: details, and of each chart what answers need; one batch each at most.
 * Charts that are known are not read again.
 */
export async function describeEvents(
  { store, caller }: Context,
  events: readonly EventHead[],
  known?: ReadonlyMap<string, ChartHead>,
): Promise<DescribedEvent[]> {
  const chartKeys = events.map(({ chartKey }) => chartKey)
  const [charts, details] = await Promise.all([
    known ?? getCharts(store, caller.workspaceId, chartKeys),
    readEventDetails(store, events),
  ])
  const facts = await readChartFacts(store, [...charts.values()])
  return events.map((event) => ({
    event,
    // Where they were replaced between the two reads, another sees them a moment later as well.
    details: details.get(event.eventId) ?? {},
    facts: facts.get(event.chartId),
  }))
}

/** Reads all that is told of an event; refuses an unknown one. */
export async function getDescribedEvent(
  context: Context,
  eventKey: string,
): Promise<Outcome<DescribedEvent>> {
  const event = await getEvent(context.store, context.caller.workspaceId, eventKey)
  const [described] = event === undefined ? [] : await describeEvents(context, [event])
  return described === undefined
    ? refuse({ code: 'event-not-found', eventKey })
    : succeed(described)
}

/** What is told of a chart that is being sold; undefined when it is not published. */
export async function describeChart(
  { store }: Pick<Context, 'store'>,
  chart: ChartHead,
): Promise<ChartFacts | undefined> {
  const facts = await readChartFacts(store, [chart])
  return facts.get(chart.chartId)
}
