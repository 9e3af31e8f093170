import { defined } from '../../../defined.ts'
import { succeed, type Outcome } from '../../../refusals.ts'
import type { Choice, Wish } from '../../../rules/best/wish.ts'
import type { Context } from '../../context.ts'
import { takeBest } from './best-available.ts'
import { decideChange, type Changed } from '../change-seats.ts'
import { capHold } from '../hold-life.ts'
import { heldBy, holderOf, type HoldRequest } from '../hold-seats.ts'

/** A hold of what is best, in the place of objects that are named. */
export interface BestHold extends Pick<HoldRequest, 'change'> {
  readonly eventKey: string
  /** Which channels are open is a matter of the hold. */
  readonly wish: Omit<Wish, 'channelKeys' | 'ignoreChannels'>
}

/** What is held now, and how it was chosen. */
export interface BestHeld extends Changed {
  readonly choice: Choice
}

/** Holds the best objects that are free. Refuses what `takeBest` refuses, and publishable keys what they may not hold by name. */
export async function holdBest(
  context: Context,
  { eventKey, change, wish }: BestHold,
): Promise<Outcome<BestHeld>> {
  const holder = await holderOf(context, { change, labels: [], places: wish.number })
  if (!holder.ok) return holder
  const capped = await capHold(context, change)
  if (!capped.ok) return capped
  const held = heldBy(change, holder.value, capped.value)
  const { channelKeys, ignoreChannels, holdToken } = change
  return takeBest(context, {
    eventKey,
    wish: { ...wish, ...defined({ channelKeys, ignoreChannels }) },
    kind: change.kind,
    holdToken: { name: holdToken, isIssued: false },
    take(choice) {
      const { labels } = choice
      const named = [...new Set(labels)]
      const request = {
        parts: [{ eventKey, labels: named }] as const,
        ...held,
        ...(named.length < labels.length ? { places: labels.length } : {}),
      }
      return (ground) => {
        const decided = decideChange(context, request, ground)
        if (decided === 'unread' || !decided.ok) return decided
        const { writes, result } = decided.value
        return succeed({ writes, result: { ...result, choice } })
      }
    },
  })
}
