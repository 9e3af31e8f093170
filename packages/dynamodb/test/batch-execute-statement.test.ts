import {
  BatchExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { describe, expect, test } from 'vitest'
import { key, refusalOf, startTable } from './support.ts'

const TableName = 'seats'

async function startItems() {
  const wire = await startTable()
  for (const [pk, n] of [
    ['a', '1'],
    ['b', '3'],
  ] as const) {
    await wire.db.send(new PutItemCommand({ TableName, Item: { ...key(pk), n: { N: n } } }))
  }
  return wire
}

async function stored(db: DynamoDBClient, pk: string) {
  return (await db.send(new GetItemCommand({ TableName, Key: key(pk) }))).Item
}

describe('BatchExecuteStatement', () => {
  test('answers each statement in its place, with its item or its error', async () => {
    const { db } = await startItems()
    const { Responses } = await db.send(
      new BatchExecuteStatementCommand({
        Statements: [
          { Statement: `DELETE FROM seats WHERE pk = 'a' AND sk = '1' RETURNING ALL OLD *` },
          { Statement: `DELETE FROM seats WHERE pk = ? AND sk = '9'`, Parameters: [{ S: 'a' }] },
          { Statement: `DELETE FROM seats WHERE pk = 'a'` },
          { Statement: `DELETE FROM nowhere WHERE pk = 'a' AND sk = '1'` },
        ],
        ReturnConsumedCapacity: 'TOTAL',
      }),
    )
    expect(Responses).toMatchObject([
      { TableName, Item: { ...key('a'), n: { N: '1' } } },
      { TableName },
      { TableName, Error: { Code: 'ValidationError' } },
      { Error: { Code: 'ResourceNotFound' } },
    ])
    expect(Responses?.[1]?.Item).toBeUndefined()
  })

  test('writes what it can', async () => {
    const { db } = await startItems()
    const { Responses } = await db.send(
      new BatchExecuteStatementCommand({
        Statements: [
          { Statement: `INSERT INTO seats VALUE {'pk': 'a', 'sk': '1'}` },
          { Statement: `INSERT INTO seats VALUE {'pk': 'd', 'sk': '1'}` },
          { Statement: `UPDATE seats SET n = 1 WHERE pk = 'none' AND sk = '1'` },
        ],
      }),
    )
    expect(Responses?.map((one) => one.Error?.Code)).toEqual([
      'DuplicateItem',
      undefined,
      'ConditionalCheckFailed',
    ])
    expect(await stored(db, 'd')).toEqual(key('d'))
  })

  test.each([[26], [0]])('refuses %i statements', async (count) => {
    const { db } = await startItems()
    const Statements = Array.from({ length: count }, () => ({
      Statement: `DELETE FROM seats WHERE pk = 'a' AND sk = '1'`,
    }))
    const refusal = await refusalOf(db.send(new BatchExecuteStatementCommand({ Statements })))
    expect(refusal.name).toBe('ValidationException')
  })
})
