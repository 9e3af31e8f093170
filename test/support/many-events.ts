import { changeSeats, type EventParts } from '../../lib/actions/seats/change-seats.ts'
import type { Context } from '../../lib/actions/context.ts'
import { addSeconds } from '../../lib/clock.ts'
import type { Change } from '../../lib/rules/machine.ts'
import { rowDrawing } from './drawings.ts'
import type { PlainProcess } from './plain-holdfast.ts'
import { labelsOf, makeEvent, TOKEN } from './scene.ts'

/** Opens that many events on one chart of one row, and answers all their seats. */
export async function makeEvents(
  { api }: Pick<PlainProcess, 'api'>,
  { events, seats }: { events: number; seats: number },
): Promise<EventParts> {
  const drawing = rowDrawing({ rows: 1, seatsPerRow: seats })
  const { chartKey, eventKey } = await makeEvent(api, drawing)
  const labels = labelsOf('A', 1, seats)
  const more: { eventKey: string; labels: string[] }[] = []
  for (let night = 2; night <= events; night += 1) {
    await api('POST /api/v1/events', { chartKey, eventKey: `night-${night}` })
    more.push({ eventKey: `night-${night}`, labels })
  }
  return [{ eventKey, labels }, ...more]
}

/** A hold of ten minutes. */
export function holdOf(
  { context }: { context: Pick<Context, 'now'> },
  extra: Partial<Change> = {},
) {
  const until = addSeconds(context.now(), 600)
  return { kind: 'hold', holdToken: TOKEN, until, ...extra } as Extract<Change, { kind: 'hold' }>
}

/** Changes seats as an action does, and throws unless all were changed. */
export async function mustChange(
  { context }: PlainProcess,
  parts: EventParts,
  change: Change,
): Promise<void> {
  const outcome = await changeSeats(context, { parts, change })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal))
}
