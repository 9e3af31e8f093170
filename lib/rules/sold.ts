import type { Instant } from '../clock.ts'
import { defined } from '../defined.ts'
import { isByPlaces } from '../venue/chart.ts'
import { offerOf, type Offer, type Terms } from '../venue/terms.ts'
import type { BlockRow } from './area/block.ts'
import { areaSums, rowsByArea, type AreaSums } from './area/sums.ts'
import { atRest, type SeatRow, type SeatState } from './seat.ts'

// What becomes of sold objects where an event sells something else from now on. Sold is whatever somebody has: what is held at
// that moment, booked or in a status of the integrator's own, and what is in resale, since its owner has it until it is bought.
// Of an area whose places are sold one by one, that are the places that are held or booked.

/** The state of an object that somebody has. */
export type SoldState = Exclude<SeatState, { status: 'free' }>

/** What somebody has under a label. */
interface Sold {
  readonly label: string
  /** Of an area, booked if any place of it is. */
  readonly state: SoldState
  /** Places of an area that are held or booked, in a season with those that others have. */
  readonly places?: number
}

/** A sold object that would go from sight, be sold under another category, or have fewer places than are sold of it. */
export interface SoldChange extends Sold {
  readonly effect: 'vanishes' | 'changes-category' | 'exceeds-capacity'
  /** Keys of its categories before and after; undefined where it has none. */
  readonly categoryKey?: string
  readonly newCategoryKey?: string
}

/** What an event sold before, undefined where nothing was published, and sells then. */
export interface TermsThenAndNow {
  readonly before: Terms | undefined
  readonly after: Terms
}

/** Rows of an event's objects. */
export interface SoldRows {
  readonly seats: readonly (readonly [label: string, row: SeatRow])[]
  /** Of areas whose places are sold one by one. */
  readonly blocks: readonly { readonly label: string; readonly row: BlockRow }[]
  /** Of a season, its parts and its events: what is taken of an area, with what others in the season have of it. */
  readonly sharedSumsOf?: (label: string) => AreaSums
}

/**
 * Of objects as they were read, the sold ones that lose by the change, by label. What was lost before is no news; where nothing
 * was published before, what is sold and not there now is.
 */
export function soldChanges(rows: SoldRows, terms: TermsThenAndNow, now: Instant): SoldChange[] {
  const changes = [...soldSeats(rows, now), ...soldPlaces(rows, now)].flatMap((sold) => {
    const change = changeOf(sold, terms)
    return change === undefined ? [] : [{ ...sold, ...change }]
  })
  return changes.sort((a, b) => (a.label < b.label ? -1 : 1))
}

function soldSeats({ seats }: SoldRows, now: Instant): Sold[] {
  return seats.flatMap(([label, row]) => {
    const state = atRest(row, now)
    return state.status === 'free' ? [] : [{ label, state }]
  })
}

function soldPlaces({ blocks, sharedSumsOf }: SoldRows, now: Instant): Sold[] {
  return [...rowsByArea(blocks)].flatMap(([label, ofArea]): Sold[] => {
    const own = areaSums(ofArea, now)
    const [hold] = own.holds
    if (own.booked === 0 && hold === undefined) return []
    const { booked, held, elsewhere = 0 } = sharedSumsOf?.(label) ?? own
    const places = booked + held + elsewhere
    if (own.booked > 0 || hold === undefined)
      return [{ label, state: { status: 'booked' }, places }]
    const { holdToken, until } = hold
    return [{ label, state: { status: 'held', holdToken, heldUntil: until }, places }]
  })
}

function changeOf(
  sold: Sold,
  { before, after }: TermsThenAndNow,
): Pick<SoldChange, 'effect' | 'categoryKey' | 'newCategoryKey'> | undefined {
  const was = before && offerOf(before, sold.label)
  if (before !== undefined && !isSoldAs(sold, was)) return undefined
  const is = offerOf(after, sold.label)
  const categoryKey = was?.category?.key
  // Something of another kind only has its name.
  const isAnother = was !== undefined && was.object.kind !== is?.object.kind
  if (is === undefined || isAnother || !isSoldAs(sold, is)) {
    return { effect: 'vanishes', ...defined({ categoryKey }) }
  }
  const newCategoryKey = is.category?.key
  const keys = defined({ categoryKey, newCategoryKey })
  if (isTooSmall(sold, was, is)) return { effect: 'exceeds-capacity', ...keys }
  if (was === undefined || categoryKey === newCategoryKey) return undefined
  return { effect: 'changes-category', ...keys }
}

/** Whether an event sells what was sold: an object, or places of an area. */
function isSoldAs({ places }: Sold, offer: Offer | undefined): offer is Offer {
  return offer !== undefined && isByPlaces(offer.object) === (places !== undefined)
}

/** Whether more places are sold than the area has from now on, and it has fewer than before. */
function isTooSmall({ places = 0 }: Sold, was: Offer | undefined, is: Offer): boolean {
  const [before, after] = [capacityOf(was), capacityOf(is)]
  return places > after && after < before
}

function capacityOf(offer: Offer | undefined): number {
  return offer !== undefined && isByPlaces(offer.object) ? offer.object.capacity : Infinity
}

/** What becomes of sold objects, in all events that are meant. */
export interface SoldReport {
  /** Those events in which something does. */
  readonly events: readonly SoldInEvent[]
  /** Of all events that were read. */
  readonly vanishing: number
  readonly recategorized: number
  /** Areas of which more places are sold than they have. */
  readonly exceeding: number
  /** Events that there was no time to read, or no room. */
  readonly eventsUnread: number
}

/** The same of one event. */
export interface SoldInEvent {
  readonly eventKey: string
  readonly vanishing: number
  readonly recategorized: number
  readonly exceeding: number
  /** By label; of more than the report names, the first. */
  readonly objects: readonly SoldChange[]
}

/** Objects that one report names, of all events together. */
export const SOLD_TOLD_MAX = 1_000

/** Counts what was found in each event, and names as much of it as there is room for. */
export function soldReport(
  found: readonly { readonly eventKey: string; readonly changes: readonly SoldChange[] }[],
  eventsUnread = 0,
): SoldReport {
  let room = SOLD_TOLD_MAX
  const events = found.flatMap(({ eventKey, changes }): SoldInEvent[] => {
    if (changes.length === 0) return []
    const objects = changes.slice(0, room)
    room -= objects.length
    const count = (wanted: SoldChange['effect']) =>
      changes.filter(({ effect }) => effect === wanted).length
    return [
      {
        eventKey,
        vanishing: count('vanishes'),
        recategorized: count('changes-category'),
        exceeding: count('exceeds-capacity'),
        objects,
      },
    ]
  })
  const total = (count: (event: SoldInEvent) => number) =>
    events.reduce((sum, event) => sum + count(event), 0)
  return {
    events,
    vanishing: total((event) => event.vanishing),
    recategorized: total((event) => event.recategorized),
    exceeding: total((event) => event.exceeding),
    eventsUnread,
  }
}
