import { defined } from '../../defined.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { ExtraDataText } from '../../rules/seat.ts'
import { decideNow, tooMany } from './change-seats.ts'
import { commitInRounds } from './commit-in-rounds.ts'
import type { Context } from '../context.ts'
import { decideOnGround, lookFor, readGround, type Ground } from './ground.ts'
import { targetOf } from './targets.ts'
import { OBJECTS_MAX } from '../../limits/limits.ts'

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
  const look = lookFor(context, undefined)
  const wanted = { workspaceId, parts, request: context.keyed, look }
  const read = await readGround(context, wanted)
  if (!read.ok) return read
  const ground = read.value
  const decide = ({ events, known }: Ground) => {
    const now = { known, now: context.now() }
    const targets = events.flatMap((found) =>
      found.labels.map((label) => {
        const given = defined({ extraData: extraData.get(label) })
        return targetOf(found, { label, quantity: 1, given }, now)
      }),
    )
    const decided = decideNow(context, [{ targets, change: { kind: 'annotate' } }])
    if (decided.isUnread) return 'unread' as const
    const [first] = decided.refusals
    if (first === undefined) return succeed({ writes: decided.writes, result: undefined })
    return refuse({ code: 'object-not-found', eventKey, label: first.label })
  }
  return commitInRounds(context, ground.known, {
    kind: 'annotate',
    decideOn: (isStale) => decideOnGround(context, ground, { kind: 'annotate', decide, isStale }),
  })
}
