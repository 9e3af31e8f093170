import { succeed, type Outcome } from '../../refusals.ts'
import { lookEverywhere } from '../../store/seats/read-areas.ts'
import type { EventPart } from '../../store/seats/read-seats.ts'
import { tooMany } from './change-seats.ts'
import { commitInRounds } from './commit-in-rounds.ts'
import type { Context } from '../context.ts'
import { decideStatuses, nameOf, type StepResult } from './decide-steps.ts'
import { decideOnGround, lookFor, readGround } from './ground.ts'
import { overriddenKeys } from './overridden-keys.ts'
import { isSeasonStep, keysOf, type AnyStep } from './season-steps.ts'
import { OBJECTS_MAX } from '../../limits/limits.ts'

// Status changes of objects of events, in ordered steps that apply together or not at all:
//
// 1. Read all rows of all steps, and the hold tokens, in one batch.
// 2. Decide step after step, each on what the ones before made of its objects. The first refusal is the answer.
// 3. Commit; holds write their token along, so that no change of its deadline can miss them.

/**
 * Changes statuses in ordered steps, all or none. Refuses more objects than a request may change, an unknown event, a step over
 * events of different charts, a token that is not known, and with the first object that does not allow it. `isTold`: what becomes of
 * areas is to be told, which is more than what the changes need.
 */
export function changeStatuses(
  context: Context,
  steps: readonly AnyStep[],
  isTold = false,
): Promise<Outcome<readonly StepResult[]>> {
  return changeStatusesTo(context, steps, { isTold, toResult: (results) => results })
}

/** The same, for a caller that answers with more than the steps: what is kept of the request is made of its result. */
export async function changeStatusesTo<Result>(
  context: Context,
  steps: readonly AnyStep[],
  { isTold, toResult }: { isTold: boolean; toResult: (results: readonly StepResult[]) => Result },
): Promise<Outcome<Result>> {
  const objects = steps.reduce((sum, step) => sum + step.eventKeys.length * countOf(step), 0)
  if (objects > OBJECTS_MAX) return tooMany(objects)
  const { workspaceId } = context.caller
  const holdTokens = [...new Set(steps.flatMap(tokenOf))]
  const nearby = lookFor(context, holdTokens[0])
  const look = isTold ? lookEverywhere(nearby) : nearby
  const wanted = { workspaceId, parts: partsOf(steps), holdTokens, request: context.keyed, look }
  const read = await readGround(context, wanted)
  if (!read.ok) return read
  const ground = read.value
  // What nobody asks to be told need not be known.
  const overridden = isTold ? await overriddenKeys(context.store, ground) : () => ({})
  const kind = steps[0]?.change.kind ?? 'set-back'
  return commitInRounds(context, ground.known, {
    kind,
    decideOn: (isStale) =>
      decideOnGround(context, ground, {
        isStale,
        kind,
        decide: (now) => {
          const decided = decideStatuses(context, steps, { ...now, overridden })
          if (decided === 'unread' || !decided.ok) return decided
          const { writes, result } = decided.value
          return succeed({ writes, result: toResult(result) })
        },
      }),
  })
}

function tokenOf(step: AnyStep): string[] {
  return isSeasonStep(step) ? [] : [step.change.holdToken ?? []].flat()
}

/** Objects of a step; places of an area that are asked for alike are one, whatever their number. */
function countOf({ objects }: AnyStep): number {
  return new Set(objects.map(nameOf)).size
}

/** Each event once, with the labels that any step names of it; seasons that are only named without any. */
export function partsOf(steps: readonly AnyStep[]): EventPart[] {
  const labels = new Map<string, Set<string>>()
  for (const step of steps) {
    for (const eventKey of keysOf(step)) {
      const ofEvent = labels.get(eventKey) ?? new Set()
      if (step.eventKeys.includes(eventKey)) {
        for (const { label } of step.objects) ofEvent.add(label)
      }
      labels.set(eventKey, ofEvent)
    }
  }
  return [...labels].map(([eventKey, ofEvent]) => ({ eventKey, labels: [...ofEvent] }))
}
