import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb'
import { describe, expect, test } from 'vitest'
import { key, keyedTable, raw, refusalOf, startTable, startWire } from './support.ts'

const TableName = 'seats'
const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/seats'

describe('a broken constraint', () => {
  test('prints structures by name, with the names of their fields', async () => {
    const { url } = await startWire()
    const KeySchema = ['hall', 'row', 'seat', 'place'].map((AttributeName, index) => ({
      AttributeName,
      KeyType: index === 0 ? 'HASH' : 'RANGE',
    }))
    const body = { ...keyedTable, KeySchema }
    const answer = await raw(url, 'DynamoDB_20120810.CreateTable', { body })
    const message = String(answer.body['message'])
    for (const { AttributeName, KeyType } of KeySchema) {
      expect(message).toContain(`(attributeName=${AttributeName}, keyType=${KeyType})`)
    }
    expect(message).toContain('Member must have length less than or equal to 2')
  })

  test('prints maps with their names, and an absent field as null', async () => {
    const { url } = await startTable()
    const empty = await raw(url, 'DynamoDB_20120810.BatchWriteItem', {
      body: { RequestItems: { seats: [] } },
    })
    expect(empty.body['message']).toBe(
      "1 validation error detected: Value '{seats=[]}' at 'requestItems' failed to satisfy constraint: " +
        'Map value must satisfy constraint: [Member must have length less than or equal to 25, ' +
        'Member must have length greater than or equal to 1]',
    )
    const none = await raw(url, 'DynamoDB_20120810.TransactWriteItems')
    expect(none.body['message']).toBe(
      "1 validation error detected: Value null at 'transactItems' failed to satisfy constraint: Member must not be null",
    )
  })
})

describe('a table in a batch', () => {
  test('may be named by its ARN, and is answered under it', async () => {
    const { db } = await startTable()
    const write = new BatchWriteItemCommand({
      RequestItems: { [arn]: [{ PutRequest: { Item: key('a') } }] },
    })
    expect((await db.send(write)).UnprocessedItems).toEqual({})
    const read = await db.send(
      new BatchGetItemCommand({ RequestItems: { [arn]: { Keys: [key('a')] } } }),
    )
    expect(read.Responses).toEqual({ [arn]: [key('a')] })
  })
})

describe('an expression', () => {
  test('size() of a text is its length, of a binary its bytes', async () => {
    const { db } = await startTable()
    const Item = { ...key('a'), text: { S: 'één' }, bytes: { B: Buffer.from('één') } }
    await db.send(new PutItemCommand({ TableName, Item }))
    const found = await db.send(
      new ScanCommand({
        TableName,
        FilterExpression: 'size(#t) = :three AND size(#b) = :five',
        ExpressionAttributeNames: { '#t': 'text', '#b': 'bytes' },
        ExpressionAttributeValues: { ':three': { N: '3' }, ':five': { N: '5' } },
      }),
    )
    expect(found.Count).toBe(1)
  })

  test.each(['<', '<=', '>', '>='])(
    'refuses %s with a value that has no order',
    async (operator) => {
      const { db } = await startTable()
      const refusal = await refusalOf(
        db.send(
          new ScanCommand({
            TableName,
            FilterExpression: `attribute_exists(b) AND a ${operator} :v`,
            ExpressionAttributeValues: { ':v': { BOOL: true } },
          }),
        ),
      )
      expect(refusal.name).toBe('ValidationException')
      expect(refusal.message).toBe(
        `Invalid FilterExpression: Incorrect operand type for operator or function; operator or function: ${operator}, operand type: BOOL`,
      )
    },
  )
})
