import type { Instant } from '../clock.ts'
import { defined } from '../defined.ts'
import { offerOf, type Terms } from '../venue/terms.ts'
import { atRest, type SeatRow, type SeatState } from './seat.ts'

// What becomes of sold objects where an event sells something else from now on. Sold is whatever somebody has: what is held at
// that moment, booked or in a status of the integrator's own, and what is in resale, since its owner has it until it is bought.

/** The state of an object that somebody has. */
export type SoldState = Exclude<SeatState, { status: 'free' }>

/** A sold object that would go from sight, or be sold under another category. */
export interface SoldChange {
  readonly label: string
  readonly state: SoldState
  readonly effect: 'vanishes' | 'changes-category'
  /** Keys of its categories before and after; undefined where it has none. */
  readonly categoryKey?: string
  readonly newCategoryKey?: string
}

/** What an event sold before, undefined where nothing was published, and sells then. */
export interface TermsThenAndNow {
  readonly before: Terms | undefined
  readonly after: Terms
}

/**
 * Of objects as they were read, the sold ones that lose by the change, by label. What was lost before is no news; where nothing
 * was published before, what is sold and not there now is.
 */
export function soldChanges(
  rows: readonly (readonly [label: string, row: SeatRow])[],
  terms: TermsThenAndNow,
  now: Instant,
): SoldChange[] {
  const changes = rows.flatMap(([label, row]): SoldChange[] => {
    const state = atRest(row, now)
    const change = state.status === 'free' ? undefined : changeOf(label, terms)
    return change === undefined || state.status === 'free' ? [] : [{ label, state, ...change }]
  })
  return changes.sort((a, b) => (a.label < b.label ? -1 : 1))
}

function changeOf(
  label: string,
  { before, after }: TermsThenAndNow,
): Omit<SoldChange, 'label' | 'state'> | undefined {
  const was = before && offerOf(before, label)
  if (before !== undefined && was === undefined) return undefined
  const is = offerOf(after, label)
  const categoryKey = was?.category?.key
  // Something of another kind only has its name.
  if (is === undefined || (was !== undefined && was.object.kind !== is.object.kind)) {
    return { effect: 'vanishes', ...defined({ categoryKey }) }
  }
  const newCategoryKey = is.category?.key
  if (was === undefined || categoryKey === newCategoryKey) return undefined
  return { effect: 'changes-category', ...defined({ categoryKey, newCategoryKey }) }
}

/** What becomes of sold objects, in all events that are meant. */
export interface SoldReport {
  /** Those events in which something does. */
  readonly events: readonly SoldInEvent[]
  /** Of all events that were read. */
  readonly vanishing: number
  readonly recategorized: number
  /** Events that there was no time to read, or no room. */
  readonly eventsUnread: number
}

/** The same of one event. */
export interface SoldInEvent {
  readonly eventKey: string
  readonly vanishing: number
  readonly recategorized: number
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
    const vanishing = changes.filter(({ effect }) => effect === 'vanishes').length
    return [{ eventKey, vanishing, recategorized: changes.length - vanishing, objects }]
  })
  const total = (count: (event: SoldInEvent) => number) =>
    events.reduce((sum, event) => sum + count(event), 0)
  return {
    events,
    vanishing: total((event) => event.vanishing),
    recategorized: total((event) => event.recategorized),
    eventsUnread,
  }
}
