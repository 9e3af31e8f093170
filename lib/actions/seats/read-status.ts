import type { Instant } from '../../clock.ts'
import type { EventHead } from '../../records/records.ts'
import { succeed, type Outcome } from '../../refusals.ts'
import type { AreaSums } from '../../rules/area/sums.ts'
import { isTaken, placesTaken, type TakenState } from '../../rules/seat.ts'
import { shownState } from '../../rules/season/shown-state.ts'
import type { Target } from '../../rules/situations.ts'
import { offerOf, sharersOf, type Offer, type Terms } from '../../venue/terms.ts'
import type { Context } from '../context.ts'
import { readWholeEvent } from './whole-event.ts'

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
  const whole = await readWholeEvent(context, eventKey)
  if (!whole.ok) return whole
  const { event, terms, labels, targetOf, at, ...read } = whole.value
  const taken = withSharers(terms, labels)
    .flatMap((label) => showTaken(targetOf(label), at))
    .sort(byLabel)
  const areas = read.areas
    .map((label): TakenPlaces => {
      return { label, sums: read.areaOf(label), offer: offerOf(terms, label) }
    })
    .filter(({ sums: { booked, held, elsewhere = 0 } }) => booked + held + elsewhere > 0)
    .sort(byLabel)
  return succeed({ event, taken, areas })
}

/** The labels, and those that share places with them. */
function withSharers({ inventory }: Terms, labels: ReadonlySet<string>): string[] {
  return [...new Set([...labels].flatMap((label) => [label, ...sharersOf(inventory, label)]))]
}

/** What its season has put up for resale is bought in the season: here it is taken. */
function showTaken(target: Target, now: Instant): TakenObject[] {
  const { label, offer } = target
  const { state, of } = shownState(target, now)
  // What is not on sale here any more is told where it was sold.
  if (offer === undefined && of !== 'own') return []
  const taken = of === 'season' ? placesTaken(state) : state
  if (taken === undefined || !isTaken(taken)) return []
  return [{ label, state: taken, isOwn: of !== 'others', offer }]
}

function byLabel(a: { readonly label: string }, b: { readonly label: string }): number {
  return a.label < b.label ? -1 : 1
}
