import type { CursorPage, CursorRequest } from '../../store/table/cursors.ts'
import type { PageRequest } from '../../store/table/listings.ts'
import type { Context } from '../context.ts'
import { describeEvents, type DescribedEvent } from './describe-events.ts'
import type { EventWithChart } from './get-event.ts'
import * as stored from '../../store/events/events.ts'
import { getCharts } from '../../store/charts/charts.ts'

/** Reads a page of the workspace's events, newest first, each with its chart as it is now. */
export async function listEvents(
  { store, caller }: Context,
  request: PageRequest,
): Promise<{ items: EventWithChart[]; total: number }> {
  const { items, total } = await stored.listEvents(store, caller.workspaceId, request)
  const charts = await getCharts(
    store,
    caller.workspaceId,
    items.map(({ chartKey }) => chartKey),
  )
  return { items: items.map((event) => ({ event, chart: charts.get(event.chartKey) })), total }
}

/** Reads a page of the workspace's events from a cursor on, newest first, with all that is told of them. */
export async function listEventsFrom(
  context: Context,
  request: CursorRequest,
): Promise<CursorPage<DescribedEvent>> {
  const page = await stored.listEventsFrom(context.store, context.caller.workspaceId, request)
  return { ...page, items: await describeEvents(context, page.items) }
}
