import { ApiError, dynamoError, validationError } from '../errors.ts'
import type { Path } from '../expressions/expressions.ts'
import { keyNames } from '../items/keys.ts'
import { valueAt } from '../expressions/documents.ts'
import { parseStatement } from './partiql-parser.ts'
import type { Select, Statement } from './partiql-parser.ts'
import { asCondition, planWriting, splitKey, splitSort } from './partiql-plan.ts'
import type { Write } from './partiql-plan.ts'
import type { PageRequest } from '../actions/page.ts'
import { query } from '../actions/query.ts'
import type { QueryRequest } from '../actions/query.ts'
import { scan } from '../actions/scan.ts'
import { itemFault } from '../requests/request-rules.ts'
import { requireTable } from '../store.ts'
import type { Store } from '../store.ts'
import type { AttributeValue, Item, Table } from '../types.ts'
import { deleteItem, putItem, updateItem } from '../actions/write-item.ts'
import type { ReturnConsumedCapacity } from '../items/write-requests.ts'

/** One statement with the values of its question marks. */
export interface Parameterized {
  Statement: string
  Parameters?: AttributeValue[]
  ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE'
}

export interface ExecuteRequest extends Parameterized {
  ConsistentRead?: boolean
  NextToken?: string
  Limit?: number
  ReturnConsumedCapacity?: ReturnConsumedCapacity
}

/** ExecuteStatement: a query or scan in pages, or a write of one item. */
export async function executeStatement(store: Store, request: ExecuteRequest): Promise<object> {
  const statement = parseStatement(request.Statement, request.Parameters)
  if (statement.kind === 'select') return executeSelect(store, statement, request)
  if (statement.kind === 'exists') {
    throw validationError('EXISTS can only be used in a transaction')
  }
  const write = planned(store, statement, request)
  const answer = await runWrite(store, write, request.ReturnConsumedCapacity)
  const { Attributes: item, ConsumedCapacity: used } = answer
  return {
    Items: item === undefined ? [] : [item],
    ...(used !== undefined && { ConsumedCapacity: used }),
  }
}

interface Written {
  Attributes?: Item
  ConsumedCapacity?: object
}

/** Runs a planned write of one item; an item that is there already refuses an INSERT. */
export async function runWrite(
  store: Store,
  { kind, request }: Write,
  capacity: ReturnConsumedCapacity | undefined,
): Promise<Written> {
  const whole = { ...request, ...(capacity !== undefined && { ReturnConsumedCapacity: capacity }) }
  if (kind === 'Update') return updateItem(store, whole as typeof request)
  if (kind !== 'Put')
    return deleteItem(store, whole as Extract<Write, { kind: 'Delete' }>['request'])
  try {
    return await putItem(store, whole as typeof request)
  } catch (error) {
    throw isConditionFailure(error) ? duplicateItem() : error
  }
}

function isConditionFailure(error: unknown): boolean {
  return error instanceof ApiError && error.body.__type.endsWith('ConditionalCheckFailedException')
}

export const duplicateMessage = 'Duplicate primary key exists in table'

function duplicateItem(): Error {
  return dynamoError('DuplicateItemException', duplicateMessage)
}

/** Turns a parsed statement into a write, with what the caller asks for on failure. */
export function planned(
  store: Store,
  statement: Exclude<Statement, Select>,
  {
    ReturnValuesOnConditionCheckFailure: onFailure,
  }: Pick<Parameterized, 'ReturnValuesOnConditionCheckFailure'>,
): Write {
  const name = statement.kind === 'exists' ? statement.select.table : statement.table
  const write = planWriting(requireTable(store, name).description, statement)
  if (write.kind === 'Put') {
    const fault = itemFault(write.request.Item)
    if (fault !== undefined) throw validationError(fault)
  }
  if (statement.kind === 'delete' && ![undefined, 'ALL_OLD'].includes(statement.returning)) {
    throw validationError('DELETE statement only supports RETURNING ALL OLD *')
  }
  if (onFailure !== undefined) write.request.ReturnValuesOnConditionCheckFailure = onFailure
  return write
}

/** Reads one page of what a SELECT finds. */
export async function executeSelect(
  store: Store,
  select: Select,
  request: ExecuteRequest,
): Promise<object> {
  const page = await readSelected(store, select, request)
  const { Items: items, LastEvaluatedKey: last, ConsumedCapacity: used } = page
  return {
    Items: items.map((item) => shownItem(select, item)),
    ...(last !== undefined && { NextToken: tokenOf(last), LastEvaluatedKey: last }),
    ...(used !== undefined && { ConsumedCapacity: used }),
  }
}

interface Page {
  Items: Item[]
  LastEvaluatedKey?: Item
  ConsumedCapacity?: object
}

function readSelected(store: Store, select: Select, request: ExecuteRequest): Promise<Page> {
  const table = requireTable(store, select.table)
  const names = keysOf(table, select)
  const { key, rest } = splitKey(names.slice(0, 1), select.where)
  const common: PageRequest = {
    TableName: select.table,
    ...(select.index !== undefined && { IndexName: select.index }),
    ...(request.Limit !== undefined && { Limit: request.Limit }),
    ...(request.ConsistentRead !== undefined && { ConsistentRead: request.ConsistentRead }),
    ...(request.NextToken !== undefined && { ExclusiveStartKey: keyOfToken(request.NextToken) }),
    ...(request.ReturnConsumedCapacity !== undefined && {
      ReturnConsumedCapacity: request.ReturnConsumedCapacity,
    }),
    ...(select.paths && { _projection: { paths: select.paths, nestedPaths: {} } }),
  }
  const [partition = '', sort] = names
  const value = key[partition]
  if (value === undefined) {
    if (select.reverse !== undefined) {
      throw validationError(
        'Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.',
      )
    }
    const filter = rest.length > 0 && { _filter: asCondition(rest) }
    return scan(store, { ...common, ...filter }) as Promise<Page>
  }
  const sorted = sort === undefined ? { rest } : splitSort(sort, rest)
  const found: QueryRequest = {
    ...common,
    KeyConditions: {
      [partition]: { ComparisonOperator: 'EQ', AttributeValueList: [value] },
      ...(sort !== undefined && sorted.condition && { [sort]: sorted.condition }),
    },
    ScanIndexForward: select.reverse !== true,
    ...(sorted.rest.length > 0 && { _filter: asCondition(sorted.rest) }),
  }
  return query(store, found) as Promise<Page>
}

function keysOf({ description }: Table, { index: name }: Select): string[] {
  if (name === undefined) return keyNames(description)
  const { GlobalSecondaryIndexes: global = [], LocalSecondaryIndexes: local = [] } = description
  const index = [...global, ...local].find((one) => one.IndexName === name)
  return keyNames(index ?? description)
}

/** A selected path is shown under its last name. */
export function shownItem({ paths }: Select, item: Item): Item {
  if (paths?.every((path) => path.length === 1) !== false) return item
  // A projection closes lists up, so positions are all the first that is left.
  const closed = (path: Path) => path.map((piece) => (typeof piece === 'number' ? 0 : piece))
  const entries = paths.flatMap((path, at): [string, AttributeValue][] => {
    const value = valueAt(closed(path), item)
    const last = path.at(-1)
    const name = typeof last === 'number' ? `_${at + 1}` : String(last)
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(entries)
}

function tokenOf(position: Item): string {
  return Buffer.from(JSON.stringify(position)).toString('base64')
}

function keyOfToken(token: string): Item {
  try {
    return JSON.parse(Buffer.from(token, 'base64').toString()) as Item
  } catch {
    throw validationError('Invalid NextToken')
  }
}
