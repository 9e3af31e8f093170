import type { EventHead } from '../../records/records.ts'
import { succeed, type Outcome } from '../../refusals.ts'
import { nameOf } from '../../rules/rows.ts'
import { offerOf, type Offer, type Terms } from '../../venue/terms.ts'
import type { Context } from '../context.ts'
import { overriddenKeys } from './overridden-keys.ts'
import { showObject, type ObjectNow } from './read-objects.ts'
import { readWholeEvent, type ReadingAsked } from './whole-event.ts'

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
export async function readHall(
  context: Context,
  eventKey: string,
  asked: ReadingAsked = {},
): Promise<Outcome<HallNow>> {
  const read = await readWholeEvent(context, eventKey, asked)
  if (!read.ok) return read
  const { event, terms, known, targetOf, areaOf, at } = read.value
  const overridden = await overriddenKeys(context.store, { now: [read.value.read], known })
  const objects = [...terms.inventory.named.keys()].flatMap((label): SoldNow[] => {
    const offer = offerOf(terms, label)
    if (offer === undefined) return []
    const shown = showObject(targetOf(label), areaOf(label), at)
    if (shown === undefined) return []
    if ('area' in shown) return [{ ...shown, offer, ...overridden(shown.area) }]
    const row = known.seat.get(nameOf({ event, label }))
    return [{ ...shown, offer, ...overridden(row) }]
  })
  return succeed({ event, terms, objects })
}
