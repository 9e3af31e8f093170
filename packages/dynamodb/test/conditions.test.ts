import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { describe, expect, test } from 'vitest'
import { key, refusalOf, startTable } from './support.ts'

const item: Record<string, AttributeValue> = {
  ...key('a'),
  s: { S: 'Straße' },
  blank: { S: '' },
  off: { BOOL: false },
  n: { N: '10' },
  b: { B: Uint8Array.from([1, 2, 200]) },
  ss: { SS: ['x', 'y'] },
  ns: { NS: ['1', '2'] },
  l: { L: [{ S: 'x' }, { N: '1' }, { M: { z: { S: 'deep' } } }] },
  m: { M: { p: { N: '1' }, q: { L: [{ BOOL: true }] } } },
  nothing: { NULL: true },
}

const values: Record<string, AttributeValue> = {
  ':s': { S: 'Straße' },
  ':str': { S: 'Str' },
  ':empty': { S: '' },
  ':x': { S: 'x' },
  ':S': { S: 'S' },
  ':BOOL': { S: 'BOOL' },
  ':9': { N: '9' },
  ':10': { N: '10.0' },
  ':1e1': { N: '1e1' },
  ':1': { N: '1' },
  ':6': { N: '6' },
  ':false': { BOOL: false },
  ':b': { B: Uint8Array.from([1, 2]) },
  ':ss': { SS: ['y', 'x'] },
  ':m': { M: { q: { L: [{ BOOL: true }] }, p: { N: '1.0' } } },
  ':deep': { M: { z: { S: 'deep' } } },
}

const holding = [
  's = :s',
  'blank = :empty',
  'off = :false',
  'n = :10',
  'n = :1e1',
  'n > :9',
  'n >= :10',
  'n <= :10',
  'n BETWEEN :9 AND :1e1',
  'n IN (:9, :1, :10)',
  'blank IN (:x, :empty)',
  'n <> :9',
  'gone <> :9',
  'n <> :s',
  'ss = :ss',
  'm = :m',
  'l[2] = :deep',
  'm.q[0] <> :false',
  'attribute_exists(nothing)',
  'attribute_exists(m.q[0])',
  'attribute_not_exists(m.q[1])',
  'attribute_not_exists(gone.x)',
  'attribute_type(s, :S)',
  'attribute_type(off, :BOOL)',
  'begins_with(s, :str)',
  'begins_with(b, :b)',
  'contains(s, :str)',
  'contains(ss, :x)',
  'contains(ns, :1)',
  'contains(l, :x)',
  'contains(l, :deep)',
  'contains(b, :b)',
  'size(s) = :6',
  'size(l) > :1',
  'size(m) > :1',
  'size(blank) < :1',
  'NOT n = :9',
  'n = :9 OR n = :10 AND s = :s',
  'not (n = :9 or s = :x) and off = :false',
]

const failing = [
  'n = :s',
  'n < :s',
  'n < :10',
  'n > :10',
  's = :x',
  'gone = :9',
  'gone < :9',
  'gone BETWEEN :1 AND :9',
  'attribute_exists(gone)',
  'attribute_type(n, :S)',
  'begins_with(n, :str)',
  'contains(s, :9)',
  'contains(n, :1)',
  'size(n) > :1',
  'NOT n = :10',
  '(n = :9 OR n = :10) AND s = :x',
]

describe('conditions', () => {
  test('hold, or not, for values of every type', async () => {
    const { db } = await startTable()
    await db.send(new PutItemCommand({ TableName: 'seats', Item: item }))
    const answers = await Promise.all(
      [...holding, ...failing].map(async (condition) => {
        const used = Object.entries(values).filter(([name]) =>
          condition.split(/[^:\w]/).includes(name),
        )
        const command = new UpdateItemCommand({
          TableName: 'seats',
          Key: key('a'),
          ConditionExpression: condition,
          ...(used.length > 0 && { ExpressionAttributeValues: Object.fromEntries(used) }),
        })
        const name = await db.send(command).then(
          () => 'holds',
          (error: unknown) => (error as Error).name,
        )
        return [condition, name]
      }),
    )
    expect(answers).toEqual([
      ...holding.map((condition) => [condition, 'holds']),
      ...failing.map((condition) => [condition, 'ConditionalCheckFailedException']),
    ])
  })

  test.each(['PutItem', 'UpdateItem', 'DeleteItem'] as const)(
    'a failed %s returns the item with the exception when ALL_OLD is asked for, and not otherwise',
    async (operation) => {
      const { db } = await startTable()
      await db.send(new PutItemCommand({ TableName: 'seats', Item: item }))
      const call = (asked: 'ALL_OLD' | 'NONE') => {
        const input = {
          TableName: 'seats',
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: asked,
        }
        if (operation === 'PutItem') return db.send(new PutItemCommand({ ...input, Item: item }))
        if (operation === 'DeleteItem') {
          return db.send(new DeleteItemCommand({ ...input, Key: key('a') }))
        }
        return db.send(new UpdateItemCommand({ ...input, Key: key('a') }))
      }
      const refusal = await refusalOf(call('ALL_OLD'))
      expect(refusal.name).toBe('ConditionalCheckFailedException')
      expect(refusal.message).toBe('The conditional request failed')
      expect(refusal.Item).toEqual(item)
      expect((await refusalOf(call('NONE'))).Item).toBeUndefined()
    },
  )

  test('the old form Expected works with Exists, comparison operators and OR', async () => {
    const { db } = await startTable()
    await db.send(new PutItemCommand({ TableName: 'seats', Item: item }))
    const put = (Expected: PutItemCommand['input']['Expected'], ConditionalOperator?: 'OR') =>
      db.send(
        new PutItemCommand({
          TableName: 'seats',
          Item: item,
          Expected,
          ...(ConditionalOperator && { ConditionalOperator }),
        }),
      )
    await put({ n: { Value: { N: '10' } }, gone: { Exists: false } })
    await put({
      n: { ComparisonOperator: 'GT', AttributeValueList: [{ N: '9' }] },
      s: { ComparisonOperator: 'BEGINS_WITH', AttributeValueList: [{ S: 'Str' }] },
      ss: { ComparisonOperator: 'CONTAINS', AttributeValueList: [{ S: 'x' }] },
      gone: { ComparisonOperator: 'NULL' },
    })
    const wrong = { n: { Value: { N: '11' } }, s: { Value: { S: 'Straße' } } }
    expect((await refusalOf(put(wrong))).name).toBe('ConditionalCheckFailedException')
    await put(wrong, 'OR')
  })
})
