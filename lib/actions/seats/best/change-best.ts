import { assert } from '../../../faults.ts'
import { defined } from '../../../defined.ts'
import type { StatusStep, StepObject, WantedChange } from '../../../rules/machine.ts'
import { refuse, succeed, type Outcome } from '../../../refusals.ts'
import type { Choice, Wish } from '../../../rules/best/wish.ts'
import type { Context } from '../../context.ts'
import { takeBest } from './best-available.ts'
import { changeStatusesTo } from '../change-statuses.ts'
import { decideStatuses, type StepResult } from '../decide-steps.ts'

/** A choice in the place of objects that are named. */
export interface Best {
  /** Which channels are open is a matter of the change. */
  readonly wish: Omit<Wish, 'channelKeys' | 'ignoreChannels'>
  /** What goes with the first object of the choice alone, and so on. */
  readonly given: readonly StepObject['given'][]
}

/** What steps came to, and what was chosen, where that was left open. */
export interface ChosenSteps {
  readonly steps: readonly StepResult[]
  readonly choice: Choice | undefined
}

/** Changes the objects that a step names, or the best that are free; refuses what either refuses. */
export async function changeChosen(
  context: Context,
  step: StatusStep,
  { best, isTold }: { best: Best | undefined; isTold: boolean },
): Promise<Outcome<ChosenSteps>> {
  if (best === undefined) {
    const toResult = (steps: readonly StepResult[]) => ({ steps, choice: undefined })
    return changeStatusesTo(context, [step], { isTold, toResult })
  }
  return changeBest(context, step, best)
}

/** A token says nothing to other changes than holds, since nothing that is free is held by it. */
async function changeBest(
  context: Context,
  { eventKeys, change: wanted }: StatusStep,
  { wish, given }: Best,
): Promise<Outcome<ChosenSteps>> {
  const { holdToken, ...rest } = wanted
  const isHold = wanted.kind === 'set-held'
  if (isHold && holdToken === undefined) return refuse({ code: 'hold-token-required' })
  const change: WantedChange = isHold ? wanted : rest
  const { channelKeys, ignoreChannels } = wanted
  const [eventKey] = eventKeys
  assert(eventKey !== undefined, 'a step has no event')
  return takeBest(context, {
    eventKey,
    wish: { ...wish, ...defined({ channelKeys, ignoreChannels }) },
    kind: change.kind,
    holdToken: isHold && holdToken !== undefined ? { name: holdToken, isIssued: true } : undefined,
    take(choice) {
      const objects = choice.labels.map((label, place): StepObject => {
        return { label, quantity: 1, ...defined({ given: given[place] }) }
      })
      const steps: StatusStep[] = [{ eventKeys: [eventKey], objects, change }]
      return (ground) => {
        const decided = decideStatuses(context, steps, ground)
        if (decided === 'unread' || !decided.ok) return decided
        const { writes, result } = decided.value
        return succeed({ writes, result: { steps: result, choice } })
      }
    },
  })
}
