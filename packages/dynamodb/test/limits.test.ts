import { GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import { key, refusalOf, startTable } from './support.ts'

const TableName = 'seats'

/** Names and values of the key use this many bytes: pk, sk, a and 1. */
const keyBytes = 6

async function put(more: Record<string, AttributeValue>, own = key('a')) {
  const { db } = await startTable()
  return db.send(new PutItemCommand({ TableName, Item: { ...own, ...more } }))
}

function nested(depth: number): AttributeValue {
  return depth === 0
    ? { S: 'x' }
    : depth % 2
      ? { M: { m: nested(depth - 1) } }
      : { L: [nested(depth - 1)] }
}

test('an item has up to 400 KB, counted in UTF-8 with its names', async () => {
  const rest = 400 * 1024 - keyBytes - 1
  await put({ x: { S: 'x'.repeat(rest) } })
  await put({ x: { S: 'é'.repeat(rest / 2) } })
  const refusal = await refusalOf(put({ x: { S: 'x'.repeat(rest + 1) } }))
  expect(refusal.message).toBe('Item size has exceeded the maximum allowed size')
  expect((await refusalOf(put({ x: { S: 'é'.repeat(rest / 2 + 1) } }))).message).toBe(
    refusal.message,
  )
})

test('an update may not grow an item above 400 KB', async () => {
  const { db } = await startTable()
  const half = { S: 'x'.repeat(200 * 1024) }
  const set = (name: string) =>
    db.send(
      new UpdateItemCommand({
        TableName,
        Key: key('a'),
        UpdateExpression: `SET ${name} = :v`,
        ExpressionAttributeValues: { ':v': half },
      }),
    )
  await set('x')
  expect((await refusalOf(set('y'))).message).toBe(
    'Item size to update has exceeded the maximum allowed size',
  )
})

test('a partition key has up to 2048 bytes and a sort key up to 1024', async () => {
  await put({}, key('p'.repeat(2048), 's'.repeat(1024)))
  const long = await refusalOf(put({}, key('p'.repeat(2049))))
  expect(long.message).toMatch(/Size of hashkey has exceeded the maximum size limit of2048 bytes$/)
  const wide = await refusalOf(put({}, key('p', 's'.repeat(1025))))
  expect(wide.message).toMatch(
    /Aggregated size of all range keys has exceeded the size limit of 1024 bytes$/,
  )
})

test('maps and lists go 32 levels deep', async () => {
  await put({ x: nested(32) })
  expect((await refusalOf(put({ x: nested(33) }))).message).toMatch(/^Nesting Levels have exceeded/)
})

test('a number keeps 38 digits and goes from 1e-130 to 9.99e125', async () => {
  const { db } = await startTable()
  const numbers = ['9'.repeat(38), `-0.${'0'.repeat(20)}1`, '1e-130', '9.99e125', '-0', '007.50']
  const Item = { ...key('a'), x: { L: numbers.map((N) => ({ N })) } }
  await db.send(new PutItemCommand({ TableName, Item }))
  const { Item: item } = await db.send(new GetItemCommand({ TableName, Key: key('a') }))
  expect(item?.['x']?.L?.map((value) => value.N)).toEqual([
    '9'.repeat(38),
    `-0.${'0'.repeat(20)}1`,
    `0.${'0'.repeat(129)}1`,
    `999${'0'.repeat(123)}`,
    '0',
    '7.5',
  ])
})

test('empty texts and binaries are allowed outside keys', async () => {
  const { db } = await startTable()
  const Item = { ...key('a'), s: { S: '' }, b: { B: new Uint8Array() }, l: { L: [] }, m: { M: {} } }
  await db.send(new PutItemCommand({ TableName, Item }))
  expect((await db.send(new GetItemCommand({ TableName, Key: key('a') }))).Item).toEqual(Item)
})

async function update(expression: string, values: Record<string, AttributeValue> = {}) {
  const { db } = await startTable()
  return db.send(
    new UpdateItemCommand({
      TableName,
      Key: key('a'),
      ConditionExpression: expression,
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    }),
  )
}

test('an expression has up to 4096 bytes', async () => {
  const expression = 'attribute_not_exists(aa)'
  await update(expression.padEnd(4096))
  expect((await refusalOf(update(expression.padEnd(4097)))).message).toBe(
    'Invalid ConditionExpression: Expression size has exceeded the maximum allowed size; expression size: 4097',
  )
})

test('IN takes up to 100 operands', async () => {
  const oneOf = (count: number) => {
    const names = Array.from({ length: count }, (_, at) => `:v${at}`)
    const values = Object.fromEntries(names.map((name) => [name, { N: '1' }]))
    return update(`attribute_not_exists(a) OR a IN (${names.join(',')})`, values)
  }
  await oneOf(100)
  expect((await refusalOf(oneOf(101))).message).toBe(
    'Invalid ConditionExpression: The IN operator is provided with too many operands; number of operands: 101',
  )
})
