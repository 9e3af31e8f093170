import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { operationOf, textOf, type Answer, type Handler, type Request } from './requests.ts'
import type { RequestHandler } from './world.ts'

// On AWS a transaction is cancelled when another one is under way on one of its items. The embedded engine takes one after
// the other, so that never happens by itself; here it does. A transaction is under way from its request to its answer,
// which in a busy process is longer than the work on it takes: so this cancels rather too many.

type Attributes = Record<string, AttributeValue>

/** One of Put, Update, Delete and ConditionCheck. */
type TransactItem = Record<string, { readonly Item?: Attributes; readonly Key?: Attributes }>

/** Cancels each transaction that meets another one. */
export function withConflicts(inner: RequestHandler): RequestHandler {
  const underWay = new Set<string>()
  return {
    async handle(request: Request) {
      if (operationOf(request) !== 'TransactWriteItems') return (inner as Handler).handle(request)
      const { TransactItems } = JSON.parse(textOf(request.body)) as {
        TransactItems: TransactItem[]
      }
      const names = TransactItems.map(nameOf)
      if (names.some((name) => underWay.has(name))) {
        return { response: cancelled(names.map((name) => underWay.has(name))) }
      }
      for (const name of names) underWay.add(name)
      try {
        return await (inner as Handler).handle(request)
      } finally {
        for (const name of names) underWay.delete(name)
      }
    },
  }
}

function nameOf(item: TransactItem): string {
  const [action] = Object.values(item)
  const { pk, sk } = action?.Item ?? action?.Key ?? {}
  return `${pk?.S ?? ''}\n${sk?.S ?? ''}`
}

function cancelled(meets: readonly boolean[]): Answer {
  const body = {
    __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
    message: 'Transaction cancelled, please refer cancellation reasons for specific reasons',
    CancellationReasons: meets.map((met) =>
      met
        ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }
        : { Code: 'None' },
    ),
  }
  return {
    statusCode: 400,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: Buffer.from(JSON.stringify(body)),
  }
}
