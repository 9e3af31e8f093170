import type { consumedList } from '../actions/batch-get-item.ts'
import { ApiError, transactionCancelled, validationError } from '../errors.ts'
import type { CancellationReason } from '../errors.ts'
import { parseStatement } from './partiql-parser.ts'
import type { Select, Statement } from './partiql-parser.ts'
import { wholeKey } from './partiql-plan.ts'
import { duplicateMessage, executeSelect, planned, runWrite, shownItem } from './partiql.ts'
import type { Parameterized } from './partiql.ts'
import { requireTable } from '../store.ts'
import type { Store } from '../store.ts'
import { transactGetItems } from '../actions/transact-get-items.ts'
import { transactWriteItems } from '../actions/transact-write-items.ts'
import type { TransactItem } from '../actions/transact-write-items.ts'
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
  refuseMixed(parsed.flatMap((statement) => (statement instanceof ApiError ? [] : statement)))
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
  const name = tableOf(statement)
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
  if (statement.kind === 'select') {
    requireOneItem(store, statement)
    const page = (await executeSelect(store, statement, request)) as {
      Items: Item[]
      ConsumedCapacity?: object
    }
    return { item: page.Items[0], capacity: page.ConsumedCapacity }
  }
  const write = planned(store, statement, request)
  const done = await runWrite(store, write, request.ReturnConsumedCapacity)
  return { item: done.Attributes, capacity: done.ConsumedCapacity }
}

function requireOneItem(store: Store, { table, index, where }: Select): void {
  const { description } = requireTable(store, table)
  const fault = attempt(() => wholeKey(description, where))
  if (index === undefined && !(fault instanceof ApiError)) return
  throw validationError(
    'Select statements within BatchExecuteStatement must specify the primary key in the where clause.',
  )
}

function errorOf({ body }: ApiError): object {
  const name = body.__type.split('#')[1] ?? ''
  const code = name === 'ValidationException' ? 'ValidationError' : name.replace(/Exception$/, '')
  const { Item: item } = body
  const message = String(body['message'] ?? body['Message'])
  return { Code: code, Message: message, ...(item !== undefined && { Item: item }) }
}

function tableOf(statement: Statement): string {
  return statement.kind === 'exists' ? statement.select.table : statement.table
}

function refuseMixed(statements: readonly Statement[]): void {
  const reads = statements.filter((statement) => statement.kind === 'select').length
  const checks = statements.filter((statement) => statement.kind === 'exists').length
  if (reads > 0 && reads + checks < statements.length) {
    throw validationError(
      'All statements must be either reads or writes; they cannot be mixed in one request.',
    )
  }
}

interface TransactionRequest {
  TransactStatements: Parameterized[]
  ClientRequestToken?: string
  ReturnConsumedCapacity?: ReturnConsumedCapacity
}

/** ExecuteTransaction: all reads of one moment, or all writes or none. */
export async function executeTransaction(
  store: Store,
  request: TransactionRequest,
): Promise<object> {
  const statements = request.TransactStatements.map((one) =>
    parseStatement(one.Statement, one.Parameters),
  )
  refuseMixed(statements)
  const selects = statements.filter((statement) => statement.kind === 'select')
  if (selects.length > 0) return readAll(store, selects, request)
  const { TransactStatements: asked, ...rest } = request
  const items = statements.flatMap((statement, at): TransactItem[] => {
    const one = asked[at]
    if (statement.kind === 'select' || one === undefined) return []
    const { kind, request: write } = planned(store, statement, one)
    // The statement itself is what tells this request from another under the same client token.
    const { Statement: text, Parameters: parameters } = one
    return [{ [kind]: { ...write, Statement: text, Parameters: parameters } }]
  })
  try {
    const answer = await transactWriteItems(store, { ...rest, TransactItems: items })
    const { ConsumedCapacity: used } = answer as { ConsumedCapacity?: object }
    return { Responses: items.map(() => ({})), ...(used && { ConsumedCapacity: used }) }
  } catch (error) {
    throw withDuplicates(error, items)
  }
}

function withDuplicates(error: unknown, items: readonly TransactItem[]): unknown {
  if (!(error instanceof ApiError)) return error
  const reasons = error.body['CancellationReasons'] as CancellationReason[] | undefined
  if (reasons === undefined) return error
  const told = reasons.map((reason, at) =>
    reason.Code === 'ConditionalCheckFailed' && items[at]?.Put !== undefined
      ? { ...reason, Code: 'DuplicateItem', Message: duplicateMessage }
      : reason,
  )
  return transactionCancelled(told)
}

async function readAll(
  store: Store,
  selects: readonly Select[],
  { ReturnConsumedCapacity: asked = 'NONE' }: TransactionRequest,
): Promise<object> {
  const gets = selects.map((select) => {
    const { key } = wholeKey(requireTable(store, select.table).description, select.where)
    const projection = select.paths && { _projection: { paths: select.paths, nestedPaths: {} } }
    return { Get: { TableName: select.table, Key: key, ...projection } }
  })
  const answer = (await transactGetItems(store, {
    TransactItems: gets,
    ReturnConsumedCapacity: asked,
  })) as { Responses: { Item?: Item }[]; ConsumedCapacity?: ReturnType<typeof consumedList> }
  const { Responses: found, ConsumedCapacity: used } = answer
  return {
    Responses: found.map(({ Item: item }, at) => {
      const select = selects[at]
      return item && select ? { Item: shownItem(select, item) } : {}
    }),
    ...(used && { ConsumedCapacity: used }),
  }
}
