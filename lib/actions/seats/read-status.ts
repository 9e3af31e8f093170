import type { EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { areaSums, rowsByArea, type AreaSums } from '../../rules/area/sums.ts'
import { atRest, isTaken, placesTaken, type TakenState } from '../../rules/seat.ts'
import { offerOf, sharersOf, type Offer, type Terms } from '../../venue/terms.ts'
import type { Context } from '../context.ts'
import { readSeats } from '../../store/seats/read-seats.ts'
import { readEventRows } from '../../store/seats/read-event.ts'

/** An object that buyers cannot select, with what the event sells there, if it still does. */
export interface TakenObject {
  readonly label: string
  readonly state: TakenState
  /** Whether the state is its own: else it is free, and its places are taken as what they were sold as before. */
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
  const { event, terms } = found
  const { seats: rows, blocks } = await readEventRows(store, event)
  const now = context.now()
  const states = new Map<string, TakenState>()
  const places = new Map<string, TakenState>()
  for (const [label, row] of rows) {
    const state = atRest(row, now)
    if (isTaken(state)) states.set(label, state)
    const taken = placesTaken(state)
    if (taken !== undefined) places.set(label, taken)
  }
  const own = [...states].map(([label, state]): TakenObject => {
    return { label, state, isOwn: true, offer: offerOf(terms, label) }
  })
  const taken = [...own, ...takenBesides(terms, { states, places })].sort(byLabel)
  const areas = [...rowsByArea(blocks)]
    .map(([label, ofArea]): TakenPlaces => {
      return { label, sums: areaSums(ofArea, now), offer: offerOf(terms, label) }
    })
    .filter(({ sums }) => sums.booked + sums.held > 0)
    .sort(byLabel)
  return succeed({ event, taken, areas })
}

function byLabel(a: { readonly label: string }, b: { readonly label: string }): number {
  return a.label < b.label ? -1 : 1
}

/** What the event sells of which the places are taken under another label: as the first of those is. */
function takenBesides(
  terms: Terms,
  { states, places }: Record<'states' | 'places', ReadonlyMap<string, TakenState>>,
): TakenObject[] {
  const { inventory } = terms
  const labels = new Set([...places.keys()].flatMap((label) => sharersOf(inventory, label)))
  return [...labels].flatMap((label): TakenObject[] => {
    const offer = states.has(label) ? undefined : offerOf(terms, label)
    const sharer = sharersOf(inventory, label).find((other) => places.has(other))
    const state = places.get(sharer ?? label)
    return offer && state ? [{ label, state, isOwn: false, offer }] : []
  })
}
