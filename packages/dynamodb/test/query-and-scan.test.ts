import {
  BatchWriteItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb'
import type {
  AttributeValue,
  DynamoDBClient,
  QueryCommandInput,
  ScanCommandInput,
} from '@aws-sdk/client-dynamodb'
import { describe, expect, test } from 'vitest'
import { key, keyedTable, startTable } from './support.ts'

const TableName = 'seats'

async function fill(db: DynamoDBClient, items: Record<string, AttributeValue>[]): Promise<void> {
  for (let at = 0; at < items.length; at += 25) {
    const requests = items.slice(at, at + 25).map((Item) => ({ PutRequest: { Item } }))
    await db.send(new BatchWriteItemCommand({ RequestItems: { seats: requests } }))
  }
}

const query = (db: DynamoDBClient, condition: string, more: Partial<QueryCommandInput> = {}) =>
  db.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: condition,
      ...more,
      ExpressionAttributeValues: { ':p': { S: 'p' }, ...more.ExpressionAttributeValues },
    }),
  )
const sortKeys = (answer: { Items?: Record<string, AttributeValue>[] | undefined }) =>
  answer.Items?.map((item) => item['sk']?.S)

describe('Query', () => {
  test('answers one partition in UTF-8 order of the sort key, or backwards', async () => {
    const { db } = await startTable()
    const names = ['a', 'B', 'aa', 'z', 'é', '\u{1F600}', '\uFFFD']
    await fill(db, [...names.map((sk) => key('p', sk)), key('p2', 'a'), key('o', 'a')])
    const inOrder = ['B', 'a', 'aa', 'z', 'é', '\uFFFD', '\u{1F600}']
    expect(sortKeys(await query(db, 'pk = :p'))).toEqual(inOrder)
    const backwards = await query(db, 'pk = :p', { ScanIndexForward: false })
    expect(sortKeys(backwards)).toEqual(inOrder.toReversed())
  })

  test.each([
    ['sk = :x', ['b']],
    ['sk < :x', ['a', 'aa']],
    ['sk <= :x', ['a', 'aa', 'b']],
    ['sk > :x', ['ba', 'c']],
    ['sk >= :x', ['b', 'ba', 'c']],
    [':x < sk', ['ba', 'c']],
    ['sk BETWEEN :x AND :y', ['b', 'ba']],
    ['begins_with(sk, :x)', ['b', 'ba']],
  ])('understands the sort key condition %s', async (condition, expected) => {
    const { db } = await startTable()
    await fill(
      db,
      ['a', 'aa', 'b', 'ba', 'c'].map((sk) => key('p', sk)),
    )
    const values = { ':x': { S: 'b' }, ...(condition.includes(':y') && { ':y': { S: 'bb' } }) }
    const asked = { ExpressionAttributeValues: values }
    expect(sortKeys(await query(db, `pk = :p AND ${condition}`, asked))).toEqual(expected)
    const reverse = await query(db, `pk = :p AND ${condition}`, {
      ...asked,
      ScanIndexForward: false,
    })
    expect(sortKeys(reverse)).toEqual(expected.toReversed())
  })

  test('orders numbers by value, negative ones too', async () => {
    const { db } = await startTable({
      ...keyedTable,
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'N' },
      ],
    })
    const numbers = ['-10', '-9.5', '-0.001', '0', '0.00001', '2', '10', '100000000000000000000']
    await fill(db, numbers.map((N) => ({ pk: { S: 'p' }, sk: { N } })).toReversed())
    const answer = await query(db, 'pk = :p AND sk > :n', {
      ExpressionAttributeValues: { ':n': { N: '-10' } },
    })
    expect(answer.Items?.map((item) => item['sk']?.N)).toEqual(numbers.slice(1))
  })

  test('pages by Limit before filtering, forwards and backwards, until nothing is left', async () => {
    const { db } = await startTable()
    await fill(
      db,
      Array.from({ length: 7 }, (_, at) => ({ ...key('p', `${at}`), n: { N: `${at % 2}` } })),
    )
    for (const ScanIndexForward of [true, false]) {
      const pages: (string | undefined)[][] = []
      let start: Record<string, AttributeValue> | undefined
      do {
        const answer = await query(db, 'pk = :p', {
          Limit: 3,
          ScanIndexForward,
          FilterExpression: 'n = :n',
          ExpressionAttributeValues: { ':n': { N: '1' } },
          ...(start && { ExclusiveStartKey: start }),
        })
        expect(answer.ScannedCount).toBe(pages.length === 2 ? 1 : 3)
        expect(answer.Count).toBe(answer.Items?.length)
        pages.push(sortKeys(answer) ?? [])
        start = answer.LastEvaluatedKey
      } while (start)
      expect(pages).toEqual(ScanIndexForward ? [['1'], ['3', '5'], []] : [['5'], ['3', '1'], []])
    }
  })

  test('ends a page with the item that brings it to 1 MB', async () => {
    const { db } = await startTable()
    for (const at of [0, 1, 2, 3]) {
      const Item = { ...key('p', `${at}`), x: { S: 'x'.repeat(350 * 1024) } }
      await db.send(new PutItemCommand({ TableName, Item }))
    }
    const first = await query(db, 'pk = :p', { Select: 'COUNT' })
    expect(first.Count).toBe(3)
    expect(first.Items).toBeUndefined()
    expect(first.LastEvaluatedKey).toEqual(key('p', '2'))
  })

  test('the old form KeyConditions, QueryFilter and AttributesToGet still works', async () => {
    const { db } = await startTable()
    await fill(
      db,
      ['1', '2', '3'].map((sk) => ({ ...key('p', sk), n: { N: sk }, x: { S: 'x' } })),
    )
    const answer = await db.send(
      new QueryCommand({
        TableName,
        KeyConditions: {
          pk: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'p' }] },
          sk: { ComparisonOperator: 'GT', AttributeValueList: [{ S: '1' }] },
        },
        QueryFilter: { n: { ComparisonOperator: 'LT', AttributeValueList: [{ N: '3' }] } },
        AttributesToGet: ['n'],
      }),
    )
    expect(answer.Items).toEqual([{ n: { N: '2' } }])
  })
})

describe('Scan', () => {
  const scanAll = async (db: DynamoDBClient, input: Partial<ScanCommandInput>) => {
    const found: Record<string, AttributeValue>[] = []
    let start: Record<string, AttributeValue> | undefined
    do {
      const answer = await db.send(
        new ScanCommand({ TableName, ...input, ...(start && { ExclusiveStartKey: start }) }),
      )
      found.push(...(answer.Items ?? []))
      start = answer.LastEvaluatedKey
    } while (start)
    return found
  }
  const names = Array.from({ length: 60 }, (_, at) => `k${at}`)

  test('answers every item once, in pages', async () => {
    const { db } = await startTable()
    await fill(
      db,
      names.map((pk) => key(pk)),
    )
    const found = await scanAll(db, { Limit: 7 })
    expect(found.map((item) => item['pk']?.S).sort()).toEqual(names.toSorted())
  })

  test('in segments answers every item in exactly one', async () => {
    const { db } = await startTable()
    await fill(
      db,
      names.map((pk) => key(pk)),
    )
    const segments = await Promise.all(
      [0, 1, 2, 3].map((Segment) => scanAll(db, { Segment, TotalSegments: 4, Limit: 5 })),
    )
    expect(segments.every((segment) => segment.length > 0)).toBe(true)
    expect(
      segments
        .flat()
        .map((item) => item['pk']?.S)
        .sort(),
    ).toEqual(names.toSorted())
  })

  test('filters and projects', async () => {
    const { db } = await startTable()
    await fill(
      db,
      names.map((pk, at) => ({ ...key(pk), ...(at % 2 === 0 && { g: { S: `g${at}` } }) })),
    )
    const answer = await db.send(
      new ScanCommand({
        TableName,
        FilterExpression: 'begins_with(g, :g)',
        ProjectionExpression: 'g',
        ExpressionAttributeValues: { ':g': { S: 'g4' } },
      }),
    )
    expect(answer.ScannedCount).toBe(60)
    expect(answer.Items?.map((item) => item['g']?.S).sort()).toEqual([
      'g4',
      'g40',
      'g42',
      'g44',
      'g46',
      'g48',
    ])
  })
})
