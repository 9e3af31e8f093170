import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTable } from '../../../local/data/create-table.ts'
import { createEngine } from '@holdfast/dynamodb/engine'
import { inProcess } from '@holdfast/dynamodb/in-process'
import { openMemoryTable } from '../../support/memory-table.ts'
import { movedClock } from '../../support/moved-clock.ts'
import { fromItem, toItem } from '../../support/plain-marshal.ts'

const TableName = 'holdfast-memory'

async function openTwo() {
  const clock = movedClock()
  const memory = await openMemoryTable(clock)
  const engine = await createEngine({ clock })
  const client = new DynamoDBClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: inProcess(engine),
    maxAttempts: 1,
  })
  await createTable(client, TableName)
  const real = DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true },
  })
  return { clock, memory, engine, real, plain: memory.client() }
}

interface AnyCommand {
  readonly input: object
}

/** What a caller can see of an answer or an error. */
async function seen(client: DynamoDBDocumentClient, command: AnyCommand): Promise<unknown> {
  try {
    const answer = (await client.send(command as never)) as Record<string, unknown>
    const shown = Object.entries(answer).filter(([name]) => name !== '$metadata')
    return Object.fromEntries(shown.filter(([, value]) => value !== undefined))
  } catch (error) {
    const { name, message, ...more } = error as Error & Record<string, unknown>
    const { httpStatusCode } = more['$metadata'] as { httpStatusCode: number }
    return { name, message, httpStatusCode, item: more['Item'], why: more['CancellationReasons'] }
  }
}

const key = (n: number) => ({ pk: 'S#a#1', sk: `A-${n}` })
const put = (n: number, v: number) => ({
  Put: {
    TableName,
    Item: { ...key(n), v, s: 'held', l: ['x', 1, { y: null }], b: new Uint8Array([1, 2, 250]) },
    ConditionExpression: 'attribute_not_exists(v) OR v < :v',
    ExpressionAttributeValues: { ':v': v },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  },
})
const transaction = (ClientRequestToken: string, TransactItems: object[]) =>
  new TransactWriteCommand({ ClientRequestToken, TransactItems })
const lock = (n: number, op: string) =>
  new UpdateCommand({
    TableName,
    Key: key(n),
    UpdateExpression: 'SET lk = :op, ln = :ln REMOVE b',
    ConditionExpression: 'attribute_not_exists(lk)',
    ExpressionAttributeValues: { ':op': op, ':ln': { v: n, t: undefined } },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    ReturnValues: 'ALL_NEW',
  })
const query = (Limit: number) =>
  new QueryCommand({
    TableName,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :p)',
    ExpressionAttributeValues: { ':pk': 'S#a#1', ':p': 'A-' },
    ConsistentRead: true,
    Limit,
  })
const batch = (keys: object[]) =>
  new BatchGetCommand({ RequestItems: { [TableName]: { Keys: keys, ConsistentRead: true } } })

// Every form twice: the first is parsed, the second takes the parsed form over.
const commands: (() => AnyCommand)[] = [
  () => transaction('one', [put(1, 1), put(2, 1)]),
  () => transaction('one', [put(1, 1), put(2, 1)]),
  () => transaction('one', [put(1, 2), put(2, 1)]),
  () => transaction('two', [put(1, 1), put(3, 1)]),
  () => transaction('two', [put(1, 7), put(3, 7)]),
  () => transaction('same', [put(1, 9), put(1, 9)]),
  () =>
    transaction(
      'many',
      Array.from({ length: 101 }, (_, n) => put(n, 1)),
    ),
  () => lock(1, 'a'),
  () => lock(1, 'b'),
  () => lock(9, 'c'),
  () => new GetCommand({ TableName, Key: key(1) }),
  () => new GetCommand({ TableName, Key: key(77) }),
  () => new GetCommand({ TableName, Key: { pk: 'x' } }),
  () => new GetCommand({ TableName: 'missing', Key: key(1) }),
  () => query(2),
  () => query(50),
  () => batch([key(1), key(2), key(55)]),
  () => batch([key(3), key(2)]),
  () => batch([key(3), key(3)]),
  () => new PutCommand({ TableName, Item: { ...key(4), v: 1.5, e: '' } }),
  () => new PutCommand({ TableName, Item: { ...key(5), big: 'x'.repeat(500_000) } }),
  () => new PutCommand({ TableName, Item: { ...key(4), ttl: 1 }, ReturnValues: 'ALL_OLD' }),
  () =>
    new UpdateCommand({
      TableName,
      Key: key(4),
      UpdateExpression: 'SET oops',
      ExpressionAttributeValues: { ':v': 1 },
    }),
  () => new DeleteCommand({ TableName, Key: key(4), ConditionExpression: 'attribute_exists(v)' }),
  () => new DeleteCommand({ TableName, Key: key(1), ConditionExpression: 'attribute_exists(v)' }),
  () =>
    new BatchWriteCommand({ RequestItems: { [TableName]: [{ DeleteRequest: { Key: key(2) } }] } }),
]

test('the plain client answers and throws as the SDK does over the same engine', async () => {
  const { plain, real, engine } = await openTwo()
  for (const make of commands) expect(await seen(plain, make())).toEqual(await seen(real, make()))
  await engine.close()
})

test('values become what the SDK makes of them, and come back', () => {
  const leaf = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
    fc.constant(new Set(['a', 'b'])),
  )
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie('any')),
      fc.dictionary(fc.string(), tie('any')),
    ),
  })).any
  fc.assert(
    fc.property(fc.dictionary(fc.string(), value), (fields) => {
      const expected = marshall(fields, { removeUndefinedValues: true })
      expect(toItem(fields)).toEqual(expected)
      expect(fromItem(toItem(fields))).toEqual(unmarshall(expected))
    }),
    { seed: 4, numRuns: 300 },
  )
})

test('a snapshot brings back items, stream and client tokens', async () => {
  const { memory, plain } = await openTwo()
  await plain.send(transaction('one', [put(1, 1)]))
  const snapshot = memory.snapshot()
  const before = memory.items()
  await plain.send(transaction('two', [put(1, 2), put(2, 2)]))
  await plain.send(new DeleteCommand({ TableName, Key: key(1) }))
  expect(memory.records).toHaveLength(4)
  memory.restore(snapshot)
  expect(memory.items()).toEqual(before)
  expect(memory.records).toHaveLength(1)
  // The token of the transaction that is undone stands for nothing any more; that of the first still does.
  await plain.send(transaction('two', [put(1, 2), put(2, 2)]))
  expect(memory.records).toHaveLength(3)
  await plain.send(transaction('one', [put(1, 1)]))
  expect(memory.records).toHaveLength(3)
})

test('TTL deletes what is due, and the stream says that it was TTL', async () => {
  const { memory, plain, clock } = await openTwo()
  const ttl = Math.floor(clock.now() / 1000)
  await plain.send(new PutCommand({ TableName, Item: { ...key(1), ttl } }))
  expect(await memory.engine.expireItems()).toBe(0)
  clock.advance(2_000)
  expect(await memory.engine.expireItems()).toBe(1)
  expect(memory.records.at(-1)).toMatchObject({
    eventName: 'REMOVE',
    userIdentity: { PrincipalId: 'dynamodb.amazonaws.com' },
  })
})
