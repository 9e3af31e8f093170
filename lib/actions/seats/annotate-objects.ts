import { defined } from '../../defined.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { ExtraDataText } from '../../rules/seat.ts'
import { decideNow, knownOf, targetsOf, tooMany } from './change-seats.ts'
import { commitInRounds } from './commit-in-rounds.ts'
import type { Context } from '../context.ts'
import { OBJECTS_MAX } from '../../limits/limits.ts'
import { readSeats } from '../../store/seats/read-seats.ts'

/** Extra data for objects of one event. */
export interface Annotation {
  readonly eventKey: string
  readonly extraData: ReadonlyMap<string, ExtraDataText>
}

/**
 * Replaces the extra data of objects, whatever their status, all or none. Refuses an unknown event, an object that is not on its
 * chart, and more objects than a request may change.
 */
export async function annotateObjects(
  context: Context,
  { eventKey, extraData }: Annotation,
): Promise<Outcome<undefined>> {
  if (extraData.size > OBJECTS_MAX) return tooMany(extraData.size)
  const { workspaceId } = context.caller
  const parts = [{ eventKey, labels: [...extraData.keys()] }]
  const read = await readSeats(context.store, { workspaceId, parts, request: context.keyed })
  if (read.missing !== undefined) return refuse({ code: 'event-not-found', eventKey })
  const known = knownOf(read)
  return commitInRounds(context, known, {
    kind: 'annotate',
    decideOn: () => {
      const targets = targetsOf(read.events, known.seat).map((target) => {
        const text = extraData.get(target.label)
        return { ...target, given: defined({ extraData: text }) }
      })
      const { writes, refusals } = decideNow(context, [{ targets, change: { kind: 'annotate' } }])
      const [first] = refusals
      if (first === undefined) return succeed({ writes, result: undefined })
      return refuse({ code: 'object-not-found', eventKey, label: first.label })
    },
  })
}
