import {
  BatchExecuteStatementCommand,
  ExecuteTransactionCommand,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { describe, expect, test } from 'vitest'
import { indexedTable, key, refusalOf, startTable } from './support.ts'

const TableName = 'seats'

async function startItems() {
  const wire = await startTable(indexedTable)
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
          { Statement: `SELECT n FROM seats WHERE pk = 'a' AND sk = '1'` },
          { Statement: `SELECT * FROM seats WHERE pk = ? AND sk = '9'`, Parameters: [{ S: 'a' }] },
          { Statement: `SELECT * FROM seats WHERE pk = 'a'` },
          { Statement: `SELECT * FROM nowhere WHERE pk = 'a'` },
        ],
      }),
    )
    expect(Responses).toMatchObject([
      { TableName, Item: { n: { N: '1' } } },
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
    const Statements = Array.from({ length: count }, () => ({ Statement: 'SELECT * FROM seats' }))
    const refusal = await refusalOf(db.send(new BatchExecuteStatementCommand({ Statements })))
    expect(refusal.name).toBe('ValidationException')
  })

  test('refuses reads and writes in one batch', async () => {
    const { db } = await startItems()
    const Statements = [
      { Statement: `SELECT * FROM seats WHERE pk = 'a' AND sk = '1'` },
      { Statement: `DELETE FROM seats WHERE pk = 'a' AND sk = '1'` },
    ]
    const refusal = await refusalOf(db.send(new BatchExecuteStatementCommand({ Statements })))
    expect(refusal.name).toBe('ValidationException')
  })
})

describe('ExecuteTransaction', () => {
  test('writes all or nothing, and says why nothing', async () => {
    const { db } = await startItems()
    const insert = { Statement: `INSERT INTO seats VALUE {'pk': 'e', 'sk': '1'}` }
    const refusal = await refusalOf(
      db.send(
        new ExecuteTransactionCommand({
          TransactStatements: [
            insert,
            { Statement: `INSERT INTO seats VALUE {'pk': 'a', 'sk': '1'}` },
            { Statement: `UPDATE seats SET n = 1 WHERE pk = 'none' AND sk = '1'` },
          ],
        }),
      ),
    )
    expect(refusal.name).toBe('TransactionCanceledException')
    expect(refusal.CancellationReasons?.map((reason) => reason.Code)).toEqual([
      'None',
      'DuplicateItem',
      'ConditionalCheckFailed',
    ])
    expect(await stored(db, 'e')).toBeUndefined()
    await db.send(
      new ExecuteTransactionCommand({
        TransactStatements: [
          insert,
          { Statement: `EXISTS(SELECT * FROM seats WHERE pk = 'a' AND sk = '1' AND n = 1)` },
        ],
      }),
    )
    expect(await stored(db, 'e')).toEqual(key('e'))
  })

  test('reads items in the order of its statements', async () => {
    const { db } = await startItems()
    const { Responses } = await db.send(
      new ExecuteTransactionCommand({
        TransactStatements: [
          { Statement: `SELECT n FROM seats WHERE pk = 'b' AND sk = '1'` },
          { Statement: `SELECT n FROM seats WHERE pk = 'z' AND sk = '1'` },
        ],
      }),
    )
    expect(Responses).toEqual([{ Item: { n: { N: '3' } } }, {}])
  })

  test('with a client token is applied once, and not with other statements', async () => {
    const { db } = await startItems()
    const add = (by: number) =>
      db.send(
        new ExecuteTransactionCommand({
          ClientRequestToken: 'token',
          TransactStatements: [
            { Statement: `UPDATE seats SET n = n + ${by} WHERE pk = 'a' AND sk = '1'` },
          ],
        }),
      )
    await add(1)
    await add(1)
    expect((await stored(db, 'a'))?.['n']).toEqual({ N: '2' })
    expect((await refusalOf(add(2))).name).toBe('IdempotentParameterMismatchException')
  })
})
