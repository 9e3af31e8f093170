import { batchGetItem } from './actions/batch-get-item.ts'
import { batchWriteItem } from './actions/batch-write-item.ts'
import { createTable } from './tables/create-table.ts'
import { batchExecuteStatement } from './partiql/batch-execute-statement.ts'
import * as partiqlSchema from './partiql/partiql-schemas.ts'
import { getItem } from './actions/read-item.ts'
import { query } from './actions/query.ts'
import { scan } from './actions/scan.ts'
import * as schema from './requests/schemas.ts'
import type { Schema } from './requests/schema.ts'
import * as streamSchema from './streams/stream-schemas.ts'
import * as tableSchema from './tables/table-schemas.ts'
import type { Store } from './store.ts'
import {
  describeStream,
  getRecords,
  getShardIterator,
  listStreams,
} from './streams/stream-actions.ts'
import { describeTable, listTables } from './tables/tables.ts'
import { describeTimeToLive, updateTimeToLive } from './tables/time-to-live.ts'
import { transactWriteItems } from './actions/transact-write-items.ts'
import { deleteItem, putItem, updateItem } from './actions/write-item.ts'

/** One API operation: the shape of its request and what answers it once the shape is right. */
export interface Operation {
  schema: Schema
  run(store: Store, request: never): object | Promise<object>
}

/** Everything the two APIs offer here, by target prefix and name. */
export const operations: Record<string, Record<string, Operation>> = {
  DynamoDB_20120810: {
    BatchExecuteStatement: {
      schema: partiqlSchema.batchExecuteStatement,
      run: batchExecuteStatement,
    },
    BatchGetItem: { schema: schema.batchGetItem, run: batchGetItem },
    BatchWriteItem: { schema: schema.batchWriteItem, run: batchWriteItem },
    CreateTable: { schema: tableSchema.createTable, run: createTable },
    DeleteItem: { schema: schema.deleteItem, run: deleteItem },
    DescribeTable: { schema: tableSchema.tableOnly, run: describeTable },
    DescribeTimeToLive: { schema: tableSchema.tableOnly, run: describeTimeToLive },
    GetItem: { schema: schema.getItem, run: getItem },
    ListTables: { schema: tableSchema.listTables, run: listTables },
    PutItem: { schema: schema.putItem, run: putItem },
    Query: { schema: schema.query, run: query },
    Scan: { schema: schema.scan, run: scan },
    TransactWriteItems: { schema: schema.transactWriteItems, run: transactWriteItems },
    UpdateItem: { schema: schema.updateItem, run: updateItem },
    UpdateTimeToLive: { schema: tableSchema.updateTimeToLive, run: updateTimeToLive },
  },
  DynamoDBStreams_20120810: {
    DescribeStream: { schema: streamSchema.describeStream, run: describeStream },
    GetRecords: { schema: streamSchema.getRecords, run: getRecords },
    GetShardIterator: { schema: streamSchema.getShardIterator, run: getShardIterator },
    ListStreams: { schema: streamSchema.listStreams, run: listStreams },
  },
}
