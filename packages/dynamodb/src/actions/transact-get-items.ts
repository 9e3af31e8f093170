import { consumedList } from './batch-get-item.ts'
import { readUnits, sumUsages, tableUsage } from '../items/capacity.ts'
import { itemSize } from '../items/item-size.ts'
import { itemKey } from '../items/keys.ts'
import { readItem, selected } from './read-item.ts'
import type { GetRequest } from './read-item.ts'
import { requireTable } from '../store.ts'
import type { Store } from '../store.ts'
import { allOrCancel, refuseRepeatedKeys, transactionFactor } from './transact-write-items.ts'
import type { ReturnConsumedCapacity } from '../items/write-requests.ts'

export interface TransactGetRequest {
  TransactItems: { Get: GetRequest }[]
  ReturnConsumedCapacity?: ReturnConsumedCapacity
}

/** TransactGetItems: between two writers, so that all items are of one moment. */
export function transactGetItems(store: Store, request: TransactGetRequest): Promise<object> {
  return store.exclusively(() => Promise.resolve(readAll(store, request)))
}

function readAll(store: Store, request: TransactGetRequest): object {
  const gets = allOrCancel(request.TransactItems, ({ Get: get }) => {
    const table = requireTable(store, get.TableName)
    return { get, table, item: readItem(store, table, get) }
  })
  refuseRepeatedKeys(gets.map(({ get, table }) => itemKey(table.description, get.Key)))
  const usages = gets.map(({ table, item }) =>
    tableUsage(table.description.TableName, readUnits(item ? itemSize(item) : 0, true)),
  )
  return {
    Responses: gets.map(({ get, item }) =>
      item === undefined ? {} : { Item: selected(get, item) },
    ),
    ConsumedCapacity: consumedList(
      sumUsages(usages, transactionFactor),
      request.ReturnConsumedCapacity,
      'Read',
    ),
  }
}
