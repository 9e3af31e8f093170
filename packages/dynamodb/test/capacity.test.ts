import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import type { ReturnConsumedCapacity } from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import { indexedTable, key, startTable } from './support.ts'

const TableName = 'seats'
const text = (bytes: number) => ({ S: 'x'.repeat(bytes) })
const detailed = { ReturnConsumedCapacity: 'INDEXES' as const }

test('a write uses a unit for each KB of the larger of both items, and what its indexes use', async () => {
  const { db } = await startTable(indexedTable)
  const Item = { ...key('a'), g: { S: 'g' }, l: { N: '1' }, a: text(1100), x: text(2000) }
  const put = await db.send(new PutItemCommand({ TableName, Item, ...detailed }))
  expect(put.ConsumedCapacity).toEqual({
    TableName,
    CapacityUnits: 7,
    Table: { CapacityUnits: 4 },
    GlobalSecondaryIndexes: { 'by-g': { CapacityUnits: 1 } },
    LocalSecondaryIndexes: { 'by-l': { CapacityUnits: 2 } },
  })
  const update = (expression: string) =>
    db.send(
      new UpdateItemCommand({
        TableName,
        Key: key('a'),
        UpdateExpression: expression,
        ...detailed,
      }),
    )
  expect((await update('REMOVE x')).ConsumedCapacity).toEqual({
    TableName,
    CapacityUnits: 4,
    Table: { CapacityUnits: 4 },
  })
  const moved = await update('SET g = sk')
  expect(moved.ConsumedCapacity?.GlobalSecondaryIndexes).toEqual({ 'by-g': { CapacityUnits: 2 } })
})

test('a read uses half a unit for each 4 KB, and a consistent one a whole unit', async () => {
  const { db } = await startTable()
  await db.send(new PutItemCommand({ TableName, Item: { ...key('a'), x: text(5000) } }))
  const get = async (ConsistentRead: boolean, pk = 'a', asked: ReturnConsumedCapacity = 'TOTAL') =>
    (
      await db.send(
        new GetItemCommand({
          TableName,
          Key: key(pk),
          ConsistentRead,
          ReturnConsumedCapacity: asked,
        }),
      )
    ).ConsumedCapacity
  expect(await get(true)).toEqual({ TableName, CapacityUnits: 2 })
  expect(await get(false)).toEqual({ TableName, CapacityUnits: 1 })
  expect(await get(false, 'nobody')).toEqual({ TableName, CapacityUnits: 0.5 })
  expect(await get(true, 'a', 'NONE')).toBeUndefined()
  expect(await get(true, 'a', 'INDEXES')).toEqual({
    TableName,
    CapacityUnits: 2,
    Table: { CapacityUnits: 2 },
  })
})

test('batches, queries and scans report by table and index', async () => {
  const { db } = await startTable(indexedTable)
  const Item = { ...key('a'), g: { S: 'g' } }
  const written = await db.send(
    new BatchWriteItemCommand({
      RequestItems: { seats: [{ PutRequest: { Item } }, { PutRequest: { Item: key('b') } }] },
      ReturnConsumedCapacity: 'TOTAL',
    }),
  )
  expect(written.ConsumedCapacity).toEqual([{ TableName, CapacityUnits: 3 }])
  const read = await db.send(
    new BatchGetItemCommand({
      RequestItems: { seats: { Keys: [key('a'), key('b'), key('c')] } },
      ReturnConsumedCapacity: 'TOTAL',
    }),
  )
  expect(read.ConsumedCapacity).toEqual([{ TableName, CapacityUnits: 1.5 }])
  const queried = await db.send(
    new QueryCommand({
      TableName,
      IndexName: 'by-g',
      KeyConditionExpression: 'g = :g',
      ExpressionAttributeValues: { ':g': { S: 'g' } },
      ...detailed,
    }),
  )
  expect(queried.ConsumedCapacity).toEqual({
    TableName,
    CapacityUnits: 0.5,
    Table: { CapacityUnits: 0 },
    GlobalSecondaryIndexes: { 'by-g': { CapacityUnits: 0.5 } },
  })
  const scan = new ScanCommand({ TableName, ConsistentRead: true, ReturnConsumedCapacity: 'TOTAL' })
  expect((await db.send(scan)).ConsumedCapacity).toEqual({ TableName, CapacityUnits: 1 })
})

test('item collection metrics are returned for tables with local indexes, when asked for', async () => {
  const { db } = await startTable(indexedTable)
  const answer = await db.send(
    new PutItemCommand({ TableName, Item: key('a'), ReturnItemCollectionMetrics: 'SIZE' }),
  )
  expect(answer.ItemCollectionMetrics).toEqual({
    ItemCollectionKey: { pk: { S: 'a' } },
    SizeEstimateRangeGB: [0, 1],
  })
})
