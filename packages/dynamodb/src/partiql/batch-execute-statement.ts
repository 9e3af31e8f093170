import { ApiError } from '../errors.ts'
import { parseStatement } from './partiql-parser.ts'
import type { Statement } from './partiql-parser.ts'
import { planned, runWrite } from './partiql.ts'
import type { Parameterized } from './partiql.ts'
import type { Store } from '../store.ts'
import type { Item } from '../types.ts'
import type { ReturnConsumedCapacity } from '../items/write-requests.ts'

interface BatchRequest {
  Statements: (Parameterized & { ConsistentRead?: boolean })[]
  ReturnConsumedCapacity?: ReturnConsumedCapacity
}

/** BatchExecuteStatement: each statement alone; one that fails tells its error in its place. */
export async function batchExecuteStatement(store: Store, request: BatchRequest): Promise<object> {
  const parsed = request.Statements.map(({ Statement: text, Parameters: parameters }) =>
    attempt(() => parseStatement(text, parameters)),
  )
  const responses: object[] = []
  const used: object[] = []
  for (const [at, one] of request.Statements.entries()) {
    const statement = parsed[at]
    if (statement === undefined) continue
    const { response, capacity } = await respond(store, statement, { ...one, ...shared(request) })
    responses.push(response)
    if (capacity !== undefined) used.push(capacity)
  }
  return { Responses: responses, ...(used.length > 0 && { ConsumedCapacity: used }) }
}

function shared({ ReturnConsumedCapacity: asked }: BatchRequest): {
  ReturnConsumedCapacity?: ReturnConsumedCapacity
} {
  return asked === undefined ? {} : { ReturnConsumedCapacity: asked }
}

function attempt<Result>(work: () => Result): Result | ApiError {
  try {
    return work()
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
}

interface Responded {
  response: object
  capacity?: object | undefined
}

async function respond(
  store: Store,
  statement: Statement | ApiError,
  request: BatchRequest['Statements'][number] & Pick<BatchRequest, 'ReturnConsumedCapacity'>,
): Promise<Responded> {
  if (statement instanceof ApiError) return { response: { Error: errorOf(statement) } }
  const { table: name } = statement
  try {
    const { item, capacity } = await execute(store, statement, request)
    return { response: { TableName: name, ...(item && { Item: item }) }, capacity }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { response: { TableName: name, Error: errorOf(error) } }
  }
}

async function execute(
  store: Store,
  statement: Statement,
  request: BatchRequest['Statements'][number] & Pick<BatchRequest, 'ReturnConsumedCapacity'>,
): Promise<{ item?: Item | undefined; capacity?: object | undefined }> {
  const write = planned(store, statement, request)
  const done = await runWrite(store, write, request.ReturnConsumedCapacity)
  return { item: done.Attributes, capacity: done.ConsumedCapacity }
}

function errorOf({ body }: ApiError): object {
  const name = body.__type.split('#')[1] ?? ''
  const code = name === 'ValidationException' ? 'ValidationError' : name.replace(/Exception$/, '')
  const { Item: item } = body
  const message = String(body['message'] ?? body['Message'])
  return { Code: code, Message: message, ...(item !== undefined && { Item: item }) }
}
