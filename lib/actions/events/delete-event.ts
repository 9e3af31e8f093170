import type { EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { bookedIn } from '../../rules/area/block.ts'
import * as stored from '../../store/events/events.ts'
import { readEventRows } from '../../store/seats/read-event.ts'

/**
 * Deletes an event; its rows follow, by a worker. Refuses an unknown event and, only when asked to, one with bookings:
 * those that are there when the call looks, not those that are being made in the same moment.
 */
export async function deleteEvent(
  context: Context,
  { eventKey, ifUnbooked }: { eventKey: string; ifUnbooked: boolean },
): Promise<Outcome<EventHead>> {
  const { store, caller } = context
  return inRoundsOn(context, { what: 'event', key: eventKey }, async () => {
    const event = await stored.getEvent(store, caller.workspaceId, eventKey)
    if (event === undefined) return refuse({ code: 'event-not-found', eventKey })
    const booked = ifUnbooked ? await countBooked(context, event) : 0
    if (booked > 0) return refuse({ code: 'event-has-bookings', eventKey, booked })
    if (await stored.deleteEvent(store, event, context.keyed?.receiptFor(event)))
      return succeed(event)
    return undefined
  })
}

async function countBooked({ store }: Context, event: EventHead): Promise<number> {
  const { seats, blocks } = await readEventRows(store, event)
  const booked = seats.filter(([, row]) => row.state.status === 'booked').length
  return blocks.reduce((all, { row }) => all + bookedIn(row), booked)
}
