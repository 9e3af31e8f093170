import type { Schema } from '../requests/schema.ts'
import { limit } from '../requests/schema.ts'

const arn = { type: 'String', lengthGreaterThanOrEqual: 37, lengthLessThanOrEqual: 1024 }
const shardId = { type: 'String', lengthGreaterThanOrEqual: 28, lengthLessThanOrEqual: 65 }

export const listStreams: Schema = {
  types: {
    TableName: {
      type: 'String',
      regex: '[a-zA-Z0-9_.-]+',
      lengthGreaterThanOrEqual: 3,
      lengthLessThanOrEqual: 255,
    },
    Limit: limit(100),
    ExclusiveStartStreamArn: arn,
  },
}

export const describeStream: Schema = {
  types: {
    StreamArn: { ...arn, notNull: true },
    Limit: limit(100),
    ExclusiveStartShardId: shardId,
  },
}

export const getShardIterator: Schema = {
  types: {
    StreamArn: { ...arn, notNull: true },
    ShardId: { ...shardId, notNull: true },
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
    Limit: limit(1000),
  },
}
