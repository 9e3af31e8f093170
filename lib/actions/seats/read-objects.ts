import type { Instant } from '../../clock.ts'
import { assert } from '../../faults.ts'
import type { EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { AreaSums } from '../../rules/area/sums.ts'
import { nameOf, nothingKnown } from '../../rules/rows.ts'
import { shownState } from '../../rules/season/shown-state.ts'
import type { Target } from '../../rules/situations.ts'
import { atRest, isTaken, type SeatState } from '../../rules/seat.ts'
import type { Offer } from '../../venue/terms.ts'
import { isSayable } from '../../venue/validate-chart.ts'
import { tooMany } from './change-seats.ts'
import type { Context } from '../context.ts'
import { OBJECTS_MAX } from '../../limits/limits.ts'
import { readSeats } from '../../store/seats/read-seats.ts'
import { areaNow } from './area-now.ts'
import { learnRead } from './ground.ts'
import { overriddenKeys, type OverridesNow } from './overridden-keys.ts'
import { objectTargetOf } from './targets.ts'

/** An object in the state that it is in, or what is taken of an area whose places are sold one by one. */
export type ObjectNow = WholeNow | AreaNow

interface AreaNow extends OverridesNow {
  readonly label: string
  /** Undefined where the chart has lost it while places of it are taken. */
  readonly offer: Offer | undefined
  readonly area: AreaSums
}

interface WholeNow extends OverridesNow {
  readonly label: string
  /** Undefined where the chart has lost what was taken before. */
  readonly offer: Offer | undefined
  readonly state: SeatState
  /** Of an object that is not taken itself, the state of what its places are taken as, if they are. */
  readonly sharer?: SeatState
  /** The state is that of a season above it. */
  readonly isInherited?: true
}

/** Objects of one event. */
export interface ObjectsNow {
  readonly event: EventHead
  readonly objects: readonly ObjectNow[]
}

/**
 * Reads objects as they are at this moment: consistent, lapsed holds as what they return to. Labels that the chart does not have are
 * left out, unless somebody still has them. Refuses an unknown event, and more objects than a request may name.
 */
export async function readObjects(
  { store, caller, now }: Context,
  { eventKey, labels }: { eventKey: string; labels: readonly string[] },
): Promise<Outcome<ObjectsNow>> {
  if (labels.length > OBJECTS_MAX) return tooMany(labels.length)
  const { workspaceId } = caller
  // A label that no request can change was never taken: the chart alone tells of it.
  const touchable = labels.filter(isSayable)
  const read = await readSeats(store, { workspaceId, parts: [{ eventKey, labels: touchable }] })
  if (read.missing !== undefined) return refuse({ code: 'event-not-found', eventKey })
  const [found] = read.events
  assert(found !== undefined, 'a read has no part for an event')
  const known = nothingKnown()
  learnRead(known, read)
  const at = now()
  const overridden = await overriddenKeys(store, { now: [found], known })
  const objects = [...new Set(labels)].flatMap((label): ObjectNow[] => {
    const target = objectTargetOf(found, { label, quantity: 1 }, { known, now: at })
    const sold = found.areas.get(label)
    const area =
      sold && areaNow(found, { label, blocks: [...sold.blocks.values()] }, { known, now: at })
    const shown = showObject(target, area, at)
    if (shown === undefined) return []
    if ('area' in shown) return [{ ...shown, ...overridden(shown.area) }]
    return [{ ...shown, ...overridden(known.seat.get(nameOf({ event: found.event, label }))) }]
  })
  return succeed({ event: found.event, objects })
}

/** An object with what is taken of it where it is an area; undefined where there is nothing, and nothing of it is taken. */
export function showObject(
  target: Target,
  area: AreaSums | undefined,
  now: Instant,
): ObjectNow | undefined {
  const { label, offer } = target
  const { state, of } = shownState(target, now)
  if (of === 'own' && isTaken(state)) return { label, offer, state }
  const isByPlaces = offer?.notForSale !== undefined
  if (area !== undefined && (isByPlaces || area.booked + area.held > 0)) {
    return { label, offer, area }
  }
  // What is not on sale here any more is told where it was sold.
  if (offer === undefined && (of !== 'own' || state.status === 'free')) return undefined
  if (of !== 'others') {
    return { label, offer, state, ...(of === 'season' ? { isInherited: true as const } : {}) }
  }
  return { label, offer, state: atRest(target.row, now), sharer: state }
}
