import type { Instant } from '../../clock.ts'
import { atRest, placesTaken, type EventRef, type SeatState } from '../seat.ts'
import type { Sharer, Target } from '../situations.ts'
import { sharersInSeason } from './season-sharers.ts'

// How an object is shown: infos, status and reports of both surfaces ask here, and nobody else combines what several rows say.

/** How an object is shown at a moment, and whose state that is. */
export interface ShownState {
  readonly state: SeatState
  /**
   * `own`; `season`: that of a season above it, which counts for it as if it were its own; `others`: it is free itself, and its
   * places are, as this: under another label, or of a season in a part or an event of it.
   */
  readonly of: 'own' | 'season' | 'others'
}

/** An object as it was read, as it is shown. Whoever shows one has read all that there is to know. */
export function shownState(target: Target, now: Instant): ShownState {
  const { event, label, row, sharers = [], season } = target
  if (season === undefined) return shownAmong(target, sharers, now)
  const rows = new Map([[label, row], ...sharers.map((it) => [it.label, it.row] as const)])
  const others = sharers.map((it) => it.label)
  const ownRow = (name: string) => rows.get(name)
  const all = sharersInSeason({ event, label, others, ownRow }, season)
  return shownAmong(target, all === 'unread' ? sharers : all, now)
}

/** The same among all that share its places: as itself where it is not free, else as its season is, else as whatever takes its places. */
export function shownAmong(
  target: Pick<Target, 'event' | 'label' | 'row'>,
  sharers: readonly Sharer[],
  now: Instant,
): ShownState {
  const own = atRest(target.row, now)
  if (own.status !== 'free') return { state: own, of: 'own' }
  for (const sharer of sharers) {
    const state = atRest(sharer.row, now)
    const isInherited = sharer.label === target.label && isAbove(sharer.event, target.event)
    if (isInherited && state.status !== 'free') return { state, of: 'season' }
    const taken = placesTaken(state)
    if (taken !== undefined) return { state: taken, of: 'others' }
  }
  return { state: own, of: 'own' }
}

/** Whether what happens to the one happens to the other. */
function isAbove(one: EventRef, other: EventRef): boolean {
  const role = other.season?.role
  if (role === 'event') return one.season?.role === 'whole' || one.season?.role === 'part'
  return role === 'part' && one.season?.role === 'whole'
}
