import { batchGetItem } from './batch-get-item.ts'
import { batchWriteItem } from './batch-write-item.ts'
import { createTable } from './create-table.ts'
import { getItem } from './read-item.ts'
import { query } from './query.ts'
import { scan } from './scan.ts'
import * as schema from './schemas.ts'
import type { Schema } from './schemas.ts'
import type { Store } from './store.ts'
import { describeStream, getRecords, getShardIterator, listStreams } from './stream-actions.ts'
import { deleteTable, describeTable, listTables } from './tables.ts'
import { listTags, tagResource, untagResource } from './tags.ts'
import { describeTimeToLive, updateTimeToLive } from './time-to-live.ts'
import { transactGetItems } from './transact-get-items.ts'
import { transactWriteItems } from './transact-write-items.ts'
import { deleteItem, putItem, updateItem } from './write-item.ts'

/** One API operation: the shape of its request and what answers it once the shape is right. */
export interface Operation {
  schema: Schema
  run(store: Store, request: never): object | Promise<object>
}

/** Everything the two APIs offer here, by target prefix and name. */
export const operations: Record<string, Record<string, Operation>> = {
  DynamoDB_20120810: {
    BatchGetItem: { schema: schema.batchGetItem, run: batchGetItem },
    BatchWriteItem: { schema: schema.batchWriteItem, run: batchWriteItem },
    CreateTable: { schema: schema.createTable, run: createTable },
    DeleteItem: { schema: schema.deleteItem, run: deleteItem },
    DeleteTable: { schema: schema.tableOnly, run: deleteTable },
    DescribeTable: { schema: schema.tableOnly, run: describeTable },
    DescribeTimeToLive: { schema: schema.tableOnly, run: describeTimeToLive },
    GetItem: { schema: schema.getItem, run: getItem },
    ListTables: { schema: schema.listTables, run: listTables },
    ListTagsOfResource: { schema: schema.listTags, run: listTags },
    PutItem: { schema: schema.putItem, run: putItem },
    Query: { schema: schema.query, run: query },
    Scan: { schema: schema.scan, run: scan },
    TagResource: { schema: schema.tagResource, run: tagResource },
    TransactGetItems: { schema: schema.transactGetItems, run: transactGetItems },
    TransactWriteItems: { schema: schema.transactWriteItems, run: transactWriteItems },
    UntagResource: { schema: schema.untagResource, run: untagResource },
    UpdateItem: { schema: schema.updateItem, run: updateItem },
    UpdateTimeToLive: { schema: schema.updateTimeToLive, run: updateTimeToLive },
  },
  DynamoDBStreams_20120810: {
    DescribeStream: { schema: schema.describeStream, run: describeStream },
    GetRecords: { schema: schema.getRecords, run: getRecords },
    GetShardIterator: { schema: schema.getShardIterator, run: getShardIterator },
    ListStreams: { schema: schema.listStreams, run: listStreams },
  },
}
