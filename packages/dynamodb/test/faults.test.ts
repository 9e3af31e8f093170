import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import { describe, expect, test } from 'vitest'
import { createEngine } from '../src/engine.ts'
import type { Fault } from '../src/engine.ts'
import { inProcess } from '../src/wire/in-process.ts'
import { clientOptions, key, refusalOf, startTable } from './support.ts'
import type { Wire } from './support.ts'

const TableName = 'seats'
const put = new PutItemCommand({ TableName, Item: key('a') })
const transact = new TransactWriteItemsCommand({
  TransactItems: [{ Put: { TableName, Item: key('a') } }, { Put: { TableName, Item: key('b') } }],
})
const exists = async (db: DynamoDBClient) =>
  (await db.send(new GetItemCommand({ TableName, Key: key('a') }))).Item !== undefined

function injectOnWrites({ engine }: Pick<Wire, 'engine'>, fault: Fault, times = Infinity): void {
  let left = times
  engine.inject = ({ operation }) => {
    if (operation === 'GetItem' || left <= 0) return undefined
    left -= 1
    return fault
  }
}

describe('an injected fault', () => {
  test.each<[Fault, string, string, string]>([
    [
      'transaction-conflict',
      'TransactionConflictException',
      'TransactionConflict',
      'Transaction is ongoing for the item',
    ],
    [
      'throttle',
      'ProvisionedThroughputExceededException',
      'ThrottlingError',
      'The level of configured',
    ],
  ])('%s refuses a write and cancels a transaction', async (fault, name, Code, message) => {
    const wire = await startTable()
    injectOnWrites(wire, fault)
    expect((await refusalOf(wire.db.send(put))).name).toBe(name)
    const refusal = await refusalOf(wire.db.send(transact))
    expect(refusal.name).toBe('TransactionCanceledException')
    expect(refusal.CancellationReasons).toEqual([
      { Code, Message: expect.stringContaining(message) as string },
      { Code: 'None' },
    ])
    expect(await exists(wire.db)).toBe(false)
  })

  test('internal-error is a 500 that the SDK repeats', async () => {
    const wire = await startTable()
    injectOnWrites(wire, 'internal-error')
    const refusal = await refusalOf(wire.db.send(put))
    expect(refusal.name).toBe('InternalServerError')
    expect(refusal.$metadata.httpStatusCode).toBe(500)
    injectOnWrites(wire, 'internal-error', 1)
    const patient = new DynamoDBClient({ ...clientOptions, endpoint: wire.url, maxAttempts: 2 })
    expect((await patient.send(put)).$metadata.attempts).toBe(2)
  })

  test.each<[Fault, boolean]>([
    ['lost-before', false],
    ['lost-after', true],
  ])('%s drops the connection; the write is applied: %s', async (fault, applied) => {
    const wire = await startTable()
    injectOnWrites(wire, fault)
    const refusal = (await refusalOf(wire.db.send(put))) as Error & { code?: string }
    expect([refusal.name, refusal.code]).toEqual(['TimeoutError', 'ECONNRESET'])
    const other = new DynamoDBClient({ ...clientOptions, requestHandler: inProcess(wire.engine) })
    const same = (await refusalOf(other.send(put))) as Error & { code?: string }
    expect([same.name, same.code]).toEqual(['TimeoutError', 'ECONNRESET'])
    expect(await exists(wire.db)).toBe(applied)
  })
})

describe('in process', () => {
  test('the unmodified SDK works without a socket, and repeats a call whose answer was lost', async () => {
    const wire = await startTable()
    const db = new DynamoDBClient({
      ...clientOptions,
      maxAttempts: 2,
      requestHandler: inProcess(wire.engine),
    })
    injectOnWrites(wire, 'lost-before', 1)
    expect((await db.send(put)).$metadata.attempts).toBe(2)
    expect(await exists(db)).toBe(true)
  })

  test('a call is answered with status and body, and leaves its input as it is', async () => {
    const engine = await createEngine()
    const input = { TableName: 'nowhere', Item: key('a'), Unknown: null }
    const copy = structuredClone(input)
    expect(await engine.call('DynamoDB_20120810.PutItem', input)).toEqual({
      status: 400,
      body: {
        __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
        message: 'Requested resource not found',
      },
    })
    expect(input).toEqual(copy)
    await engine.close()
  })
})
