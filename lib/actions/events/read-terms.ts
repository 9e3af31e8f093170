import type { AreaCapacities, EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { readChartFacts } from '../../store/charts/chart-facts.ts'
import { getCharts } from '../../store/charts/charts.ts'
import { readEventDetails } from '../../store/events/event-details.ts'
import { getEvent } from '../../store/events/events.ts'
import { readSeasons, type SeasonNow } from '../../store/events/seasons.ts'
import { seasonIdOf } from '../../store/seats/find-events.ts'
import type { Context } from '../context.ts'

/** The terms of an event as they are. */
export interface TermsNow extends SeasonNow {
  /** Areas of its chart, as they are published; none where the edit does not ask for them. */
  readonly areas: AreaCapacities
  /** The top-level season that it belongs to; undefined of one, and of a plain event. */
  readonly season: SeasonNow | undefined
}

/** What an edit looks at besides the terms. */
export interface EditNeeds {
  readonly areas?: boolean
}

/** Reads what events say; refuses an unknown one. Undefined where something of it was changed meanwhile. */
export async function readTerms(
  context: Context,
  eventKeys: readonly string[],
  needs: EditNeeds,
): Promise<Outcome<readonly TermsNow[] | undefined>> {
  const { store, caller } = context
  const read = await Promise.all(
    eventKeys.map((eventKey) => getEvent(store, caller.workspaceId, eventKey)),
  )
  const heads = read.flatMap((head) => head ?? [])
  const missing = eventKeys[read.indexOf(undefined)]
  if (missing !== undefined) return refuse({ code: 'event-not-found', eventKey: missing })
  const seasonIds = heads.flatMap((head) => seasonIdOf(head) ?? [])
  const [seasons, said, areas] = await Promise.all([
    readSeasons(store, seasonIds),
    readEventDetails(store, heads),
    needs.areas === true ? areasOf(context, heads) : undefined,
  ])
  const terms = heads.flatMap((head): TermsNow[] => {
    const [details, seasonId] = [said.get(head.eventId), seasonIdOf(head)]
    const season = seasonId === undefined ? undefined : seasons.get(seasonId)
    if (details === undefined || (seasonId !== undefined && season === undefined)) return []
    return [{ head, details, areas: areas?.get(head.chartId) ?? [], season }]
  })
  // A text was replaced between the two reads, and so was the head.
  return succeed(terms.length < heads.length ? undefined : terms)
}

/** The areas of the events' charts, by chart id. */
async function areasOf(
  { store, caller }: Context,
  heads: readonly EventHead[],
): Promise<Map<string, AreaCapacities>> {
  const chartKeys = heads.map(({ chartKey }) => chartKey)
  const charts = await getCharts(store, caller.workspaceId, chartKeys)
  const facts = await readChartFacts(store, [...charts.values()])
  return new Map([...facts].map(([chartId, { areas }]) => [chartId, areas]))
}
