import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb'
import { Readable } from 'node:stream'
import { mockClient } from 'aws-sdk-client-mock'
import { afterEach, expect, test } from 'vitest'
import { Fault } from '../../../../lib/faults.ts'
import { ROUNDS_MAX } from '../../../../lib/in-rounds.ts'
import { SLOW_STORE_SECONDS } from '../../../../lib/limits/limits.ts'
import { openPort } from '../../../../lib/store/table/port.ts'
import { batchGet, queryAll } from '../../../../lib/store/table/read.ts'
import { transactOnce } from '../../../../lib/store/table/receipts.ts'
import { transact } from '../../../../lib/store/table/transact.ts'
import { writeItem } from '../../../../lib/store/table/write-item.ts'
import { movedClock } from '../../../support/moved-clock.ts'
import { seededIds } from '../../../support/seeded-ids.ts'

// DynamoDB failing in ways that the embedded one never does.

const clock = movedClock()
const port = openPort({
  tableName: 'table',
  client: { region: 'eu-central-1' },
  clock,
  ids: seededIds(clock),
  log: () => undefined,
})
const reader = mockClient(port.reader)
const writer = mockClient(port.writer)

afterEach(() => {
  reader.reset()
  writer.reset()
})

/** An error as the SDK throws it. */
function failure(name: string, httpStatusCode: number, fields: object = {}): Error {
  return Object.assign(new Error(name), { name, $metadata: { httpStatusCode }, ...fields })
}

function cancelled(...codes: string[]): Error {
  const CancellationReasons = codes.map((Code) => ({ Code }))
  return failure('TransactionCanceledException', 400, { CancellationReasons })
}

const keyOf = (number: number) => ({ pk: 'S#E1#0', sk: `A-${number}` })
const put = (number: number) => ({ Put: { TableName: 'table', Item: keyOf(number) } })

/** The keys that each batch asked for. */
function asked(): unknown[] {
  return reader
    .commandCalls(BatchGetCommand)
    .map(({ args: [{ input }] }) => input.RequestItems?.['table']?.Keys)
}

test('what a throttled batch leaves over is asked for again, and nothing else', async () => {
  reader
    .on(BatchGetCommand)
    .resolvesOnce({
      Responses: { table: [keyOf(1)] },
      UnprocessedKeys: { table: { Keys: [keyOf(2), keyOf(3)] } },
    })
    .resolvesOnce({ UnprocessedKeys: { table: { Keys: [keyOf(2), keyOf(3)] } } })
    .resolvesOnce({ Responses: { table: [keyOf(2)] }, UnprocessedKeys: {} })
  const items = await batchGet(port, [1, 2, 3].map(keyOf))
  expect([...items.values()]).toEqual([keyOf(1), keyOf(2)])
  expect(asked()).toEqual([[1, 2, 3].map(keyOf), [2, 3].map(keyOf), [2, 3].map(keyOf)])
})

test('a batch that is never processed ends as a fault: nothing was changed', async () => {
  reader.on(BatchGetCommand).resolves({ UnprocessedKeys: { table: { Keys: [keyOf(1)] } } })
  await expect(batchGet(port, [keyOf(1)])).rejects.toMatchObject({ outcome: 'not-applied' })
  expect(asked()).toHaveLength(6)
})

test('a page of a query may be empty before the last', async () => {
  reader
    .on(QueryCommand)
    .resolvesOnce({ Items: [], LastEvaluatedKey: keyOf(1) })
    .resolvesOnce({ Items: [keyOf(2)] })
  expect(await queryAll(port, {})).toEqual([keyOf(2)])
})

test('the same bytes under the same token are sent while nothing is known of a transaction', async () => {
  writer
    .on(TransactWriteCommand)
    .rejectsOnce(failure('InternalServerError', 500))
    .rejectsOnce(failure('TransactionInProgressException', 400))
    .rejectsOnce(failure('ServiceUnavailable', 503))
    .rejectsOnce(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))
    // A conflict after a lost answer says nothing of the first sending.
    .rejectsOnce(cancelled('TransactionConflict', 'None'))
    .resolves({})
  expect(await transact(port, [put(1), put(2)])).toEqual({ status: 'applied' })
  const inputs = writer.commandCalls(TransactWriteCommand).map(({ args: [{ input }] }) => input)
  expect(inputs).toHaveLength(6)
  expect(new Set(inputs.map((input) => JSON.stringify(input))).size).toBe(1)
})

test.each([
  ['a transaction cancelled by throttling', cancelled('ThrottlingError', 'None')],
  ['a table out of capacity', cancelled('None', 'ProvisionedThroughputExceeded')],
  ['an account out of requests', failure('RequestLimitExceeded', 400)],
  ['a throttled request', failure('ThrottlingException', 400)],
  ['a throttled table', failure('ProvisionedThroughputExceededException', 400)],
])('%s was surely not applied', async (_, error) => {
  writer.on(TransactWriteCommand).rejects(error)
  expect(await transact(port, [put(1), put(2)])).toMatchObject({ status: 'cancelled' })
  expect(writer.commandCalls(TransactWriteCommand)).toHaveLength(1)
})

test('a change of records is sent again while the store is only too slow to take it', async () => {
  writer
    .on(TransactWriteCommand)
    .rejectsOnce(cancelled('ThrottlingError', 'None'))
    .rejectsOnce(failure('ThrottlingException', 400))
    .resolves({})
  expect(await transactOnce(port, [put(1), put(2)], undefined)).toEqual({ status: 'applied' })
  expect(writer.commandCalls(TransactWriteCommand)).toHaveLength(3)
})

test('a store that stays too slow is a fault that says so, and when to come again: nothing was changed', async () => {
  writer.on(TransactWriteCommand).rejects(cancelled('ThrottlingError', 'None'))
  await expect(transactOnce(port, [put(1), put(2)], undefined)).rejects.toMatchObject({
    outcome: 'not-applied',
    retryAfterSeconds: SLOW_STORE_SECONDS,
  })
  expect(writer.commandCalls(TransactWriteCommand)).toHaveLength(ROUNDS_MAX)
})

test('whoever is in the way of a change is told of at once, also by a store that throttles as well', async () => {
  writer.on(TransactWriteCommand).rejects(cancelled('ThrottlingError', 'TransactionConflict'))
  const outcome = await transactOnce(port, [put(1), put(2)], undefined)
  expect(outcome).toMatchObject({ status: 'cancelled' })
  expect(writer.commandCalls(TransactWriteCommand)).toHaveLength(1)
})

test.each([
  ['a transaction cancelled for a reason of our own making', cancelled('ValidationError', 'None')],
  ['an item collection that is full', cancelled('ItemCollectionSizeLimitExceeded')],
  ['a permission that is missing', failure('AccessDeniedException', 400)],
  ['a table that is not there', failure('ResourceNotFoundException', 400)],
  ['a token with other bytes', failure('IdempotentParameterMismatchException', 400)],
  ['a signature that has expired', failure('ExpiredTokenException', 403)],
])('%s is a fault at once: no repetition mends it', async (_, error) => {
  writer.on(TransactWriteCommand).rejects(error)
  const outcome = transact(port, [put(1), put(2)])
  await expect(outcome).rejects.toThrow(Fault)
  await expect(outcome).rejects.toMatchObject({ outcome: 'not-applied' })
  expect(writer.commandCalls(TransactWriteCommand)).toHaveLength(1)
})

test('a refusal for good after a lost answer leaves it unknown whether the first sending applied', async () => {
  writer
    .on(TransactWriteCommand)
    .rejectsOnce(failure('InternalServerError', 500))
    .rejects(failure('AccessDeniedException', 400))
  await expect(transact(port, [put(1)])).rejects.toMatchObject({ outcome: 'unknown' })
})

test('a conditional write is sent again after throttling, conflicts and lost answers until it has an answer', async () => {
  const write = new PutCommand({ TableName: 'table', Item: keyOf(1) })
  writer
    .on(PutCommand)
    .rejectsOnce(failure('ThrottlingException', 400))
    .rejectsOnce(failure('TransactionConflictException', 400))
    .rejectsOnce(failure('InternalServerError', 500))
    .resolves({})
  expect(await writeItem(port, write, 'unknown')).toMatchObject({ status: 'applied' })
  writer.reset()
  writer.on(PutCommand).rejects(failure('InternalServerError', 500))
  await expect(writeItem(port, write, 'unknown')).rejects.toMatchObject({ outcome: 'unknown' })
})

test('the SDK sends a throttled read once, so that all its pauses are counted, and a lost one again', async () => {
  const sent = async (type: string, statusCode: number) => {
    let calls = 0
    const handle = () => {
      calls += 1
      const body = Readable.from([JSON.stringify({ __type: `com.amazonaws#${type}` })])
      return Promise.resolve({ response: { statusCode, headers: {}, body } })
    }
    const { reader: real } = openPort({
      ...port,
      client: {
        region: 'eu-central-1',
        credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
        requestHandler: { handle },
      },
    })
    const get = new GetCommand({ TableName: 'table', Key: keyOf(1) })
    await expect(real.send(get)).rejects.toMatchObject({ name: type })
    return calls
  }
  expect(await sent('ProvisionedThroughputExceededException', 400)).toBe(1)
  expect(await sent('InternalServerError', 500)).toBe(4)
})

test('the SDK itself retries reads and never a write', async () => {
  const attempts = async (client: unknown) =>
    (client as { config: DynamoDBClient['config'] }).config.maxAttempts()
  expect(await attempts(port.reader)).toBe(4)
  expect(await attempts(port.writer)).toBe(1)
})
