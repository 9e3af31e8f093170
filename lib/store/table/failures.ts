import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { Fault } from '../../faults.ts'
import type { Item } from './items.ts'

/** What the SDK throws, as far as it is read here. */
export interface SdkError {
  readonly name?: string
  readonly $metadata?: { readonly httpStatusCode?: number }
  readonly Item?: Record<string, AttributeValue>
  readonly CancellationReasons?: { Code?: string; Item?: Record<string, AttributeValue> }[]
}

const THROTTLED = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'LimitExceededException',
])

/** Whether the store was too busy to look at a write: it surely did not apply. */
export function isThrottled({ name = '' }: SdkError): boolean {
  return THROTTLED.has(name)
}

/**
 * Returns when nothing is known of a write's outcome; throws a fault when the store found the request itself wrong or
 * forbidden, which no repetition mends. An earlier sending of the same write may have applied: the caller says so.
 */
export function assertLost(error: SdkError, outcome: Fault['outcome']): void {
  if (!isRefused(error)) return
  throw new Fault(`The store refused a write: ${error.name ?? ''}`, { outcome, cause: error })
}

/** Whether that is what was thrown. */
export function isRefusedWrite(error: unknown): boolean {
  return error instanceof Fault && isRefused(error.cause ?? {})
}

/** Whether the store found a request wrong or forbidden. */
export function isRefused({ name = '', $metadata }: SdkError): boolean {
  const status = $metadata?.httpStatusCode ?? 0
  return status >= 400 && status < 500 && name !== 'TransactionInProgressException'
}

/** The current item that a failed condition hands back. */
export function currentItem({ Item }: Pick<SdkError, 'Item'>): Item | undefined {
  return Item === undefined ? undefined : (unmarshall(Item) as Item)
}
