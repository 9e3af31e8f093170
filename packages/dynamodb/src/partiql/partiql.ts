import { ApiError, dynamoError, validationError } from '../errors.ts'
import type { Statement } from './partiql-parser.ts'
import { planWriting } from './partiql-plan.ts'
import type { Write } from './partiql-plan.ts'
import { itemFault } from '../requests/request-rules.ts'
import { requireTable } from '../store.ts'
import type { Store } from '../store.ts'
import type { AttributeValue, Item } from '../types.ts'
import { deleteItem, putItem, updateItem } from '../actions/write-item.ts'
import type { ReturnConsumedCapacity } from '../items/write-requests.ts'

/** One statement with the values of its question marks. */
export interface Parameterized {
  Statement: string
  Parameters?: AttributeValue[]
  ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE'
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
  if (kind === 'Delete') return deleteItem(store, whole as typeof request)
  try {
    return await putItem(store, whole as typeof request)
  } catch (error) {
    throw isConditionFailure(error) ? duplicateItem() : error
  }
}

function isConditionFailure(error: unknown): boolean {
  return error instanceof ApiError && error.body.__type.endsWith('ConditionalCheckFailedException')
}

function duplicateItem(): Error {
  return dynamoError('DuplicateItemException', 'Duplicate primary key exists in table')
}

/** Turns a parsed statement into a write, with what the caller asks for on failure. */
export function planned(
  store: Store,
  statement: Statement,
  {
    ReturnValuesOnConditionCheckFailure: onFailure,
  }: Pick<Parameterized, 'ReturnValuesOnConditionCheckFailure'>,
): Write {
  const write = planWriting(requireTable(store, statement.table).description, statement)
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
