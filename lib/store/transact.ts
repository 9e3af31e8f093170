import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { Fault } from '../faults.ts'
import type { Item } from './items.ts'
import { backOff, type Port } from './port.ts'

// One transaction, sent until its outcome is known:
//
// 1. All sendings of one attempt carry the same bytes and the same client request token, so that DynamoDB applies
//    them at most once within ten minutes.
// 2. An answer that got lost (connection, timeout, 5xx, still in progress) says nothing: send again.
// 3. Cancelled at the first sending: definite. Cancelled after a lost answer: definite only if the caller says that
//    the first sending can never land any more (`settles`); otherwise it still may, so send again.
// 4. When time runs out, a fault says that the outcome is unknown: never a refusal.

export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number]

/** Why one item of a cancelled transaction failed: `None` for those that did not. */
export interface Reason {
  readonly code: string
  /** The current item, where the write asked for it. */
  readonly item: Item | undefined
}

export type Transacted =
  { readonly status: 'applied' } | { readonly status: 'cancelled'; readonly reasons: Reason[] }

/** Items that one transaction may have. */
export const TRANSACTION_ITEMS_MAX = 100

/** Milliseconds for which a transaction with a lost answer is sent again: within API Gateway's 29 s. */
export const SETTLE_MS_MAX = 10_000

/** A condition that failed is settled by default: something else has taken the place. */
export const conditionFailed = (reasons: readonly Reason[]) =>
  reasons.some(({ code }) => code === 'ConditionalCheckFailed')

/** Applies all items or none and says which; throws a fault when the outcome cannot be learned. */
export async function transact(
  port: Port,
  items: TransactItem[],
  settles: (reasons: readonly Reason[]) => boolean = conditionFailed,
): Promise<Transacted> {
  const input = {
    TransactItems: items,
    ClientRequestToken: port.ids.uuid(),
  } satisfies TransactWriteCommandInput
  const giveUpAt = port.clock.now() + SETTLE_MS_MAX
  let lost: unknown
  for (let attempt = 1; ; attempt += 1) {
    const answer = await send(port, input)
    if (answer.status === 'lost') lost = answer.cause
    else if (answer.status === 'applied') return answer
    else if (lost === undefined || settles(answer.reasons)) return answer
    if (port.clock.now() >= giveUpAt) {
      throw new Fault('The store did not answer; the change may have been made', {
        outcome: 'unknown',
        cause: lost,
      })
    }
    await backOff(port, attempt)
  }
}

type Answer = Transacted | { readonly status: 'lost'; readonly cause: unknown }

async function send(port: Port, input: TransactWriteCommandInput): Promise<Answer> {
  try {
    await port.writer.send(new TransactWriteCommand(input))
    return { status: 'applied' }
  } catch (error) {
    return readFailure(error, input)
  }
}

const THROTTLED = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'LimitExceededException',
])

/** Reasons that mean "try again"; any other but None is a bug or a missing permission. */
const RETRIABLE = new Set([
  'None',
  'ConditionalCheckFailed',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
])

interface SdkError {
  readonly name?: string
  readonly $metadata?: { readonly httpStatusCode?: number }
  readonly CancellationReasons?: { Code?: string; Item?: Record<string, AttributeValue> }[]
}

function readFailure(error: unknown, input: TransactWriteCommandInput): Answer {
  const failure = error as SdkError
  const name = failure.name ?? ''
  if (name === 'TransactionCanceledException') {
    const reasons = (failure.CancellationReasons ?? []).map(readReason)
    if (reasons.every(({ code }) => RETRIABLE.has(code))) return { status: 'cancelled', reasons }
  }
  if (THROTTLED.has(name)) {
    const reasons = (input.TransactItems ?? []).map(() => ({
      code: 'ThrottlingError',
      item: undefined,
    }))
    return { status: 'cancelled', reasons }
  }
  const status = failure.$metadata?.httpStatusCode ?? 0
  const refused = status >= 400 && status < 500 && name !== 'TransactionInProgressException'
  if (refused) {
    throw new Fault(`The store refused a transaction: ${name}`, {
      outcome: 'not-applied',
      cause: error,
    })
  }
  return { status: 'lost', cause: error }
}

function readReason(reason: { Code?: string; Item?: Record<string, AttributeValue> }): Reason {
  return {
    code: reason.Code ?? 'None',
    item: reason.Item === undefined ? undefined : (unmarshall(reason.Item) as Item),
  }
}
