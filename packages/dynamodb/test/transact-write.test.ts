import {
  BatchGetItemCommand,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { streamedTable, key, keyedTable, refusalOf, startTable } from './support.ts'

const TableName = 'seats'
const put = (pk: string, n = '1', more = {}): TransactWriteItem => ({
  Put: { TableName, Item: { ...key(pk), n: { N: n } }, ...more },
})
const transact = (db: DynamoDBClient, TransactItems: TransactWriteItem[], token?: string) =>
  db.send(
    new TransactWriteItemsCommand({
      TransactItems,
      ReturnConsumedCapacity: 'TOTAL',
      ...(token !== undefined && { ClientRequestToken: token }),
    }),
  )
const read = async (db: DynamoDBClient, pk: string) =>
  (await db.send(new GetItemCommand({ TableName, Key: key(pk) }))).Item

describe('TransactWriteItems', () => {
  test('puts, updates, deletes and checks in one step', async () => {
    const { db } = await startTable()
    await transact(db, [put('a'), put('b'), put('c')])
    await transact(db, [
      put('d'),
      {
        Update: {
          TableName,
          Key: key('a'),
          UpdateExpression: 'ADD n :n',
          ExpressionAttributeValues: { ':n': { N: '5' } },
        },
      },
      { Delete: { TableName, Key: key('b'), ConditionExpression: 'attribute_exists(n)' } },
      { ConditionCheck: { TableName, Key: key('c'), ConditionExpression: 'attribute_exists(n)' } },
    ])
    const items = await Promise.all(['a', 'b', 'c', 'd'].map((pk) => read(db, pk)))
    expect(items.map((item) => item?.['n']?.N)).toEqual(['6', undefined, '1', '1'])
  })

  test('is cancelled as a whole, with a reason for each item in request order', async () => {
    const { db } = await startTable()
    await transact(db, [put('b', '2')])
    const absent = { ConditionExpression: 'attribute_not_exists(pk)' }
    const refusal = await refusalOf(
      transact(db, [
        put('a'),
        put('b', '3', { ...absent, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
        {
          ConditionCheck: { TableName, Key: key('c'), ConditionExpression: 'attribute_exists(pk)' },
        },
        put('d'),
      ]),
    )
    expect(refusal.name).toBe('TransactionCanceledException')
    expect(refusal.$metadata.httpStatusCode).toBe(400)
    expect(refusal.message).toBe(
      'Transaction cancelled, please refer cancellation reasons for specific reasons ' +
        '[None, ConditionalCheckFailed, ConditionalCheckFailed, None]',
    )
    const failed = { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' }
    expect(refusal.CancellationReasons).toEqual([
      { Code: 'None' },
      { ...failed, Item: { ...key('b'), n: { N: '2' } } },
      failed,
      { Code: 'None' },
    ])
    expect(await read(db, 'a')).toBeUndefined()
    expect(await read(db, 'd')).toBeUndefined()
  })

  test('is cancelled with ValidationError reasons for what does not fit an item or a key', async () => {
    const { db } = await startTable(streamedTable)
    const refusal = await refusalOf(
      transact(db, [
        put('a'),
        {
          Update: {
            TableName,
            Key: key('b'),
            UpdateExpression: 'SET x = y',
          },
        },
      ]),
    )
    expect(refusal.CancellationReasons).toEqual([
      { Code: 'None' },
      {
        Code: 'ValidationError',
        Message: 'The provided expression refers to an attribute that does not exist in the item',
      },
    ])
    const wrongKey = await refusalOf(
      transact(db, [{ Delete: { TableName, Key: { pk: { N: '1' }, sk: { S: '1' } } } }, put('a')]),
    )
    expect(wrongKey.CancellationReasons).toEqual([
      { Code: 'ValidationError', Message: 'The provided key element does not match the schema' },
      { Code: 'None' },
    ])
  })

  test('refuses a table that does not exist without cancelling', async () => {
    const { db } = await startTable()
    const refusal = await refusalOf(
      transact(db, [{ Delete: { TableName: 'nowhere', Key: key('a') } }]),
    )
    expect(refusal.name).toBe('ResourceNotFoundException')
    expect(refusal.message).toBe('Requested resource not found')
  })

  test('takes 100 items and not 101', async () => {
    const { db } = await startTable()
    const puts = Array.from({ length: 101 }, (_, at) => put(`k${at}`))
    await transact(db, puts.slice(0, 100))
    const refusal = await refusalOf(transact(db, puts))
    expect(refusal.name).toBe('ValidationException')
    expect(refusal.message).toMatch(
      /at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to 100$/,
    )
  })

  test('takes 4 MB in all and not more', async () => {
    const { db } = await startTable()
    const large = (count: number) =>
      Array.from({ length: count }, (_, at): TransactWriteItem => ({
        Put: { TableName, Item: { ...key(`k${at}`), x: { S: 'x'.repeat(399 * 1024) } } },
      }))
    await transact(db, large(10))
    expect((await refusalOf(transact(db, large(11)))).name).toBe('ValidationException')
  })

  test('uses two write units per KB of each item, checks included', async () => {
    const { db } = await startTable()
    const { ConsumedCapacity: used } = await transact(db, [
      { Put: { TableName, Item: { ...key('a'), x: { S: 'x'.repeat(1500) } } } },
      {
        ConditionCheck: {
          TableName,
          Key: key('b'),
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
    ])
    expect(used).toEqual([{ TableName, CapacityUnits: 6, WriteCapacityUnits: 6 }])
  })
})

describe('a ClientRequestToken', () => {
  test('makes a repeat succeed without applying it, whatever happened to the items since', async () => {
    const { db } = await startTable()
    const add: TransactWriteItem = {
      Update: {
        TableName,
        Key: key('a'),
        UpdateExpression: 'ADD n :n',
        ConditionExpression: 'attribute_not_exists(n)',
        ExpressionAttributeValues: { ':n': { N: '1' } },
      },
    }
    await transact(db, [add], 'token')
    await db.send(new PutItemCommand({ TableName, Item: { ...key('a'), n: { N: '40' } } }))
    const { ConsumedCapacity: used } = await transact(db, [add], 'token')
    expect(used).toEqual([{ TableName, CapacityUnits: 2, ReadCapacityUnits: 2 }])
    expect((await read(db, 'a'))?.['n']).toEqual({ N: '40' })
  })

  test('with another request is an IdempotentParameterMismatchException', async () => {
    const { db } = await startTable()
    await transact(db, [put('a')], 'token')
    const refusal = await refusalOf(transact(db, [put('a', '2')], 'token'))
    expect(refusal.name).toBe('IdempotentParameterMismatchException')
  })

  test('is forgotten after ten minutes', async () => {
    const { db, clock } = await startTable()
    await transact(db, [put('a')], 'token')
    clock.move(599)
    expect((await refusalOf(transact(db, [put('a', '2')], 'token'))).name).toMatch(/Mismatch/)
    clock.move(1)
    await transact(db, [put('a', '2')], 'token')
    expect((await read(db, 'a'))?.['n']).toEqual({ N: '2' })
  })

  test('used anew after ten minutes is remembered from then on, also when old ones are swept', async () => {
    const { db, clock, engine } = await startTable()
    await transact(db, [put('a')], 'token')
    clock.move(600)
    await transact(db, [put('a', '2')], 'token')
    clock.move(1)
    await engine.expireItems()
    expect((await refusalOf(transact(db, [put('a', '3')], 'token'))).name).toMatch(/Mismatch/)
    clock.move(599)
    await engine.expireItems()
    await transact(db, [put('a', '3')], 'token')
  })

  test('is not used up by a cancelled transaction', async () => {
    const { db } = await startTable()
    const ifB = put('a', '1', { ConditionExpression: 'attribute_exists(b)' })
    await refusalOf(transact(db, [ifB], 'token'))
    await db.send(new PutItemCommand({ TableName, Item: { ...key('a'), b: { S: 'b' } } }))
    await transact(db, [ifB], 'token')
    expect((await read(db, 'a'))?.['n']).toEqual({ N: '1' })
  })
})

test.each(['memory', 'a folder'])(
  'transactions and single writes that compete for items in %s are applied one after another',
  async (where) => {
    const path = where === 'memory' ? undefined : await mkdtemp(join(tmpdir(), 'dynamo-'))
    if (path !== undefined) onTestFinished(() => rm(path, { recursive: true, force: true }))
    const { db } = await startTable(keyedTable, path === undefined ? {} : { path })
    const add = (pk: string) => ({
      TableName,
      Key: key(pk),
      UpdateExpression: 'ADD n :n',
      ExpressionAttributeValues: { ':n': { N: '1' } },
    })
    await Promise.all(
      Array.from({ length: 20 }, async (_, at) => {
        const names = at % 2 === 0 ? ['a', 'b'] : ['b', 'a']
        await transact(
          db,
          names.map((pk) => ({ Update: add(pk) })),
        )
        await db.send(new UpdateItemCommand(add('a')))
      }),
    )
    const { Responses: found } = await db.send(
      new BatchGetItemCommand({ RequestItems: { seats: { Keys: [key('a'), key('b')] } } }),
    )
    const counts = Object.fromEntries(
      (found?.['seats'] ?? []).map((item) => [item['pk']?.S ?? '', item['n']?.N] as const),
    )
    expect(counts).toEqual({ a: '40', b: '20' })
  },
)
