import dynalite from 'dynalite/db/index.js'
import { ApiError, validationError } from '../errors.ts'
import { consumed, readUnits } from '../items/capacity.ts'
import { matches, matchesAll } from '../expressions/conditions.ts'
import type { Expectation } from '../expressions/conditions.ts'
import type { Expressions } from '../expressions/expressions.ts'
import { itemSize } from '../items/item-size.ts'
import { keyNames, keyOfItem } from '../items/keys.ts'
import { selected } from './read-item.ts'
import { requireTable } from '../store.ts'
import type { Range, Store } from '../store.ts'
import { checkKey, checkNestedPaths } from '../tables/schema-rules.ts'
import type { Item, Table } from '../types.ts'
import type { ReturnConsumedCapacity } from '../items/write-requests.ts'

/** A page ends with the item that fills it. */
export const pageBytesMax = 1024 * 1024

/** What Query and Scan share. */
export interface PageRequest extends Expressions {
  TableName: string
  IndexName?: string
  Select?: 'ALL_ATTRIBUTES' | 'ALL_PROJECTED_ATTRIBUTES' | 'SPECIFIC_ATTRIBUTES' | 'COUNT'
  AttributesToGet?: string[]
  Limit?: number
  ExclusiveStartKey?: Item
  ConsistentRead?: boolean
  ConditionalOperator?: 'AND' | 'OR'
  QueryFilter?: Record<string, Expectation>
  ScanFilter?: Record<string, Expectation>
  ReturnConsumedCapacity?: ReturnConsumedCapacity
}

/** Finds the table that a Query or Scan reads; refuses every index, since no table has any. */
export function findTable(store: Store, request: PageRequest): Table {
  const table = requireTable(store, request.TableName)
  const { IndexName: name } = request
  if (name === undefined) return table
  throw validationError(`The table does not have the specified index: ${name}`)
}

/** Refuses paths into keys where attributes are chosen. */
export function checkSelection(request: PageRequest, { description }: Table): void {
  checkNestedPaths(description, request._projection?.nestedPaths)
  checkNestedPaths(description, request._filter?.nestedPaths)
}

/** Refuses a start key that is no position in the table. */
export function checkStartKey({ description }: Table, start: Item | undefined): void {
  if (start === undefined) return
  try {
    checkKey(description, start)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    throw validationError(`The provided starting key is invalid: ${String(error.body['message'])}`)
  }
}

/** Reads one page of a range: by limit or size, filtered, with the position to go on from. */
export async function readPage(
  store: Store,
  request: PageRequest,
  { table, range }: { table: Table; range: Range },
): Promise<object> {
  const { description } = table
  const rows: Item[] = []
  const bytes = { read: 0, page: 0 }
  const sortKey = keyNames(description)[1]
  let full = false
  for await (const [, row] of store.range(range)) {
    const item = row as Item
    rows.push(item)
    bytes.read += itemSize(item)
    bytes.page += dynalite.itemSize(item, true, true, sortKey)
    full = rows.length === request.Limit || bytes.page >= pageBytesMax
    if (full) break
  }
  const items = rows.filter((item) => passes(request, item))
  const lastRow = rows.at(-1)
  const usage = {
    tableName: description.TableName,
    units: readUnits(bytes.read, request.ConsistentRead),
  }
  return {
    Count: items.length,
    ScannedCount: rows.length,
    ...(request.Select === 'COUNT' ? {} : { Items: items.map((item) => selected(request, item)) }),
    ...(full && lastRow !== undefined ? { LastEvaluatedKey: keyOfItem(description, lastRow) } : {}),
    ConsumedCapacity: consumed(usage, request.ReturnConsumedCapacity),
  }
}

function passes(request: PageRequest, item: Item): boolean {
  if (request._filter !== undefined) return matches(request._filter.expression, item)
  return matchesAll(request.QueryFilter ?? request.ScanFilter, request.ConditionalOperator, item)
}
