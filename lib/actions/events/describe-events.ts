import type { ChartFacts, ChartHead, EventDetails, EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { membersOf, partialsByNumber, rosterOf } from '../../rules/season/roster.ts'
import type { Context } from '../context.ts'
import { getCharts } from '../../store/charts/charts.ts'
import { readEventDetails } from '../../store/events/event-details.ts'
import { readChartFacts } from '../../store/charts/chart-facts.ts'
import { getEvent } from '../../store/events/events.ts'
import { getEventsById, readSeasons, type SeasonNow } from '../../store/events/seasons.ts'

/** An event with all that is told of it. */
export interface DescribedEvent {
  readonly event: EventHead
  readonly details: EventDetails
  /** Undefined when the chart has gone, or is not published any more. */
  readonly facts: ChartFacts | undefined
  /** Where it is one, or is in one. */
  readonly season?: DescribedSeason
}

/** What is told of the season that something is, or is in. */
export interface DescribedSeason extends SeasonNow {
  /** Keys of the partial seasons that an event is in; of a season, of its own where its events are told too. */
  readonly partialKeys: readonly string[]
  /** Those of a season, or of a part of it, in order of creation: where a season is asked for by its key. */
  readonly events?: readonly DescribedEvent[]
}

/** What is known of events before they are described, as it is to be told: it is not read again. */
export interface KnownRecords {
  readonly charts?: ReadonlyMap<string, ChartHead>
  readonly seasons?: readonly SeasonNow[]
  /** Of events in seasons, and of partial seasons. */
  readonly heads?: readonly EventHead[]
}

/**
 * Reads what is told of events beyond their heads: details, of each chart what answers need, their seasons and the partial seasons
 * that they are in; one batch each at most. What is known is not read again.
 */
export async function describeEvents(
  { store, caller }: Context,
  events: readonly EventHead[],
  known: KnownRecords = {},
): Promise<DescribedEvent[]> {
  const chartKeys = events.map(({ chartKey }) => chartKey)
  const [charts, details, seasons] = await Promise.all([
    known.charts ?? getCharts(store, caller.workspaceId, chartKeys),
    readEventDetails(
      store,
      events.filter((event) => !isWhole(event)),
    ),
    seasonsOf({ store }, events, known),
  ])
  const partialsOf = partialsIn(seasons)
  const [facts, partials] = await Promise.all([
    readChartFacts(store, [...charts.values()]),
    headsOf({ store }, events.flatMap(partialsOf), known),
  ])
  return events.map((event) => {
    const season = seasons.get(seasonIdOf(event) ?? '')
    const partialKeys = partialsOf(event).flatMap((id) => partials.get(id)?.eventKey ?? [])
    return {
      event,
      // Where they were replaced between the two reads, another sees them a moment later as well; a season without its roster
      // would be told wrong.
      details: (isWhole(event) ? season?.details : details.get(event.eventId)) ?? {},
      facts: facts.get(event.chartId),
      ...(season === undefined ? {} : { season: { ...season, partialKeys } }),
    }
  })
}

/** Reads all that is told of an event, of a season its events too; refuses an unknown one. */
export async function getDescribedEvent(
  context: Context,
  eventKey: string,
): Promise<Outcome<DescribedEvent>> {
  const event = await getEvent(context.store, context.caller.workspaceId, eventKey)
  if (event === undefined) return refuse({ code: 'event-not-found', eventKey })
  const { role } = event.season ?? {}
  if (role === 'whole' || role === 'part') return describeSeason(context, event)
  const [described] = await describeEvents(context, [event])
  return described === undefined
    ? refuse({ code: 'event-not-found', eventKey })
    : succeed(described)
}

/** Reads all that is told of a season, or of a part of one; refuses one that is deleted in this moment. */
async function describeSeason(context: Context, head: EventHead): Promise<Outcome<DescribedEvent>> {
  const seasonId = seasonIdOf(head) ?? ''
  const season = (await readSeasons(context.store, [seasonId])).get(seasonId)
  if (season === undefined) return refuse({ code: 'event-not-found', eventKey: head.eventKey })
  const event = isWhole(head) ? season.head : head
  return succeed(await describeWithEvents(context, { event, season }))
}

/** Tells a season, or a part of one, with its events, as they are by that season's roster: in order of creation. */
export async function describeWithEvents(
  context: Context,
  { event, season, heads = [] }: SeasonToTell,
): Promise<DescribedEvent> {
  const roster = rosterOf(season.details)
  const members = membersOf(roster, event).map(({ eventId }) => eventId)
  const partials = isWhole(event) ? roster.partials : []
  const wanted = [...members, ...partials.map(({ eventId }) => eventId)]
  const found = await headsOf(context, wanted, { heads })
  const known = { heads: [...found.values()], seasons: [season] }
  const events = members.flatMap((eventId) => found.get(eventId) ?? [])
  const [first, ...others] = await describeEvents(context, [event, ...events], known)
  const partialKeys = partials.flatMap(({ eventId }) => found.get(eventId)?.eventKey ?? [])
  const { details = season.details, facts } = first ?? {}
  return { event, details, facts, season: { ...season, partialKeys, events: others } }
}

/** A season or a part of one, with the season as it is to be told, and what is known of heads that are not on file yet. */
export interface SeasonToTell {
  readonly event: EventHead
  readonly season: SeasonNow
  readonly heads?: readonly EventHead[]
}

/** What is told of a chart that is being sold; undefined when it is not published. */
export async function describeChart(
  { store }: Pick<Context, 'store'>,
  chart: ChartHead,
): Promise<ChartFacts | undefined> {
  const facts = await readChartFacts(store, [chart])
  return facts.get(chart.chartId)
}

function isWhole({ season }: EventHead): boolean {
  return season?.role === 'whole'
}

/** The id of the top-level season that something is, or belongs to. */
function seasonIdOf({ eventId, season }: EventHead): string | undefined {
  return season?.role === 'whole' ? eventId : season?.eventId
}

async function seasonsOf(
  { store }: Pick<Context, 'store'>,
  events: readonly EventHead[],
  { seasons = [] }: KnownRecords,
): Promise<Map<string, SeasonNow>> {
  const known = new Map(seasons.map((season) => [season.head.eventId, season]))
  const missing = events.flatMap((event) => seasonIdOf(event) ?? []).filter((id) => !known.has(id))
  return missing.length === 0 ? known : new Map([...known, ...(await readSeasons(store, missing))])
}

/** Answers the partial seasons that an event of a season is in, in order of creation. */
function partialsIn(
  seasons: ReadonlyMap<string, SeasonNow>,
): (event: EventHead) => readonly string[] {
  const byNumber = new Map(
    [...seasons].map(([id, { details }]) => [id, partialsByNumber(rosterOf(details))]),
  )
  return ({ season }) =>
    season?.role === 'event' ? (byNumber.get(season.eventId)?.get(season.number) ?? []) : []
}

/** Heads by id; what is known is not read. */
async function headsOf(
  { store }: Pick<Context, 'store'>,
  eventIds: readonly string[],
  { heads = [] }: KnownRecords,
): Promise<Map<string, EventHead>> {
  const known = new Map(heads.map((head) => [head.eventId, head]))
  const missing = [...new Set(eventIds)].filter((eventId) => !known.has(eventId))
  return new Map([...known, ...(await getEventsById(store, missing))])
}
