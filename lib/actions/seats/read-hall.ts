import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import { assert } from '../../faults.ts'
import type { EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { areaSums, rowsByArea } from '../../rules/area/sums.ts'
import { atRest, isTaken, type SeatRow } from '../../rules/seat.ts'
import { takenSharer } from '../../rules/situations.ts'
import { offerOf, sharersOf, type Offer, type Terms } from '../../venue/terms.ts'

import type { Context } from '../context.ts'
import type { ObjectNow } from './read-objects.ts'
import { readSeats } from '../../store/seats/read-seats.ts'
import { readEventRows } from '../../store/seats/read-event.ts'

/** All that an event sells, as it is at one moment. */
export interface HallNow {
  readonly event: EventHead
  readonly terms: Terms
  /** In the order of the chart; of several objects with one label, the one that counts. */
  readonly objects: readonly SoldNow[]
}

/** An object that the event sells. */
export type SoldNow = ObjectNow & { readonly offer: Offer }

/** Reads every object that an event sells, and nothing that its chart has lost; refuses an unknown event. */
export async function readHall(context: Context, eventKey: string): Promise<Outcome<HallNow>> {
  const { store, caller } = context
  const { workspaceId } = caller
  const read = await readSeats(store, { workspaceId, parts: [{ eventKey, labels: [] }] })
  if (read.missing !== undefined) return refuse({ code: 'event-not-found', eventKey })
  const [found] = read.events
  assert(found !== undefined, 'a read has no part for an event')
  const { event, terms } = found
  const { seats, blocks } = await readEventRows(store, event)
  const [rows, byArea, at] = [new Map(seats), rowsByArea(blocks), context.now()]
  const objects = [...terms.inventory.named.keys()].flatMap((label): SoldNow[] => {
    const offer = offerOf(terms, label)
    if (offer === undefined) return []
    const state = atRest(rows.get(label), at)
    const isByPlaces = offer.notForSale !== undefined
    const area = areaSums(byArea.get(label) ?? [], at)
    const isArea = isByPlaces || area.booked + area.held > 0
    if (isArea && !isTaken(state)) return [{ label, offer, area }]
    return [{ label, offer, state, ...defined({ sharer: sharerOf(terms, { label, rows, at }) }) }]
  })
  return succeed({ event, terms, objects })
}

function sharerOf(
  terms: Terms,
  { label, rows, at }: { label: string; rows: ReadonlyMap<string, SeatRow>; at: Instant },
) {
  if (isTaken(atRest(rows.get(label), at))) return undefined
  const sharers = sharersOf(terms.inventory, label).map((other) => ({ row: rows.get(other) }))
  return takenSharer(sharers, at)
}
