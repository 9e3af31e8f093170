import { consumed, readUnits, sumUsages } from '../items/capacity.ts'
import { asWritten } from '../expressions/expressions.ts'
import { itemSize } from '../items/item-size.ts'
import { readItem, selected } from './read-item.ts'
import type { GetRequest } from './read-item.ts'
import { requireTable } from '../store.ts'
import type { Store } from '../store.ts'
import type { Item } from '../types.ts'
import type { ReturnConsumedCapacity } from '../items/write-requests.ts'

/** The most bytes of items that one BatchGetItem returns; the rest are unprocessed keys. */
export const batchBytesMax = 16 * 1024 * 1024

type TableKeys = Omit<GetRequest, 'Key' | 'TableName'> & { Keys: Item[] }

export interface BatchGetRequest {
  RequestItems: Record<string, TableKeys>
  ReturnConsumedCapacity?: ReturnConsumedCapacity
}

/** BatchGetItem: what exceeds the size limit comes back as unprocessed keys. */
export function batchGetItem(store: Store, request: BatchGetRequest): object {
  const responses: Record<string, Item[]> = {}
  const unprocessed: Record<string, object> = {}
  const usages = []
  let bytes = 0
  for (const [name, asked] of Object.entries(request.RequestItems)) {
    const table = requireTable(store, name)
    const items = asked.Keys.map((key) => readItem(store, table, { ...asked, Key: key }))
    const sizes = items.map((item) => (item === undefined ? 0 : itemSize(item)))
    const rest: Item[] = []
    const found: Item[] = []
    for (const [at, key] of asked.Keys.entries()) {
      const size = sizes[at] ?? 0
      if (bytes + size > batchBytesMax) {
        rest.push(key)
        continue
      }
      bytes += size
      const units = readUnits(size, asked.ConsistentRead)
      usages.push({ tableName: table.description.TableName, units })
      const item = items[at]
      if (item !== undefined) found.push(selected(asked, item))
    }
    responses[name] = found
    if (rest.length > 0) unprocessed[name] = { ...asWritten(asked), Keys: rest }
  }
  return {
    Responses: responses,
    UnprocessedKeys: unprocessed,
    ConsumedCapacity: consumedList(sumUsages(usages), request.ReturnConsumedCapacity),
  }
}

/** The ConsumedCapacity of calls that may touch several tables. */
export function consumedList(
  usages: Parameters<typeof consumed>[0][],
  asked: ReturnConsumedCapacity | undefined,
  kind?: 'Read' | 'Write',
): object[] | undefined {
  if (asked === undefined || asked === 'NONE') return undefined
  return usages.map((usage) => consumed(usage, asked, kind) ?? {})
}
