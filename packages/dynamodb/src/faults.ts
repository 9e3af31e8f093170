import { dynamoError, transactionCancelled } from './errors.ts'
import { ApiError } from './errors.ts'

/** What a test may make of a call. */
export type Fault =
  'transaction-conflict' | 'throttle' | 'lost-before' | 'lost-after' | 'internal-error'

/** What a bug is answered with, and an injected internal error. */
export const internalError = new ApiError(
  {
    __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
    message: 'Internal server error',
  },
  { status: 500 },
)

const throttled =
  'The level of configured provisioned throughput for the table was exceeded. ' +
  'Consider increasing your provisioning level with the UpdateTable API.'

/** The refusal a fault gives instead of running the call; none for a lost answer. */
export function refusalFor(fault: Fault, operation: string, input: unknown): ApiError | undefined {
  const items = operation.startsWith('Transact') ? countItems(input) : undefined
  switch (fault) {
    case 'transaction-conflict':
      return items === undefined
        ? dynamoError('TransactionConflictException', 'Transaction is ongoing for the item')
        : cancelledFirst(items, 'TransactionConflict', 'Transaction is ongoing for the item')
    case 'throttle':
      return items === undefined
        ? dynamoError('ProvisionedThroughputExceededException', throttled)
        : cancelledFirst(items, 'ThrottlingError', throttled)
    case 'internal-error':
      return internalError
    case 'lost-before':
    case 'lost-after':
      return undefined
  }
}

/** One item is enough to cancel a transaction; the others have no reason of their own. */
function cancelledFirst(count: number, code: string, message: string): ApiError {
  return transactionCancelled(
    Array.from({ length: count }, (_, at) =>
      at === 0 ? { Code: code, Message: message } : { Code: 'None' },
    ),
  )
}

function countItems(input: unknown): number {
  const items = (input as { TransactItems?: unknown }).TransactItems
  return Array.isArray(items) ? items.length : 1
}
