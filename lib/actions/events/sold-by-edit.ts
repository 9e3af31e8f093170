import type { ChartHead, EventDetails, EventHead } from '../../records/records.ts'
import { succeed, type Outcome } from '../../refusals.ts'
import { soldChanges, soldReport, type SoldReport } from '../../rules/sold.ts'
import { nothingForSale, termsOf } from '../../venue/terms.ts'
import { getCharts } from '../../store/charts/charts.ts'
import { readEventDetails } from '../../store/events/event-details.ts'
import { readEventRows } from '../../store/seats/read-event.ts'
import { readInventory } from '../../store/seats/read-seats.ts'
import { isAsked, refuseTaken, type SoldCare } from '../charts/sold-under.ts'
import type { Context } from '../context.ts'

/** An event as it is and as it is to be; without details it keeps those that it has. */
interface EventEdited {
  readonly before: EventHead
  readonly after: EventHead
  readonly details: EventDetails | undefined
}

/**
 * Says what an edit of an event takes from its sold objects, by another chart, by another way to sell tables, or by other
 * categories: nothing to a caller who does not care, and a refusal to one who wants nothing taken. `again` where something of it
 * was replaced meanwhile.
 */
export async function soldByEdit(
  context: Context,
  { before, after, details }: EventEdited,
  care: SoldCare,
): Promise<Outcome<SoldReport | undefined> | 'again'> {
  if (!isAsked(care)) return succeed(undefined)
  const { store, caller } = context
  const former = (await readEventDetails(store, [before])).get(before.eventId)
  const charts = await getCharts(store, caller.workspaceId, [before.chartKey, after.chartKey])
  const was = await inventoryOn(context, before, charts)
  const is = await inventoryOn(context, after, charts)
  if (former === undefined || was === 'again' || is === 'again') return 'again'
  const terms = {
    before: was && termsOf(was, before, former),
    after: is === undefined ? nothingForSale : termsOf(is, after, details ?? former),
  }
  // Where nothing is published, before and after, nothing is taken.
  const rows = is === undefined ? { seats: [], blocks: [] } : await readEventRows(store, before)
  const changes = soldChanges(rows, terms, context.now())
  const report = soldReport([{ eventKey: before.eventKey, changes }])
  return care.ifUnsold === true ? refuseTaken(report) : succeed(report)
}

/** What is published of an event's chart; undefined where nothing is. */
async function inventoryOn(
  { store }: Context,
  { chartKey, chartId }: EventHead,
  charts: ReadonlyMap<string, ChartHead>,
) {
  const chart = charts.get(chartKey)
  if (chart?.chartId !== chartId || chart.published === undefined) return undefined
  return (await readInventory(store, chart)) ?? 'again'
}
