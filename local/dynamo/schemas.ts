import batchGet from 'dynalite/validations/batchGetItem.js'
import batchWrite from 'dynalite/validations/batchWriteItem.js'
import create from 'dynalite/validations/createTable.js'
import del from 'dynalite/validations/deleteItem.js'
import describe from 'dynalite/validations/describeTable.js'
import get from 'dynalite/validations/getItem.js'
import list from 'dynalite/validations/listTables.js'
import listTagsValidation from 'dynalite/validations/listTagsOfResource.js'
import put from 'dynalite/validations/putItem.js'
import queryValidation from 'dynalite/validations/query.js'
import scanValidation from 'dynalite/validations/scan.js'
import tag from 'dynalite/validations/tagResource.js'
import untag from 'dynalite/validations/untagResource.js'
import update from 'dynalite/validations/updateItem.js'
import { itemSizeMax } from './item-size.ts'
import { onlyOneAction } from './transact-write-items.ts'
import type { TransactItem } from './transact-write-items.ts'

/** What dynalite's validation reads: the fields of a request and rules beyond their types. */
export interface Schema {
  types: object
  custom?: (data: never) => string | undefined
}

type Validation = typeof put
const store = { options: { maxItemSize: itemSizeMax }, tableDb: { awsAccountId: '000000000000' } }

function from({ types, custom }: Validation, more: object = {}): Schema {
  return {
    types: { ...types, ...more },
    ...(custom && { custom: (data) => custom(data, store as never) }),
  }
}

const onFailure = {
  ReturnValuesOnConditionCheckFailure: { type: 'String', enum: ['ALL_OLD', 'NONE'] },
}
const throughput = {
  type: 'FieldStruct<OnDemandThroughput>',
  children: { MaxReadRequestUnits: 'Long', MaxWriteRequestUnits: 'Long' },
}
const warmThroughput = {
  type: 'FieldStruct<WarmThroughput>',
  children: { ReadUnitsPerSecond: 'Long', WriteUnitsPerSecond: 'Long' },
}

export const putItem = from(put, onFailure)
export const updateItem = from(update, onFailure)
export const deleteItem = from(del, onFailure)
export const getItem = from(get)
export const batchGetItem = from(batchGet)
export const batchWriteItem = from(batchWrite)
export const query = from(queryValidation)
export const scan = from(scanValidation, { ConsistentRead: 'Boolean' })
export const listTables = from(list)
export const tableOnly = from(describe)
export const tagResource = from(tag)
export const untagResource = from(untag)
export const listTags = from(listTagsValidation)

export const createTable = from(create, {
  StreamSpecification: {
    type: 'FieldStruct<StreamSpecification>',
    children: {
      StreamEnabled: { type: 'Boolean', notNull: true },
      StreamViewType: {
        type: 'String',
        enum: ['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY'],
      },
    },
  },
  DeletionProtectionEnabled: 'Boolean',
  TableClass: { type: 'String', enum: ['STANDARD', 'STANDARD_INFREQUENT_ACCESS'] },
  SSESpecification: {
    type: 'FieldStruct<SSESpecification>',
    children: { Enabled: 'Boolean', SSEType: 'String', KMSMasterKeyId: 'String' },
  },
  Tags: {
    type: 'List',
    children: { type: 'ValueStruct<Tag>', children: { Key: 'String', Value: 'String' } },
  },
  OnDemandThroughput: throughput,
  WarmThroughput: warmThroughput,
})

export const updateTimeToLive: Schema = {
  types: {
    ...describe.types,
    TimeToLiveSpecification: {
      type: 'FieldStruct<TimeToLiveSpecification>',
      notNull: true,
      children: {
        Enabled: { type: 'Boolean', notNull: true },
        AttributeName: {
          type: 'String',
          notNull: true,
          lengthGreaterThanOrEqual: 1,
          lengthLessThanOrEqual: 255,
        },
      },
    },
  },
}

function part(types: object, names: string[]): object {
  const kept = Object.entries({ ...types, ...onFailure }).filter(([name]) => names.includes(name))
  return Object.fromEntries(kept)
}

const common = [
  'TableName',
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValuesOnConditionCheckFailure',
]
const updateTypes = part(update.types, [...common, 'Key', 'UpdateExpression'])
const deleteTypes = part(del.types, [...common, 'Key'])
const required = { type: 'String', notNull: true }
const reporting = part(put.types, ['ReturnConsumedCapacity', 'ReturnItemCollectionMetrics'])

/** The most items of one transaction. */
const transactItemsMax = 100

export const transactWriteItems: Schema = {
  types: {
    ...reporting,
    ClientRequestToken: {
      type: 'String',
      lengthGreaterThanOrEqual: 1,
      lengthLessThanOrEqual: 36,
    },
    TransactItems: {
      type: 'List',
      notNull: true,
      lengthGreaterThanOrEqual: 1,
      lengthLessThanOrEqual: transactItemsMax,
      children: {
        type: 'ValueStruct<TransactWriteItem>',
        children: {
          ConditionCheck: {
            type: 'FieldStruct<ConditionCheck>',
            children: { ...deleteTypes, ConditionExpression: required },
          },
          Put: { type: 'FieldStruct<Put>', children: part(put.types, [...common, 'Item']) },
          Delete: { type: 'FieldStruct<Delete>', children: deleteTypes },
          Update: {
            type: 'FieldStruct<Update>',
            children: { ...updateTypes, UpdateExpression: required },
          },
        },
      },
    },
  },
  custom: checkTransactItems as Schema['custom'] & {},
}

function checkTransactItems({
  TransactItems: items,
}: {
  TransactItems: TransactItem[]
}): string | undefined {
  if (items.some((item) => Object.keys(item).length !== 1)) return onlyOneAction
  for (const {
    Put: putPart,
    Update: updatePart,
    Delete: deletePart,
    ConditionCheck: check,
  } of items) {
    const message =
      (putPart && put.custom?.(putPart as never, store as never)) ??
      (updatePart && update.custom?.(updatePart as never, store as never)) ??
      (deletePart && del.custom?.(deletePart as never, store as never)) ??
      (check && del.custom?.(check as never, store as never))
    if (message !== undefined) return message
  }
  return undefined
}

export const transactGetItems: Schema = {
  types: {
    ...part(put.types, ['ReturnConsumedCapacity']),
    TransactItems: {
      type: 'List',
      notNull: true,
      lengthGreaterThanOrEqual: 1,
      lengthLessThanOrEqual: transactItemsMax,
      children: {
        type: 'ValueStruct<TransactGetItem>',
        children: {
          Get: {
            type: 'FieldStruct<Get>',
            notNull: true,
            children: part(get.types, [
              'TableName',
              'Key',
              'ProjectionExpression',
              'ExpressionAttributeNames',
            ]),
          },
        },
      },
    },
  },
  custom: ((data: { TransactItems: { Get: object }[] }) => {
    for (const { Get: getPart } of data.TransactItems) {
      const message = get.custom?.(getPart as never, store as never)
      if (message !== undefined) return message
    }
    return undefined
  }) as Schema['custom'] & {},
}

const arn = {
  type: 'String',
  notNull: true,
  lengthGreaterThanOrEqual: 37,
  lengthLessThanOrEqual: 1024,
}
const shardIdType = { type: 'String', lengthGreaterThanOrEqual: 28, lengthLessThanOrEqual: 65 }

export const listStreams: Schema = {
  types: {
    TableName: {
      type: 'String',
      regex: '[a-zA-Z0-9_.-]+',
      lengthGreaterThanOrEqual: 3,
      lengthLessThanOrEqual: 255,
    },
    Limit: { type: 'Integer', greaterThanOrEqual: 1, lessThanOrEqual: 100 },
    ExclusiveStartStreamArn: { ...arn, notNull: undefined },
  },
}
export const describeStream: Schema = {
  types: {
    StreamArn: arn,
    Limit: { type: 'Integer', greaterThanOrEqual: 1, lessThanOrEqual: 100 },
    ExclusiveStartShardId: shardIdType,
  },
}
export const getShardIterator: Schema = {
  types: {
    StreamArn: arn,
    ShardId: { ...shardIdType, notNull: true },
    ShardIteratorType: {
      type: 'String',
      notNull: true,
      enum: ['AFTER_SEQUENCE_NUMBER', 'LATEST', 'AT_SEQUENCE_NUMBER', 'TRIM_HORIZON'],
    },
    SequenceNumber: { type: 'String', lengthGreaterThanOrEqual: 21, lengthLessThanOrEqual: 40 },
  },
}
export const getRecords: Schema = {
  types: {
    ShardIterator: {
      type: 'String',
      notNull: true,
      lengthGreaterThanOrEqual: 1,
      lengthLessThanOrEqual: 2048,
    },
    Limit: { type: 'Integer', greaterThanOrEqual: 1, lessThanOrEqual: 1000 },
  },
}
