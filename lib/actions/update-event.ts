import { refuse, succeed, type Outcome } from '../inventory/refusals.ts'
import { ROUNDS_MAX, type Context } from './context.ts'
import { getEvent, type EventWithChart } from './get-event.ts'

/** Renames an event; null takes the name away, undefined leaves all as it is. Refuses an unknown event. */
export async function updateEvent(
  context: Context,
  eventKey: string,
  changes: { name?: string | null },
): Promise<Outcome<EventWithChart>> {
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const found = await getEvent(context, eventKey)
    if (!found.ok || changes.name === undefined) return found
    const { name, ...event } = found.value.event
    const renamed = changes.name === null ? {} : { name: changes.name }
    const after = { ...event, ...renamed, updatedAt: context.now() }
    const replaced = await context.store.replaceEvent(after)
    if (replaced !== undefined) return succeed({ ...found.value, event: replaced })
    await context.backOff(round)
  }
  return refuse({ code: 'record-busy', what: 'event', key: eventKey })
}
