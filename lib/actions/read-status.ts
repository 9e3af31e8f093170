import type { ChartObject } from '../inventory/chart.ts'
import type { EventHead } from '../inventory/records.ts'
import { refuse, succeed, type Outcome } from '../inventory/refusals.ts'
import { isLapsed, type SeatState } from '../inventory/seat.ts'
import type { Context } from './context.ts'

/** An object that is not free, with its place on the published chart, if it is still there. */
export interface TakenObject {
  readonly label: string
  readonly state: Exclude<SeatState, { status: 'free' }>
  readonly object: ChartObject | undefined
}

/** Reads everything of an event that is held or booked at this moment, by label; refuses an unknown event. */
export async function readStatus(
  context: Context,
  eventKey: string,
): Promise<Outcome<{ event: EventHead; taken: TakenObject[] }>> {
  const { store, caller } = context
  const { workspaceId } = caller
  const read = await store.readSeats({ workspaceId, parts: [{ eventKey, labels: [] }] })
  const [found] = read.missing === undefined ? read.events : []
  if (found === undefined) return refuse({ code: 'event-not-found', eventKey })
  const { event, objects } = found
  const rows = await store.readAllRows(event)
  const now = context.now()
  const taken = rows.flatMap(([label, row]): TakenObject[] => {
    if (row.state.status === 'free' || isLapsed(row, now)) return []
    return [{ label, state: row.state, object: objects.get(label) }]
  })
  taken.sort((a, b) => (a.label < b.label ? -1 : 1))
  return succeed({ event, taken })
}
