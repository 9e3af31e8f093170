import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import { Fault } from '../../faults.ts'
import { assertLost, currentItem, isThrottled, type SdkError } from './failures.ts'
import type { Item } from './items.ts'
import { isHurried, noteChange } from '../../patience.ts'
import { backOff, type Port } from './port.ts'
import { noRoom, waitForRoom } from './throttled.ts'

// One transaction, sent until its outcome is known:
//
// 1. All sendings of one attempt carry the same bytes and the same client request token, so that DynamoDB applies
//    them at most once within ten minutes.
// 2. An answer that got lost (connection, timeout, 5xx, still in progress) says nothing: send again.
// 3. Cancelled at the first sending: definite. Cancelled after a lost answer: definite only if the caller says that
//    the first sending can never land any more (`settles`); otherwise it still may, so send again. While it is
//    asked, the caller may also clear locks out of the way.
// 4. Cancelled at the first sending because the store has no room: sent again while the patience of a caller's request lasts
//    (throttled.ts); nothing was changed by then. Whoever is in no hurry is told, and begins a round of their own.
// 5. When time runs out, a fault says that the outcome is unknown: never a refusal. The clock is looked at right before each
//    sending again, whatever happened during the pause: a process that was frozen meanwhile has a token that DynamoDB may have
//    forgotten, and may have relied on a hold that is over.

export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number]

/** Why one item of a cancelled transaction failed: `None` for those that did not. */
export interface Reason {
  readonly code: string
  /** The current item, where the write asked for it. */
  readonly item: Item | undefined
}

export type Transacted =
  { readonly status: 'applied' } | { readonly status: 'cancelled'; readonly reasons: Reason[] }

/** Milliseconds for which a transaction with a lost answer is sent again: within API Gateway's 29 s. */
export const SETTLE_MS_MAX = 10_000

/** A condition that failed is settled by default: something else has taken the place. */
export const conditionFailed = (reasons: readonly Reason[]) =>
  reasons.some(({ code }) => code === 'ConditionalCheckFailed')

/** Whether nothing but the store's own limits was in the way. */
export const isThrottledOnly = (reasons: readonly Reason[]) =>
  reasons.every(({ code }) => code === 'None' || THROTTLED.has(code))

/** How long to send a transaction again, and when a cancelled one is settled. */
export interface Sending {
  readonly settles?: (reasons: readonly Reason[]) => boolean | Promise<boolean>
  /** From then on it must not be sent: what it relies on is over. */
  readonly until?: number
  /** Whether what it does can still be undone: it only prepares a change. */
  readonly isReversible?: boolean
}

/** Applies all items or none and says which; throws a fault when the outcome cannot be learned. */
export async function transact(
  port: Port,
  items: TransactItem[],
  { settles = conditionFailed, until = Infinity, isReversible = false }: Sending = {},
): Promise<Transacted> {
  const input = {
    TransactItems: items,
    ClientRequestToken: port.ids.uuid(),
  } satisfies TransactWriteCommandInput
  const giveUpAt = Math.min(port.clock.now() + SETTLE_MS_MAX, until)
  let lost: unknown
  for (let attempt = 1; ; attempt += 1) {
    const answer = await send(port, input, lost === undefined ? 'not-applied' : 'unknown')
    if (answer.status === 'lost') lost = answer.cause
    else if (answer.status === 'applied') {
      if (!isReversible) noteChange()
      return answer
    } else if (lost !== undefined) {
      if (await settles(answer.reasons)) return answer
    } else {
      if (!isHurried() || !isThrottledOnly(answer.reasons)) return answer
      if (!(await waitForRoom(port, attempt))) throw noRoom(port)
      if (port.clock.now() >= until) return answer
      continue
    }
    await backOff(port, attempt)
    if (port.clock.now() >= giveUpAt) {
      throw new Fault('The store did not answer; the change may have been made', {
        outcome: 'unknown',
        cause: lost,
      })
    }
  }
}

/** What one sending of a transaction came to. */
export type Answer = Transacted | { readonly status: 'lost'; readonly cause: unknown }

/**
 * Sends items once, for whoever may send them again with other bytes: their conditions are false once they have applied. Throws a fault,
 * with that outcome, when the store finds them wrong or forbidden.
 */
export function transactNow(
  port: Port,
  items: readonly TransactItem[],
  outcome: Fault['outcome'],
): Promise<Answer> {
  const input = { TransactItems: [...items], ClientRequestToken: port.ids.uuid() }
  return send(port, input, outcome)
}

async function send(
  port: Port,
  input: TransactWriteCommandInput,
  outcome: Fault['outcome'],
): Promise<Answer> {
  try {
    await port.writer.send(new TransactWriteCommand(input))
    return { status: 'applied' }
  } catch (error) {
    return readFailure(error as SdkError, input, outcome)
  }
}

const THROTTLED = new Set(['ThrottlingError', 'ProvisionedThroughputExceeded'])

/** Reasons that mean "try again"; any other but None is a bug or a missing permission. */
const RETRIABLE = new Set(['None', 'ConditionalCheckFailed', 'TransactionConflict', ...THROTTLED])

function readFailure(
  error: SdkError,
  input: TransactWriteCommandInput,
  outcome: Fault['outcome'],
): Answer {
  if (error.name === 'TransactionCanceledException') {
    const reasons = (error.CancellationReasons ?? []).map((reason): Reason => ({
      code: reason.Code ?? 'None',
      item: currentItem(reason),
    }))
    if (reasons.every(({ code }) => RETRIABLE.has(code))) return { status: 'cancelled', reasons }
  }
  if (isThrottled(error)) {
    const reasons = (input.TransactItems ?? []).map(() => ({
      code: 'ThrottlingError',
      item: undefined,
    }))
    return { status: 'cancelled', reasons }
  }
  assertLost(error, outcome)
  return { status: 'lost', cause: error }
}
