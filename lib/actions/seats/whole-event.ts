import type { Instant } from '../../clock.ts'
import { assert } from '../../faults.ts'
import { defined } from '../../defined.ts'
import type { EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { BlockRow } from '../../rules/area/block.ts'
import type { AreaSums } from '../../rules/area/sums.ts'
import { nameOf, nothingKnown, type KnownRows } from '../../rules/rows.ts'
import { atRest, isTaken, placesTaken } from '../../rules/seat.ts'
import { partOf, type SeasonRow } from '../../rules/season/season-row.ts'
import type { Target } from '../../rules/situations.ts'
import type { Context } from '../context.ts'
import { readEventRows, readSeasonRows } from '../../store/seats/read-event.ts'
import type { SeasonRead } from '../../store/seats/read-season.ts'
import { readSeats, type SeatsRead } from '../../store/seats/read-seats.ts'
import { readTakers, takenIn } from '../../store/seats/read-takers.ts'
import { areaNow, learnPlaces } from './area-now.ts'
import { objectTargetOf } from './targets.ts'

/** All that is stored of an event's objects, and what its season says of them. */
export interface WholeEvent extends Pick<SeatsRead, 'event' | 'terms'> {
  /** Of objects that something is known of. */
  readonly labels: ReadonlySet<string>
  readonly known: KnownRows
  /** As it was read: for how it is shown, not for a change. */
  readonly targetOf: (label: string) => Target
  /** Areas of which anybody has places. */
  readonly areas: readonly string[]
  /** Their own blocks, by the label of the area. */
  readonly blocks: ReadonlyMap<string, readonly BlockRow[]>
  /** What is taken of an area, those that nobody has places of too. */
  readonly areaOf: (label: string) => AreaSums
  /** As of when that is. */
  readonly at: Instant
  readonly read: SeatsRead
}

/** How to read an event. */
export interface ReadingAsked {
  /** What its seasons have sold does not count. */
  readonly isAlone?: boolean
}

/**
 * Reads an event as a whole, and of a season, or a part of one, who has objects in its events, as far as that is needed to know how
 * they are shown. Refuses an unknown event.
 */
export async function readWholeEvent(
  context: Context,
  eventKey: string,
  { isAlone = false }: ReadingAsked = {},
): Promise<Outcome<WholeEvent>> {
  const { store, caller } = context
  const { workspaceId } = caller
  const found = await readSeats(store, {
    workspaceId,
    parts: [{ eventKey, labels: [] }],
    isWhole: true,
  })
  if (found.missing !== undefined) return refuse({ code: 'event-not-found', eventKey })
  const [whole] = found.events
  assert(whole !== undefined, 'a read has no part for an event')
  return succeed(await readWhole(context, isAlone ? withoutSeason(whole) : whole))
}

/** The same of an event of which head and terms have been read. */
export async function readWhole(context: Context, read: SeatsRead): Promise<WholeEvent> {
  const { store } = context
  const { event, terms, season } = read
  const { seats, blocks, ofSeason: whole } = await readEventRows(store, event)
  const known = nothingKnown()
  for (const [label, row] of seats) known.seat.set(nameOf({ event, label }), row)
  const labels = new Set(seats.map(([label]) => label))
  const seasonRows =
    season === undefined
      ? new Map<string, SeasonRow>()
      : (whole ?? (await readSeasonRows(store, season.head)))
  if (season !== undefined) await learnSeason(context, { event, season, known, rows: seasonRows })
  for (const label of seasonRows.keys()) labels.add(label)
  const byArea = await learnPlaces(store, read, { blocks, seasonRows, known })
  const at = context.now()
  // Whoever has been looked for is known, and nobody else is needed.
  const looked = { has: () => true }
  const ofSeason = season === undefined ? {} : { season: { ...season, looked } }
  const targetOf = (label: string) =>
    objectTargetOf({ event, terms, ...ofSeason }, { label, quantity: 1 }, { known, now: at })
  const areaOf = (label: string) =>
    areaNow(read, { label, blocks: byArea.get(label) ?? [] }, { known, now: at })
  const areas = [...byArea.keys()]
  const seen = { labels, known, targetOf, areas, blocks: byArea, areaOf }
  return { event, terms, ...seen, at, read }
}

/** An event in a season as it is by itself: the season, and whatever else is one, stay as they are. */
function withoutSeason({ season, ...read }: SeatsRead): SeatsRead {
  const isInSeason = read.event.season?.role === 'event'
  return { ...read, ...(isInSeason ? {} : defined({ season })) }
}

/** What of a season is learnt. */
interface Learnt {
  readonly event: EventHead
  readonly season: SeasonRead
  readonly known: KnownRows
  /** All that the season's rows say, by label. */
  readonly rows: ReadonlyMap<string, SeasonRow>
}

/** Learns what a season says, and of a season itself and of a part of one who has objects in its events, if nobody has them in the season. */
async function learnSeason(
  { store, now }: Context,
  { event, season, known, rows }: Learnt,
): Promise<void> {
  for (const [label, row] of rows) known.season.set(nameOf({ event: season.head, label }), row)
  if (event.season?.role === 'event') return
  const at = now()
  const open = new Map(
    [...rows].filter(([, row]) => !isTaken(atRest(partOf(row, event.eventId), at))),
  )
  const wanted = takenIn(season.roster, { event, rows: open })
  const takers = await readTakers(
    store,
    wanted,
    (row) => placesTaken(atRest(row, at)) !== undefined,
  )
  for (const [name, row] of takers.rows) known.seat.set(name, row)
}
