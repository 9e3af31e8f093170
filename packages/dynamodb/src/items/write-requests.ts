import type { AttributeUpdate } from '../expressions/apply-updates.ts'
import type { Conditional } from '../expressions/conditions.ts'
import type { Item } from '../types.ts'

export type ReturnConsumedCapacity = 'INDEXES' | 'TOTAL' | 'NONE'

export interface WriteRequest extends Conditional {
  TableName: string
  ReturnValues?: 'NONE' | 'ALL_OLD' | 'UPDATED_OLD' | 'ALL_NEW' | 'UPDATED_NEW'
  ReturnValuesOnConditionCheckFailure?: 'NONE' | 'ALL_OLD'
  ReturnConsumedCapacity?: ReturnConsumedCapacity
  ReturnItemCollectionMetrics?: 'SIZE' | 'NONE'
}

export interface PutRequest extends WriteRequest {
  Item: Item
}

export interface UpdateRequest extends WriteRequest {
  Key: Item
  AttributeUpdates?: Record<string, AttributeUpdate>
}

export interface DeleteRequest extends WriteRequest {
  Key: Item
}
