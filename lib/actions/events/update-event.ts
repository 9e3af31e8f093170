import type { EventHead } from '../../records/records.ts'
import { succeed, type Outcome } from '../../refusals.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { keepAnswer } from '../keep-answer.ts'
import { getEvent, type EventWithChart } from './get-event.ts'
import { replaceEvent } from '../../store/events/events.ts'

/** Which event, and what to change of it. */
export interface EventChanges {
  readonly eventKey: string
  readonly name?: string | null
}

/** Renames an event; null takes the name away, undefined leaves all as it is. Refuses an unknown event. */
export async function updateEvent(
  context: Context,
  { eventKey, ...changes }: EventChanges,
): Promise<Outcome<EventWithChart>> {
  const { store, keyed } = context
  return inRoundsOn(context, { what: 'event', key: eventKey }, async () => {
    const found = await getEvent(context, eventKey)
    if (!found.ok) return found
    if (changes.name === undefined) return keepAnswer(context, found.value)
    const before = found.value.event
    const { name, ...event } = before
    const renamed = changes.name === null ? {} : { name: changes.name }
    const after = { ...event, ...renamed, updatedAt: context.now() }
    const resultOf = (head: EventHead) => ({ ...found.value, event: head })
    const replacement = { before, after }
    const replaced = await replaceEvent(store, replacement, (head) =>
      keyed?.receiptFor(resultOf(head)),
    )
    if (typeof replaced !== 'string') return succeed(resultOf(replaced))
    return undefined
  })
}
