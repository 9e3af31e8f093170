import { applyAttributeUpdates, applySections } from '../expressions/apply-updates.ts'
import { holds } from '../expressions/conditions.ts'
import type { Conditional } from '../expressions/conditions.ts'
import { conditionFailed, invalidParameter, validationError } from '../errors.ts'
import { itemSize, itemSizeMax } from './item-size.ts'
import { itemKey, keyNames } from './keys.ts'
import { nesting, nestingMax, tooNested } from '../requests/request-rules.ts'
import { checkItem, checkKey, checkNestedPaths } from '../tables/schema-rules.ts'
import type { Item, Table, TableDescription } from '../types.ts'
import type { DeleteRequest, PutRequest, UpdateRequest, WriteRequest } from './write-requests.ts'

/** A write whose request fits its table; what it does depends on the item it finds. */
export interface PlannedWrite {
  table: Table
  /** Where the item is stored. */
  key: string
  request: WriteRequest
  /** The item afterwards; refuses when the condition does not hold or the update does not fit. */
  next: (before: Item | undefined) => Item | undefined
}

/** Plans PutItem: the whole item is replaced. */
export function planPut(table: Table, request: PutRequest): PlannedWrite {
  checkItem(table.description, request.Item)
  return planned(table, request, () => request.Item)
}

/** Plans DeleteItem: no item is left. */
export function planDelete(table: Table, request: DeleteRequest): PlannedWrite {
  checkKey(table.description, request.Key)
  return planned(table, request, () => undefined)
}

/** Plans a condition check of a transaction: nothing changes. */
export function planCheck(table: Table, request: DeleteRequest): PlannedWrite {
  checkKey(table.description, request.Key)
  return planned(table, request, (before) => before)
}

/** Plans UpdateItem: attributes change, the item is created when there is none. */
export function planUpdate(table: Table, request: UpdateRequest): PlannedWrite {
  checkKey(table.description, request.Key)
  checkUpdates(table.description, request)
  return planned(table, request, (before) => {
    const old = before ?? request.Key
    const item =
      request._updates === undefined
        ? applyAttributeUpdates(request.AttributeUpdates ?? {}, old)
        : applySections(request._updates.sections, old)
    if (Object.values(item).some((value) => nesting(value) > nestingMax)) {
      throw validationError(tooNested)
    }
    if (itemSize(item) > itemSizeMax) {
      throw validationError('Item size to update has exceeded the maximum allowed size')
    }
    return item
  })
}

// Shared by the four kinds of write.
function planned(
  table: Table,
  request: WriteRequest & ({ Item: Item } | { Key: Item }),
  apply: PlannedWrite['next'],
): PlannedWrite {
  checkNestedPaths(table.description, request._condition?.nestedPaths)
  return {
    table,
    request,
    key: itemKey(table.description, 'Item' in request ? request.Item : request.Key),
    next(before) {
      if (!holds(request, before)) throw conditionFailed(shown(request, before))
      return apply(before)
    },
  }
}

function shown(
  request: Conditional & { ReturnValuesOnConditionCheckFailure?: string },
  before: Item | undefined,
): Item | undefined {
  return request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? before : undefined
}

function checkUpdates(table: TableDescription, request: UpdateRequest): void {
  const heads = new Set(
    request._updates === undefined
      ? Object.keys(request.AttributeUpdates ?? {})
      : request._updates.sections.map((section) => String(section.path[0])),
  )
  for (const name of keyNames(table)) {
    if (heads.has(name)) {
      throw invalidParameter(`Cannot update attribute ${name}. This attribute is part of the key`)
    }
  }
  checkNestedPaths(table, request._updates?.nestedPaths)
}
