import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { ChartHead, EventHead } from '../../records/records.ts'
import type { Context } from '../context.ts'
import * as stored from '../../store/events/events.ts'
import { getChart } from '../../store/charts/charts.ts'

/** An event with its chart as it is now; the chart is undefined when it has gone. */
export interface EventWithChart {
  readonly event: EventHead
  readonly chart: ChartHead | undefined
}

/** Reads an event and its chart; refuses an unknown event. */
export async function getEvent(
  context: Context,
  eventKey: string,
): Promise<Outcome<EventWithChart>> {
  const { store, caller } = context
  const event = await stored.getEvent(store, caller.workspaceId, eventKey)
  if (event === undefined) return refuse({ code: 'event-not-found', eventKey })
  const chart = await getChart(store, caller.workspaceId, event.chartKey)
  return succeed({ event, chart })
}
