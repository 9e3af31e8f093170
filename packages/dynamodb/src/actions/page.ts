import dynalite from 'dynalite/db/index.js'
import { consumed } from '../items/capacity.ts'
import type { Usage } from '../items/capacity.ts'
import { matches, matchesAll } from '../expressions/conditions.ts'
import type { Expectation } from '../expressions/conditions.ts'
import type { Expressions } from '../expressions/expressions.ts'
import { itemSize } from '../items/item-size.ts'
import { itemKey, keyNames, keyOf, keyOfItem } from '../items/keys.ts'
import { selected } from './read-item.ts'
import type { Range, Store } from '../store.ts'
import type { Index, Item, Table } from '../types.ts'
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

/** The table or the index of it that is read. */
export interface Source {
  table: Table
  index?: Index
  global: boolean
}

/** The prefix of all rows of a source. */
export function prefixOf({ table, index }: Source): string {
  return index === undefined
    ? keyOf.items(table.description)
    : keyOf.index(table.description, index.IndexName)
}

/** The attributes of a position: the index's key and the table's. */
export function positionNames({ table, index }: Source): string[] {
  const names = keyNames(table.description)
  return index === undefined ? names : [...new Set([...keyNames(index), ...names])]
}

/** Reads one page of a range: by limit or size, filtered, with the position to go on from. */
export async function readPage(
  store: Store,
  request: PageRequest,
  { source, range }: { source: Source; range: Range },
): Promise<object> {
  const whole = readsWholeItems(request, source)
  const rows: Item[] = []
  const bytes = { index: 0, table: 0, page: 0 }
  const sortKey = keyNames(source.table.description)[1]
  let full = false
  for await (const [, row] of store.range(range)) {
    const entry = row as Item
    const item = whole ? fetched(store, source.table, entry) : entry
    if (source.index === undefined) bytes.table += itemSize(item)
    else bytes.index += itemSize(entry)
    if (whole) bytes.table += itemSize(item)
    rows.push(item)
    bytes.page += dynalite.itemSize(item, true, true, sortKey)
    full = rows.length === request.Limit || bytes.page >= pageBytesMax
    if (full) break
  }
  const items = rows.filter((item) => passes(request, item))
  const lastRow = rows.at(-1)
  return {
    Count: items.length,
    ScannedCount: rows.length,
    ...(request.Select === 'COUNT' ? {} : { Items: items.map((item) => selected(request, item)) }),
    ...(full && lastRow !== undefined
      ? { LastEvaluatedKey: keyOfItem(positionSchema(source), lastRow) }
      : {}),
    ConsumedCapacity: consumed(pageUsage(request, source, bytes), request.ReturnConsumedCapacity),
  }
}

function positionSchema(source: Source): { KeySchema: { AttributeName: string }[] } {
  return { KeySchema: positionNames(source).map((name) => ({ AttributeName: name })) }
}

/** A local index that does not hold everything asked for is completed from the table. */
function readsWholeItems(request: PageRequest, { table, index, global }: Source): boolean {
  if (index === undefined || global || index.Projection.ProjectionType === 'ALL') return false
  if (request.Select === 'ALL_ATTRIBUTES') return true
  const heads = selectedHeads(request)
  if (heads === undefined) return false
  const held = [
    ...keyNames(index),
    ...keyNames(table.description),
    ...(index.Projection.NonKeyAttributes ?? []),
  ]
  return heads.some((head) => !held.includes(head))
}

/** The top-level attributes that a projection names. */
export function selectedHeads(request: PageRequest): string[] | undefined {
  return request._projection?.paths.map((path) => String(path[0])) ?? request.AttributesToGet
}

function fetched(store: Store, { description }: Table, entry: Item): Item {
  return (store.get(itemKey(description, entry)) as Item | undefined) ?? entry
}

function passes(request: PageRequest, item: Item): boolean {
  if (request._filter !== undefined) return matches(request._filter.expression, item)
  return matchesAll(request.QueryFilter ?? request.ScanFilter, request.ConditionalOperator, item)
}

function pageUsage(
  request: PageRequest,
  { table, index, global }: Source,
  bytes: { index: number; table: number },
): Usage {
  const unit = request.ConsistentRead === true ? 1 : 0.5
  const units = (size: number) => Math.ceil(size / 4096) * unit
  const least = (count: number) => Math.max(count, unit)
  const usage: Usage = {
    tableName: table.description.TableName,
    table: index === undefined ? least(units(bytes.table)) : units(bytes.table),
    local: {},
    global: {},
  }
  if (index !== undefined) {
    usage[global ? 'global' : 'local'][index.IndexName] = least(units(bytes.index))
  }
  return usage
}
