import type { EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { atRest, isTaken, type TakenState } from '../../rules/seat.ts'
import { offerOf, type Offer } from '../../venue/terms.ts'
import type { Context } from '../context.ts'
import { readSeats } from '../../store/seats/read-seats.ts'
import { readEventRows } from '../../store/seats/read-event.ts'

/** An object that buyers cannot select, with what the event sells there, if it still does. */
export interface TakenObject {
  readonly label: string
  readonly state: TakenState
  readonly offer: Offer | undefined
}

/** Reads everything of an event that is taken at this moment, by label; refuses an unknown event. */
export async function readStatus(
  context: Context,
  eventKey: string,
): Promise<Outcome<{ event: EventHead; taken: TakenObject[] }>> {
  const { store, caller } = context
  const { workspaceId } = caller
  const read = await readSeats(store, { workspaceId, parts: [{ eventKey, labels: [] }] })
  const [found] = read.missing === undefined ? read.events : []
  if (found === undefined) return refuse({ code: 'event-not-found', eventKey })
  const { event, terms } = found
  const { seats: rows } = await readEventRows(store, event)
  const now = context.now()
  const taken = rows.flatMap(([label, row]): TakenObject[] => {
    const state = atRest(row, now)
    if (!isTaken(state)) return []
    return [{ label, state, offer: offerOf(terms, label) }]
  })
  taken.sort((a, b) => (a.label < b.label ? -1 : 1))
  return succeed({ event, taken })
}
