import { defined } from '../../defined.ts'
import type { EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { areaSums, type AreaSums } from '../../rules/area/sums.ts'
import { atRest, isTaken, type SeatState, type TakenState } from '../../rules/seat.ts'
import { takenSharer } from '../../rules/situations.ts'
import { offerOf, sharersOf, type Offer } from '../../venue/terms.ts'
import { isSayable } from '../../venue/validate-chart.ts'
import { tooMany } from './change-seats.ts'
import type { Context } from '../context.ts'
import { OBJECTS_MAX } from '../../limits/limits.ts'
import { readSeats } from '../../store/seats/read-seats.ts'

/** An object in the state that it is in, or what is taken of an area whose places are sold one by one. */
export type ObjectNow = WholeNow | AreaNow

interface AreaNow {
  readonly label: string
  /** Undefined where the chart has lost it while places of it are taken. */
  readonly offer: Offer | undefined
  readonly area: AreaSums
}

interface WholeNow {
  readonly label: string
  /** Undefined where the chart has lost what was taken before. */
  readonly offer: Offer | undefined
  readonly state: SeatState
  /** Of an object that is not taken itself, the state of what its places are taken as, if they are. */
  readonly sharer?: TakenState
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
  const [found] = read.missing === undefined ? read.events : []
  if (found === undefined) return refuse({ code: 'event-not-found', eventKey })
  const { event, terms, rows, areas } = found
  const objects = [...new Set(labels)].flatMap((label): ObjectNow[] => {
    const at = now()
    const offer = offerOf(terms, label)
    const state = atRest(rows.get(label), at)
    if (isTaken(state)) return [{ label, offer, state }]
    const read = areas.get(label)
    const area = read && areaSums([...read.blocks.values()], at)
    const isByPlaces = offer?.notForSale !== undefined
    if (area !== undefined && (isByPlaces || area.booked + area.held > 0)) {
      return [{ label, offer, area }]
    }
    if (offer === undefined) return state.status === 'free' ? [] : [{ label, offer, state }]
    const sharers = sharersOf(terms.inventory, label).map((other) => ({ row: rows.get(other) }))
    return [{ label, offer, state, ...defined({ sharer: takenSharer(sharers, at) }) }]
  })
  return succeed({ event, objects })
}
