import { defined } from '../../defined.ts'
import type { Demand, EventHead } from '../../records/records.ts'
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
  /** Whose holds need an admission token from now on. */
  readonly admission?: Demand | 'none'
}

/** Changes an event; a name of null takes the name away, undefined leaves all as it is. Refuses an unknown event. */
export async function updateEvent(
  context: Context,
  { eventKey, ...changes }: EventChanges,
): Promise<Outcome<EventWithChart>> {
  const { store, keyed } = context
  return inRoundsOn(context, { what: 'event', key: eventKey }, async () => {
    const found = await getEvent(context, eventKey)
    if (!found.ok) return found
    if (Object.keys(changes).length === 0) return keepAnswer(context, found.value)
    const before = found.value.event
    const after = { ...changed(before, changes), updatedAt: context.now() }
    const resultOf = (head: EventHead) => ({ ...found.value, event: head })
    const replacement = { before, after }
    const replaced = await replaceEvent(store, replacement, (head) =>
      keyed?.receiptFor(resultOf(head)),
    )
    if (typeof replaced !== 'string') return succeed(resultOf(replaced))
    return undefined
  })
}

function changed(
  { name, admission, ...event }: EventHead,
  changes: Omit<EventChanges, 'eventKey'>,
): EventHead {
  const { name: newName = name, admission: demanded = admission } = changes
  return {
    ...event,
    ...defined({
      name: newName ?? undefined,
      admission: demanded === 'none' ? undefined : demanded,
    }),
  }
}
