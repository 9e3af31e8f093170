import { consumed, readUnits } from '../items/capacity.ts'
import { project } from '../expressions/documents.ts'
import type { Expressions } from '../expressions/expressions.ts'
import { itemSize } from '../items/item-size.ts'
import { itemKey } from '../items/keys.ts'
import { checkKey, checkNestedPaths } from '../tables/schema-rules.ts'
import { requireTable } from '../store.ts'
import type { Store } from '../store.ts'
import type { Item, Table } from '../types.ts'
import type { ReturnConsumedCapacity } from '../items/write-requests.ts'

export interface GetRequest extends Expressions {
  TableName: string
  Key: Item
  AttributesToGet?: string[]
  ConsistentRead?: boolean
  ReturnConsumedCapacity?: ReturnConsumedCapacity
}

/** GetItem. */
export function getItem(store: Store, request: GetRequest): object {
  const table = requireTable(store, request.TableName)
  const item = readItem(store, table, request)
  const units = readUnits(item ? itemSize(item) : 0, request.ConsistentRead)
  const usage = { tableName: table.description.TableName, units }
  return {
    ...(item === undefined ? {} : { Item: selected(request, item) }),
    ConsumedCapacity: consumed(usage, request.ReturnConsumedCapacity),
  }
}

/** Reads one whole item; refuses a key that does not fit the table. */
export function readItem(
  store: Store,
  { description }: Table,
  request: Expressions & { Key: Item },
): Item | undefined {
  checkKey(description, request.Key)
  checkNestedPaths(description, request._projection?.nestedPaths)
  return store.get(itemKey(description, request.Key)) as Item | undefined
}

/** The attributes of an item that a read asked for. */
export function selected(request: Expressions & { AttributesToGet?: string[] }, item: Item): Item {
  const paths = request._projection?.paths ?? request.AttributesToGet?.map((name) => [name])
  return paths === undefined ? item : project(paths, item)
}
