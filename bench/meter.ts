import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { itemSize } from '@holdfast/dynamodb/item-size'
import { operationOf, readAll, textOf, type Handler, type Request } from './requests.ts'
import type { RequestHandler } from './world.ts'

// What the calls of a measurement cost. Answers carry the units that they took. Refused writes carry none, and are
// charged all the same:
//
// - A conditional write that fails costs what writing the item as it stands would: the documentation says so. No seat and
//   no lock here reaches 1 KB, so that is one unit.
// - A cancelled transaction is priced as if it had been applied, since preparing it is work done; that is the most
//   it can cost, and Holdfast alone sends transactions here.

/** What calls to DynamoDB cost. */
export interface Cost {
  readonly requests: number
  readonly readUnits: number
  readonly writeUnits: number
  /** Those of the write units that refused writes took. */
  readonly refusedUnits: number
}

export interface Meter {
  /** What was spent since the last time it was asked. */
  readonly take: () => Cost
  /** Puts the meter between the SDK and the embedded engine. */
  readonly wrap: (inner: RequestHandler) => RequestHandler
}

const READS = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan'])
const WRITES = new Set([
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'BatchExecuteStatement',
  'TransactWriteItems',
])

const nothing: Cost = { requests: 0, readUnits: 0, writeUnits: 0, refusedUnits: 0 }

/** A meter at zero. */
export function createMeter(): Meter {
  let spent = nothing
  const handle = async (inner: Handler, request: Request) => {
    const operation = operationOf(request)
    if (!READS.has(operation) && !WRITES.has(operation)) return inner.handle(request)
    const text = textOf(request.body)
    request.body = `${text.slice(0, -1)},"ReturnConsumedCapacity":"TOTAL"}`
    const { response } = await inner.handle(request)
    const bytes = await readAll(response.body)
    const input = JSON.parse(text) as object
    spent = sum([spent, costOf(operation, input, JSON.parse(bytes.toString('utf8')) as AnswerBody)])
    return { response: { ...response, body: bytes } }
  }
  return {
    wrap: (inner) => ({ handle: (request: Request) => handle(inner as Handler, request) }),
    take: () => {
      const taken = spent
      spent = nothing
      return taken
    },
  }
}

/** Costs added together. */
export function sum(costs: readonly Cost[]): Cost {
  return costs.reduce(
    (total, cost) => ({
      requests: total.requests + cost.requests,
      readUnits: total.readUnits + cost.readUnits,
      writeUnits: total.writeUnits + cost.writeUnits,
      refusedUnits: total.refusedUnits + cost.refusedUnits,
    }),
    nothing,
  )
}

/** What one call cost, by its answer; a refusal is named by its type. */
export function costOf(operation: string, input: object, answer: AnswerBody): Cost {
  const { ConsumedCapacity, __type = '' } = answer
  const units = [ConsumedCapacity ?? []].flat().reduce((all, one) => all + one.CapacityUnits, 0)
  if (READS.has(operation)) return { ...nothing, requests: 1, readUnits: units }
  const { Responses = [] } = answer
  const refused = Array.isArray(Responses) ? (Responses as Statement[]).filter(isRefused).length : 0
  const refusedUnits = __type === '' ? refused : unitsOfRefused(input, __type)
  return { ...nothing, requests: 1, writeUnits: units + refusedUnits, refusedUnits }
}

export interface AnswerBody {
  readonly ConsumedCapacity?: Units | Units[]
  readonly __type?: string
  /** Of a batch of statements: an error in the place of each that failed. */
  readonly Responses?: object
}

const isRefused = ({ Error: error }: Statement) => error?.Code === 'ConditionalCheckFailed'

interface Statement {
  readonly Error?: { readonly Code: string }
}

interface Units {
  readonly CapacityUnits: number
}

function unitsOfRefused(input: object, type: string): number {
  if (type.endsWith('ProvisionedThroughputExceededException')) return 0
  if (/(ConditionalCheckFailed|TransactionConflict)Exception$/.test(type)) return 1
  if (!type.endsWith('TransactionCanceledException')) throw new Error(`Not priced: ${type}`)
  const { TransactItems } = input as { TransactItems: { Put?: Put }[] }
  const kilobytes = TransactItems.map(({ Put }) => kilobytesOf(Put?.Item ?? {}))
  return 2 * kilobytes.reduce((all, one) => all + one, 0)
}

interface Put {
  readonly Item: Record<string, AttributeValue>
}

/** Kilobytes that writing an item is charged for, at least one. */
export function kilobytesOf(item: Record<string, AttributeValue>): number {
  return Math.max(1, Math.ceil(itemSize(item as Parameters<typeof itemSize>[0]) / 1024))
}
