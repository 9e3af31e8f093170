import { GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import type { AttributeValue, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { describe, expect, test } from 'vitest'
import { key, refusalOf, startTable } from './support.ts'

type Attributes = Record<string, AttributeValue>

async function updated(
  db: DynamoDBClient,
  before: Attributes | undefined,
  update: Partial<UpdateItemCommandInput>,
): Promise<Attributes> {
  if (before) {
    await db.send(new PutItemCommand({ TableName: 'seats', Item: { ...key('a'), ...before } }))
  }
  const { Attributes: after = {} } = await db.send(
    new UpdateItemCommand({
      TableName: 'seats',
      Key: key('a'),
      ReturnValues: 'ALL_NEW',
      ...update,
    }),
  )
  const { pk, sk, ...rest } = after
  expect({ pk, sk }).toEqual(key('a'))
  const stored = await db.send(new GetItemCommand({ TableName: 'seats', Key: key('a') }))
  expect(stored.Item).toEqual(after)
  return rest
}

const list = (...texts: string[]) => ({ L: texts.map((text) => ({ S: text })) })

describe('update expressions', () => {
  test('create the item when there is none', async () => {
    const { db } = await startTable()
    expect(
      await updated(db, undefined, {
        UpdateExpression: 'SET a = if_not_exists(a, :one) + :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      }),
    ).toEqual({ a: { N: '2' } })
  })

  test('every right side sees the item as it was', async () => {
    const { db } = await startTable()
    expect(
      await updated(db, { a: { N: '1' }, b: { N: '2' } }, { UpdateExpression: 'SET a = b, b = a' }),
    ).toEqual({ a: { N: '2' }, b: { N: '1' } })
  })

  test('SET appends to lists, before and after, and puts what is past the end at the end', async () => {
    const { db } = await startTable()
    expect(
      await updated(
        db,
        { l: list('a'), k: list('a'), h: list('a', 'b') },
        {
          UpdateExpression:
            'SET l = list_append(l, :x), k = list_append(:x, k), h[9] = :s, h[7] = :t, h[0] = :s',
          ExpressionAttributeValues: { ':x': list('x'), ':s': { S: 's' }, ':t': { S: 't' } },
        },
      ),
    ).toEqual({ l: list('a', 'x'), k: list('x', 'a'), h: list('s', 'b', 't', 's') })
  })

  test('REMOVE takes positions of the list as it was', async () => {
    const { db } = await startTable()
    expect(
      await updated(
        db,
        {
          l: list('a', 'b', 'c', 'd'),
          m: { M: { x: { N: '1' }, y: { N: '2' } } },
          gone: { S: '' },
        },
        { UpdateExpression: 'REMOVE l[0], l[1], l[9], m.x, gone, never' },
      ),
    ).toEqual({ l: list('c', 'd'), m: { M: { y: { N: '2' } } } })
  })

  test('ADD sums numbers exactly and unites sets, DELETE takes members and the last takes the attribute', async () => {
    const { db } = await startTable()
    expect(
      await updated(
        db,
        { n: { N: '0.1' }, s: { SS: ['a'] }, t: { SS: ['a', 'b'] }, u: { NS: ['1'] } },
        {
          UpdateExpression: 'ADD n :n, s :s, fresh :n DELETE t :s, u :u, never :s',
          ExpressionAttributeValues: {
            ':n': { N: '0.2' },
            ':s': { SS: ['a', 'c'] },
            ':u': { NS: ['1.0'] },
          },
        },
      ),
    ).toEqual({ n: { N: '0.3' }, fresh: { N: '0.2' }, s: { SS: ['a', 'c'] }, t: { SS: ['b'] } })
  })

  test('arithmetic keeps 38 digits', async () => {
    const { db } = await startTable()
    const large = '9'.repeat(37) + '8'
    expect(
      await updated(
        db,
        { n: { N: large } },
        {
          UpdateExpression: 'SET n = n + :one, m = :one - n',
          ExpressionAttributeValues: { ':one': { N: '1' } },
        },
      ),
    ).toEqual({ n: { N: '9'.repeat(38) }, m: { N: `-${'9'.repeat(37)}7` } })
  })

  test('a wrong type in ADD or list_append is refused and nothing changes', async () => {
    const { db } = await startTable()
    await db.send(new PutItemCommand({ TableName: 'seats', Item: { ...key('a'), s: { S: 'x' } } }))
    const update = (UpdateExpression: string, value: AttributeValue) =>
      db.send(
        new UpdateItemCommand({
          TableName: 'seats',
          Key: key('a'),
          UpdateExpression,
          ExpressionAttributeValues: { ':v': value },
        }),
      )
    const wrong = 'An operand in the update expression has an incorrect data type'
    expect((await refusalOf(update('ADD s :v', { N: '1' }))).message).toBe(wrong)
    expect((await refusalOf(update('SET s = list_append(s, :v)', list('x')))).message).toBe(wrong)
  })

  test('ReturnValues answers the old or new item, or the updated parts of it', async () => {
    const { db } = await startTable()
    const update = async (ReturnValues: UpdateItemCommandInput['ReturnValues']) => {
      const Item = { ...key('a'), m: { M: { x: { N: '1' }, y: { N: '2' } } }, z: { S: 'z' } }
      await db.send(new PutItemCommand({ TableName: 'seats', Item }))
      const { Attributes: answer } = await db.send(
        new UpdateItemCommand({
          TableName: 'seats',
          Key: key('a'),
          UpdateExpression: 'SET m.x = :v, fresh = :v',
          ExpressionAttributeValues: { ':v': { N: '7' } },
          ReturnValues,
        }),
      )
      return answer
    }
    expect(await update('NONE')).toBeUndefined()
    expect(await update('UPDATED_OLD')).toEqual({ m: { M: { x: { N: '1' } } } })
    expect(await update('UPDATED_NEW')).toEqual({ m: { M: { x: { N: '7' } } }, fresh: { N: '7' } })
    expect(await update('ALL_OLD')).not.toHaveProperty('fresh')
    expect(await update('ALL_NEW')).toHaveProperty('fresh')
  })

  test('the old form puts, adds and deletes attributes', async () => {
    const { db } = await startTable()
    expect(
      await updated(
        db,
        { n: { N: '1' }, s: { SS: ['a', 'b'] }, gone: { S: 'x' } },
        {
          AttributeUpdates: {
            put: { Value: { S: 'new' } },
            n: { Action: 'ADD', Value: { N: '2' } },
            s: { Action: 'DELETE', Value: { SS: ['a'] } },
            gone: { Action: 'DELETE' },
          },
        },
      ),
    ).toEqual({ put: { S: 'new' }, n: { N: '3' }, s: { SS: ['b'] } })
  })
})
