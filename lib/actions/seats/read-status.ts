import type { Instant } from '../../clock.ts'
import type { EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { areaSums, rowsByArea, type AreaSums } from '../../rules/area/sums.ts'
import { nameOf, nothingKnown, type KnownRows } from '../../rules/rows.ts'
import { atRest, isTaken, placesTaken, type TakenState } from '../../rules/seat.ts'
import { partOf } from '../../rules/season/season-row.ts'
import { shownState } from '../../rules/season/shown-state.ts'
import type { Target } from '../../rules/situations.ts'
import { offerOf, sharersOf, type Offer, type Terms } from '../../venue/terms.ts'
import type { Context } from '../context.ts'
import { readSeats } from '../../store/seats/read-seats.ts'
import { readEventRows } from '../../store/seats/read-event.ts'
import type { SeasonRead } from '../../store/seats/read-season.ts'
import { readSeasonRows, readTakers, takenIn } from '../../store/seats/read-takers.ts'
import { objectTargetOf } from './targets.ts'

/** An object that buyers cannot select, with what the event sells there, if it still does. */
export interface TakenObject {
  readonly label: string
  readonly state: TakenState
  /** Whether the state is its own, or that of its season: else it is free, and its places are taken as something else. */
  readonly isOwn: boolean
  readonly offer: Offer | undefined
}

/** An area of which some places are taken. */
export interface TakenPlaces {
  readonly label: string
  readonly sums: AreaSums
  readonly offer: Offer | undefined
}

/** What of an event is taken. */
export interface TakenNow {
  readonly event: EventHead
  readonly taken: readonly TakenObject[]
  /** Of areas whose places are sold one by one. */
  readonly areas: readonly TakenPlaces[]
}

/** Reads everything of an event that is taken at this moment, by label; refuses an unknown event. */
export async function readStatus(context: Context, eventKey: string): Promise<Outcome<TakenNow>> {
  const { store, caller } = context
  const { workspaceId } = caller
  const read = await readSeats(store, { workspaceId, parts: [{ eventKey, labels: [] }] })
  const [found] = read.missing === undefined ? read.events : []
  if (found === undefined) return refuse({ code: 'event-not-found', eventKey })
  const { event, terms, season } = found
  const { seats, blocks } = await readEventRows(store, event)
  const known = nothingKnown()
  for (const [label, row] of seats) known.seat.set(nameOf({ event, label }), row)
  const named = new Set(seats.map(([label]) => label))
  if (season !== undefined) {
    for (const label of await learnSeason(context, { event, season, known })) named.add(label)
  }
  const now = context.now()
  // Whoever has been looked for is known, and nobody else is needed.
  const looked = { has: () => true }
  const readNow = {
    event,
    terms,
    ...(season === undefined ? {} : { season: { ...season, looked } }),
  }
  const taken = withSharers(terms, named)
    .flatMap((label) =>
      showTaken(objectTargetOf(readNow, { label, quantity: 1 }, { known, now }), now),
    )
    .sort(byLabel)
  const areas = [...rowsByArea(blocks)]
    .map(([label, ofArea]): TakenPlaces => {
      return { label, sums: areaSums(ofArea, now), offer: offerOf(terms, label) }
    })
    .filter(({ sums }) => sums.booked + sums.held > 0)
    .sort(byLabel)
  return succeed({ event, taken, areas })
}

/**
 * Learns all that a season says, and of a season itself and of a part of one who has objects in its events, if nobody has them in the
 * season; answers the labels that it knows something of.
 */
async function learnSeason(
  { store, now }: Context,
  { event, season, known }: { event: EventHead; season: SeasonRead; known: KnownRows },
): Promise<Iterable<string>> {
  const rows = await readSeasonRows(store, season.head)
  for (const [label, row] of rows) known.season.set(nameOf({ event: season.head, label }), row)
  if (event.season?.role === 'event') return rows.keys()
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
  return rows.keys()
}

/** The labels, and those that share places with them. */
function withSharers({ inventory }: Terms, labels: ReadonlySet<string>): string[] {
  return [...new Set([...labels].flatMap((label) => [label, ...sharersOf(inventory, label)]))]
}

/** What its season has put up for resale is bought in the season: here it is taken. */
function showTaken(target: Target, now: Instant): TakenObject[] {
  const { label, offer } = target
  const { state, of } = shownState(target, now)
  const taken = of === 'season' ? placesTaken(state) : state
  if (taken === undefined || !isTaken(taken)) return []
  return [{ label, state: taken, isOwn: of !== 'others', offer }]
}

function byLabel(a: { readonly label: string }, b: { readonly label: string }): number {
  return a.label < b.label ? -1 : 1
}
