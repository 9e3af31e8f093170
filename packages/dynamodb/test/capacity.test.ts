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
import { key, startTable } from './support.ts'

const TableName = 'seats'
const text = (bytes: number) => ({ S: 'x'.repeat(bytes) })
const detailed = { ReturnConsumedCapacity: 'INDEXES' as const }

test('a write uses a unit for each KB of the larger of both items', async () => {
  const { db } = await startTable()
  const Item = { ...key('a'), a: text(1100), x: text(2000) }
  const put = await db.send(new PutItemCommand({ TableName, Item, ...detailed }))
  expect(put.ConsumedCapacity).toEqual({
    TableName,
    CapacityUnits: 4,
    Table: { CapacityUnits: 4 },
  })
  const update = new UpdateItemCommand({
    TableName,
    Key: key('a'),
    UpdateExpression: 'REMOVE x',
    ...detailed,
  })
  expect((await db.send(update)).ConsumedCapacity).toEqual({
    TableName,
    CapacityUnits: 4,
    Table: { CapacityUnits: 4 },
  })
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

test('batches, queries and scans report by table', async () => {
  const { db } = await startTable()
  const Item = key('a')
  const written = await db.send(
    new BatchWriteItemCommand({
      RequestItems: { seats: [{ PutRequest: { Item } }, { PutRequest: { Item: key('b') } }] },
      ReturnConsumedCapacity: 'TOTAL',
    }),
  )
  expect(written.ConsumedCapacity).toEqual([{ TableName, CapacityUnits: 2 }])
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
      KeyConditionExpression: 'pk = :a',
      ExpressionAttributeValues: { ':a': { S: 'a' } },
      ...detailed,
    }),
  )
  expect(queried.ConsumedCapacity).toEqual({
    TableName,
    CapacityUnits: 0.5,
    Table: { CapacityUnits: 0.5 },
  })
  const scan = new ScanCommand({ TableName, ConsistentRead: true, ReturnConsumedCapacity: 'TOTAL' })
  expect((await db.send(scan)).ConsumedCapacity).toEqual({ TableName, CapacityUnits: 1 })
})

test('item collection metrics, which only tables with local indexes have, are never returned', async () => {
  const { db } = await startTable()
  const answer = await db.send(
    new PutItemCommand({ TableName, Item: key('a'), ReturnItemCollectionMetrics: 'SIZE' }),
  )
  expect(answer.ItemCollectionMetrics).toBeUndefined()
})
