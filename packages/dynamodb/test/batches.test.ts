import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb'
import { describe, expect, test } from 'vitest'
import { key, refusalOf, startTable } from './support.ts'

const TableName = 'seats'
const keys = (count: number) => Array.from({ length: count }, (_, at) => key(`k${at}`))

describe('BatchWriteItem', () => {
  test('takes 25 requests and not 26', async () => {
    const { db } = await startTable()
    const write = (count: number) =>
      db.send(
        new BatchWriteItemCommand({
          RequestItems: { seats: keys(count).map((Item) => ({ PutRequest: { Item } })) },
        }),
      )
    expect((await write(25)).UnprocessedItems).toEqual({})
    const refusal = await refusalOf(write(26))
    expect(refusal.name).toBe('ValidationException')
    expect(refusal.message).toMatch(/Member must have length less than or equal to 25/)
  })

  test('puts and deletes, and writes nothing when one request is refused', async () => {
    const { db } = await startTable()
    await db.send(new PutItemCommand({ TableName, Item: key('a') }))
    const del = { DeleteRequest: { Key: key('a') } }
    const put = { PutRequest: { Item: key('b') } }
    const bad = { PutRequest: { Item: { pk: { S: 'c' } } } }
    const write = (requests: object[]) =>
      db.send(new BatchWriteItemCommand({ RequestItems: { seats: requests } }))
    expect((await refusalOf(write([del, put, bad]))).message).toBe(
      'The provided key element does not match the schema',
    )
    const stored = async (pk: string) =>
      (await db.send(new GetItemCommand({ TableName, Key: key(pk) }))).Item
    expect(await stored('a')).toEqual(key('a'))
    await write([del, put])
    expect(await stored('a')).toBeUndefined()
    expect(await stored('b')).toEqual(key('b'))
  })
})

describe('BatchGetItem', () => {
  test('takes 100 keys and not 101, and answers the items that exist', async () => {
    const { db } = await startTable()
    await db.send(new PutItemCommand({ TableName, Item: { ...key('k1'), n: { N: '1' } } }))
    const get = (count: number) =>
      db.send(
        new BatchGetItemCommand({
          RequestItems: { seats: { Keys: keys(count), ProjectionExpression: 'n' } },
        }),
      )
    const answer = await get(100)
    expect(answer.Responses).toEqual({ seats: [{ n: { N: '1' } }] })
    expect(answer.UnprocessedKeys).toEqual({})
    expect((await refusalOf(get(101))).name).toBe('ValidationException')
  })

  test('answers up to 16 MB and the other keys as unprocessed', async () => {
    const { db } = await startTable()
    const all = keys(42)
    for (const one of all) {
      const Item = { ...one, x: { S: 'x'.repeat(399 * 1024) } }
      await db.send(new PutItemCommand({ TableName, Item }))
    }
    const { Responses: found, UnprocessedKeys: left } = await db.send(
      new BatchGetItemCommand({ RequestItems: { seats: { Keys: all, ConsistentRead: true } } }),
    )
    expect(found?.['seats']).toHaveLength(41)
    expect(left).toEqual({ seats: { Keys: [all[41]], ConsistentRead: true } })
  })

  test('of a table that does not exist is refused', async () => {
    const { db } = await startTable()
    const call = db.send(
      new BatchGetItemCommand({ RequestItems: { nowhere: { Keys: [key('a')] } } }),
    )
    expect((await refusalOf(call)).name).toBe('ResourceNotFoundException')
  })
})
