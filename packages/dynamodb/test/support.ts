import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { AttributeValue, CreateTableCommandInput } from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { onTestFinished } from 'vitest'
import { addSeconds, instant } from '@holdfast/embedded/clock'
import type { Clock, Instant } from '@holdfast/embedded/clock'
import { createEngine } from '../src/engine.ts'
import type { Engine, EngineOptions } from '../src/engine.ts'
import { serveDynamo } from '../src/wire/server.ts'

/** A clock that stands still until a test moves it. */
export interface MovableClock extends Clock {
  move(seconds: number): void
}

/** Makes a movable clock. */
export function movableClock(start: Instant = instant(1_800_000_000_000)): MovableClock {
  let now = start
  return {
    now: () => now,
    sleep: () => Promise.resolve(),
    move(seconds) {
      now = addSeconds(now, seconds)
    },
  }
}

/** How every client of a test is configured; signatures are made but not checked. */
export const clientOptions = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
}

export interface Wire {
  engine: Engine
  url: string
  clock: MovableClock
  db: DynamoDBClient
  streams: DynamoDBStreamsClient
}

/** An engine on a free port with clients, closed when the test ends. */
export async function startWire(options: Omit<EngineOptions, 'clock'> = {}): Promise<Wire> {
  const clock = movableClock()
  const engine = await createEngine({ ...options, clock })
  const server = await serveDynamo(engine)
  const config = { ...clientOptions, endpoint: server.url }
  const db = new DynamoDBClient(config)
  const streams = new DynamoDBStreamsClient(config)
  onTestFinished(async () => {
    db.destroy()
    streams.destroy()
    await server.close()
    await engine.close()
  })
  return { engine, url: server.url, clock, db, streams }
}

/** A table with partition key `pk` and sort key `sk`, both texts, paid by request. */
export const keyedTable = {
  TableName: 'seats',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
} satisfies CreateTableCommandInput

/** The same with a stream of both images. */
export const streamedTable = {
  ...keyedTable,
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
} satisfies CreateTableCommandInput

/** Starts an engine with one table in it. */
export async function startTable(
  table: CreateTableCommandInput = keyedTable,
  options: Omit<EngineOptions, 'clock'> = {},
): Promise<Wire> {
  const wire = await startWire(options)
  await wire.db.send(new CreateTableCommand(table))
  return wire
}

/** The item's key in the tests' tables. */
export function key(pk: string, sk = '1'): { pk: AttributeValue; sk: AttributeValue } {
  return { pk: { S: pk }, sk: { S: sk } }
}

/** The error a call is refused with; fails when it succeeds. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await call.then(
    () => {
      throw new Error('The call was not refused')
    },
    (reason: unknown) => reason,
  )
  return error as Refusal
}

export interface Refusal extends Error {
  $metadata: { httpStatusCode?: number }
  Item?: Record<string, AttributeValue>
  CancellationReasons?: { Code?: string; Message?: string; Item?: object }[]
}

/** What a raw request is answered with. */
export interface RawAnswer {
  status: number
  headers: Headers
  body: Record<string, unknown>
}

/** Sends a request as it is, signed only in form. */
export async function raw(
  url: string,
  target: string,
  { body = {}, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<RawAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': target,
      'x-amz-date': '20261123T000000Z',
      authorization: 'AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=c',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : { text },
  }
}
