import { consumedList } from './batch-get-item.ts'
import { sumUsages, writeUsage } from '../items/capacity.ts'
import { commit } from '../items/commit.ts'
import type { Change } from '../items/commit.ts'
import { validationError } from '../errors.ts'
import { planDelete, planPut } from '../items/plan-write.ts'
import type { PlannedWrite } from '../items/plan-write.ts'
import { checkKeyTypes } from '../tables/schema-rules.ts'
import { requireTable } from '../store.ts'
import type { Store } from '../store.ts'
import type { Item } from '../types.ts'
import type { WriteRequest } from '../items/write-requests.ts'

interface Entry {
  PutRequest?: { Item: Item }
  DeleteRequest?: { Key: Item }
}

export interface BatchWriteRequest extends Pick<WriteRequest, 'ReturnConsumedCapacity'> {
  RequestItems: Record<string, Entry[]>
}

/** BatchWriteItem: puts and deletes without conditions; here all of them are processed at once. */
export function batchWriteItem(store: Store, request: BatchWriteRequest): Promise<object> {
  return store.exclusively(async () => {
    const plans = planAll(store, request)
    const changes: Change[] = plans.map((plan) => {
      const before = store.get(plan.key) as Item | undefined
      return { table: plan.table, before, after: plan.next(before) }
    })
    await commit(store, changes)
    const usages = changes.map(({ table, before, after }) => writeUsage(table, before, after))
    return {
      UnprocessedItems: {},
      ConsumedCapacity: consumedList(sumUsages(usages), request.ReturnConsumedCapacity),
    }
  })
}

function planAll(store: Store, request: BatchWriteRequest): PlannedWrite[] {
  const plans: PlannedWrite[] = []
  const seen = new Set<string>()
  for (const [name, entries] of Object.entries(request.RequestItems)) {
    const table = requireTable(store, name)
    for (const { PutRequest: put, DeleteRequest: del } of entries) {
      if (put !== undefined) checkKeyTypes(table.description, put.Item)
      const plan =
        put === undefined
          ? planDelete(table, { TableName: name, Key: del?.Key ?? {} })
          : planPut(table, { TableName: name, Item: put.Item })
      if (seen.has(plan.key)) {
        throw validationError('Provided list of item keys contains duplicates')
      }
      seen.add(plan.key)
      plans.push(plan)
    }
  }
  return plans
}
