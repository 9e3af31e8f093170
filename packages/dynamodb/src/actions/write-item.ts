import { consumed, writeUsage } from '../items/capacity.ts'
import { commit } from '../items/commit.ts'
import { project } from '../expressions/documents.ts'
import type { Path } from '../expressions/expressions.ts'
import { planDelete, planPut, planUpdate } from '../items/plan-write.ts'
import type { PlannedWrite } from '../items/plan-write.ts'
import { requireTable } from '../store.ts'
import type { Store } from '../store.ts'
import type { Item } from '../types.ts'
import type {
  DeleteRequest,
  PutRequest,
  UpdateRequest,
  WriteRequest,
} from '../items/write-requests.ts'

/** PutItem. */
export function putItem(store: Store, request: PutRequest): Promise<object> {
  return writeOne(store, () => planPut(requireTable(store, request.TableName), request))
}

/** DeleteItem; deleting what is not there succeeds. */
export function deleteItem(store: Store, request: DeleteRequest): Promise<object> {
  return writeOne(store, () => planDelete(requireTable(store, request.TableName), request))
}

/** UpdateItem. */
export function updateItem(store: Store, request: UpdateRequest): Promise<object> {
  const paths: Path[] =
    request._updates?.paths ?? Object.keys(request.AttributeUpdates ?? {}).map((name) => [name])
  const plan = () => planUpdate(requireTable(store, request.TableName), request)
  return writeOne(store, plan, paths)
}

async function writeOne(
  store: Store,
  toPlan: () => PlannedWrite,
  paths: Path[] = [],
): Promise<object> {
  return store.exclusively(async () => {
    const plan = toPlan()
    const { table, request } = plan
    const before = store.get(plan.key) as Item | undefined
    const after = plan.next(before)
    await commit(store, [{ table, before, after }])
    const attributes = returned(request, { before, after, paths })
    const usage = writeUsage(table, before, after)
    return {
      ...(attributes === undefined ? {} : { Attributes: attributes }),
      ConsumedCapacity: consumed(usage, request.ReturnConsumedCapacity),
    }
  })
}

interface Written {
  before: Item | undefined
  after: Item | undefined
  paths: Path[]
}

function returned(request: WriteRequest, { before, after, paths }: Written): Item | undefined {
  switch (request.ReturnValues) {
    case 'ALL_OLD':
      return before
    case 'ALL_NEW':
      return after
    case 'UPDATED_OLD':
      return some(before && project(paths, before))
    case 'UPDATED_NEW':
      return some(after && project(paths, after))
    case 'NONE':
    case undefined:
      return undefined
    default:
      return request.ReturnValues satisfies never
  }
}

function some(item: Item | undefined): Item | undefined {
  return item === undefined || Object.keys(item).length === 0 ? undefined : item
}
