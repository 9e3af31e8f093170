import batchGet from 'dynalite/validations/batchGetItem.js'
import batchWrite from 'dynalite/validations/batchWriteItem.js'
import del from 'dynalite/validations/deleteItem.js'
import get from 'dynalite/validations/getItem.js'
import put from 'dynalite/validations/putItem.js'
import queryValidation from 'dynalite/validations/query.js'
import scanValidation from 'dynalite/validations/scan.js'
import update from 'dynalite/validations/updateItem.js'
import { complexityFault, sizeFault } from '../expressions/expression-limits.ts'
import { itemFault, selectFault } from './request-rules.ts'
import type { Rule } from './request-rules.ts'
import { fields, requiredText, ruleOf, schemaFrom } from './schema.ts'
import type { Schema } from './schema.ts'
import { onlyOneAction } from '../actions/transact-write-items.ts'
import type { TransactItem } from '../actions/transact-write-items.ts'
import type { Item } from '../types.ts'

const onFailure = {
  ReturnValuesOnConditionCheckFailure: { type: 'String', enum: ['ALL_OLD', 'NONE'] },
}

/** The most items of one transaction and the most requests of one BatchWriteItem. */
export const transactItemsMax = 100
export const batchWriteMax = 25
/** The most segments of a parallel scan. */
export const segmentsMax = 1_000_000

const updates = {
  type: 'Map<AttributeValueUpdate>',
  children: {
    type: 'ValueStruct<AttributeValueUpdate>',
    children: {
      Action: { type: 'String', enum: ['ADD', 'PUT', 'DELETE'] },
      Value: 'AttrStruct<FieldStruct>',
    },
  },
}

export const putItem = schemaFrom(put, onFailure, operatorFault)
export const updateItem = schemaFrom(
  update,
  { ...onFailure, AttributeUpdates: updates },
  operatorFault,
)
export const deleteItem = schemaFrom(del, onFailure, returnFault, operatorFault)
export const getItem = schemaFrom(get)
export const query = schemaFrom(queryValidation, {}, selectFault, operatorFault)
export const scan = schemaFrom(
  scanValidation,
  {
    ConsistentRead: 'Boolean',
    Segment: { type: 'Integer', greaterThanOrEqual: 0, lessThanOrEqual: segmentsMax - 1 },
    TotalSegments: { type: 'Integer', greaterThanOrEqual: 1, lessThanOrEqual: segmentsMax },
  },
  selectFault,
  operatorFault,
)
export const batchGetItem = schemaFrom(batchGet, {}, batchGetFault)
export const batchWriteItem = schemaFrom(batchWrite, {}, batchWriteFault)

function returnFault({ ReturnValues: asked = 'NONE' }: { ReturnValues?: string }) {
  return asked === 'NONE' || asked === 'ALL_OLD'
    ? undefined
    : 'ReturnValues can only be ALL_OLD or NONE'
}

interface OldForm {
  ConditionalOperator?: string
  Expected?: object
  QueryFilter?: object
  ScanFilter?: object
}

function operatorFault(request: OldForm): string | undefined {
  if (request.ConditionalOperator === undefined) return undefined
  const conditions = request.Expected ?? request.QueryFilter ?? request.ScanFilter
  if (conditions === undefined) {
    return 'ConditionalOperator cannot be used without Filter or Expected'
  }
  return Object.keys(conditions).length < 2
    ? 'ConditionalOperator can only be used when Filter or Expected has two or more elements'
    : undefined
}

function batchGetFault({ RequestItems: tables }: { RequestItems: Record<string, object> }) {
  for (const part of Object.values(tables)) {
    const message = sizeFault(part) ?? complexityFault(part)
    if (message !== undefined) return message
  }
  return undefined
}

interface BatchEntry {
  PutRequest?: { Item: Item }
  DeleteRequest?: object
}

function batchWriteFault({ RequestItems: tables }: { RequestItems: Record<string, BatchEntry[]> }) {
  const entries = Object.values(tables).flat()
  if (entries.length > batchWriteMax) {
    return 'Too many items requested for the BatchWriteItem call'
  }
  if (entries.some(({ PutRequest: one, DeleteRequest: other }) => one && other)) {
    return 'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes'
  }
  for (const entry of entries) {
    const message = itemFault(entry.PutRequest?.Item)
    if (message !== undefined) return message
  }
  return undefined
}

const common = [
  'TableName',
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
]
const keyed = { ...fields(del.types, [...common, 'Key']), ...onFailure }

export const transactWriteItems: Schema = {
  types: {
    ...fields(put.types, ['ReturnConsumedCapacity', 'ReturnItemCollectionMetrics']),
    ClientRequestToken: {
      type: 'String',
      lengthGreaterThanOrEqual: 1,
      lengthLessThanOrEqual: 36,
    },
    TransactItems: transactItems('TransactWriteItem', {
      ConditionCheck: part('ConditionCheck', { ...keyed, ConditionExpression: requiredText }),
      Put: part('Put', { ...fields(put.types, [...common, 'Item']), ...onFailure }),
      Delete: part('Delete', keyed),
      Update: part('Update', { ...keyed, UpdateExpression: requiredText }),
    }),
  },
  custom: transactWriteFault,
}

function transactItems(name: string, children: object): object {
  return {
    type: 'List',
    notNull: true,
    lengthGreaterThanOrEqual: 1,
    lengthLessThanOrEqual: transactItemsMax,
    children: { type: `ValueStruct<${name}>`, children },
  }
}

function part(name: string, children: object): object {
  return { type: `FieldStruct<${name}>`, children }
}

const rules: Record<keyof TransactItem, Rule> = {
  Put: ruleOf(put),
  Update: ruleOf(update),
  Delete: ruleOf(del),
  ConditionCheck: ruleOf(del),
}

function transactWriteFault({ TransactItems: items }: { TransactItems: TransactItem[] }) {
  if (items.some((item) => Object.keys(item).length !== 1)) return onlyOneAction
  for (const item of items) {
    for (const [name, rule] of Object.entries(rules)) {
      const action = item[name as keyof TransactItem]
      const message = action && rule(action as never)
      if (message !== undefined) return message
    }
  }
  return undefined
}
