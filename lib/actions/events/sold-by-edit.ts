import type { ChartHead, EventDetails, EventHead } from '../../records/records.ts'
import { succeed, type Outcome } from '../../refusals.ts'
import { soldChanges, soldReport, type SoldChange, type SoldReport } from '../../rules/sold.ts'
import { termsOf } from '../../venue/terms.ts'
import { getCharts } from '../../store/charts/charts.ts'
import { readEventDetails } from '../../store/events/event-details.ts'
import { readSeasons, wordsIn, type SeasonNow } from '../../store/events/seasons.ts'
import { belongingsOf } from './count-booked.ts'
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
  // Where nothing is published, before and after, nothing is taken.
  if (is === undefined) return succeed(soldReport([]))
  const season = await seasonAround(context, before)
  if (season === 'again') return 'again'
  const itself = { head: before, details: former }
  const edited = { head: after, details: details ?? former }
  const words = (of: SeasonNow) => (season === undefined ? of : wordsIn(season, of.details))
  const told: { eventKey: string; changes: readonly SoldChange[] }[] = []
  for (const { event, words: then } of [
    { event: before, words: { was: words(itself), is: words(edited) } },
    ...(await wordsBelow(context, itself, edited)),
  ]) {
    const rows = await readEventRows(store, event)
    const terms = {
      before: was && termsOf(was, then.was.head, then.was.details),
      after: termsOf(is, then.is.head, then.is.details),
    }
    told.push({ eventKey: event.eventKey, changes: soldChanges(rows, terms, context.now()) })
  }
  const report = soldReport(told)
  return care.ifUnsold === true ? refuseTaken(report) : succeed(report)
}

/** The season that an event or a partial season is in; `again` where that is being deleted. */
async function seasonAround(
  { store }: Context,
  { season }: EventHead,
): Promise<SeasonNow | undefined | 'again'> {
  if (season === undefined || season.role === 'whole') return undefined
  return (await readSeasons(store, [season.eventId])).get(season.eventId) ?? 'again'
}

/** What belongs to a season that is edited, with the words that count of each; what is replaced meanwhile is left out. */
async function wordsBelow(context: Context, season: SeasonNow, edited: SeasonNow) {
  const below = await belongingsOf(context, season.head)
  const known = await readEventDetails(context.store, below)
  return below.flatMap((event) => {
    const own = known.get(event.eventId)
    if (own === undefined) return []
    return [{ event, words: { was: wordsIn(season, own), is: wordsIn(edited, own) } }]
  })
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
