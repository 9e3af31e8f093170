import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Clock } from '../../lib/clock.ts'
import { tableDefinition } from '../../lib/store/table/table-definition.ts'
import { engineOver, type Engine } from '@holdfast/dynamodb/engine'
import type { Item, StreamRecord } from '@holdfast/dynamodb/types'
import { openMemoryStore, type MemorySnapshot } from './memory-store.ts'
import { fromItem } from './plain-marshal.ts'
import {
  toException,
  toOutput,
  toRequest,
  type Command,
  type PlainRequest,
} from './plain-client.ts'
import { operationOf, prepare } from './request-forms.ts'

// Holdfast's table on the embedded engine, in plain memory, without the SDK's middleware and without the wire: for runs
// that make millions of calls. The engine's operations are the same as everywhere else; requests are checked and parsed once
// for each form of request.
//
// A call is atomic and happens at the moment it is made: everything that takes place around it (latency, lost answers,
// crashes) is up to whoever wraps `run`.

/** The table, and everything that can be done to it from outside. */
export interface MemoryTable {
  readonly tableName: string
  /** The whole engine over the same store, for calls that have no plain form, and for TTL: `engine.expireItems()`. */
  readonly engine: Engine
  /** Runs one request now; rejects with the exceptions of the SDK. The request must not be used again. */
  run(request: PlainRequest): Promise<Record<string, unknown>>
  /** A document client that answers at once; or whose calls go through `send`, which may call `run` now, later or never. */
  client(send?: Send): DynamoDBDocumentClient
  /** Every stream record so far, in the order of commits: of one transaction in one go. */
  readonly records: readonly StreamRecord[]
  /** All items, as documents, by key; a damaged one too. */
  items(): Record<string, unknown>[]
  snapshot(): MemorySnapshot
  /** Puts table and stream back; a snapshot can be restored as often as needed. */
  restore(snapshot: MemorySnapshot): void
}

/** What becomes of a call of a client: `request` makes its request, a fresh one for each use. */
export type Send = (request: () => PlainRequest) => Promise<Record<string, unknown>>

/** Opens one with Holdfast's table in it; all time of the engine comes from the clock. */
export async function openMemoryTable(
  clock: Clock,
  tableName = 'holdfast-memory',
): Promise<MemoryTable> {
  const store = openMemoryStore(clock)
  const engine = engineOver(store)
  await createTable(engine, tableName)
  const run = async ({ operation, input }: PlainRequest) => {
    try {
      return toOutput(operation, await operationOf(operation).run(store, prepare(operation, input)))
    } catch (error) {
      throw toException(error)
    }
  }
  const atOnce: Send = (request) => run(request())
  return {
    tableName,
    engine,
    run,
    client: (send = atOnce) =>
      ({
        send: (command: Command) => send(() => toRequest(command)),
      }) as unknown as DynamoDBDocumentClient,
    get records() {
      return store.records
    },
    items: () => store.list('item/').map((item) => fromItem(item as Item)),
    snapshot: () => store.snapshot(),
    restore: (snapshot) => {
      store.restore(snapshot)
    },
  }
}

async function createTable(engine: Engine, TableName: string): Promise<void> {
  const { partitionKey, sortKey, ttlAttribute, streamViewType } = tableDefinition
  const call = async (name: string, input: object) => {
    const answer = await engine.call(`DynamoDB_20120810.${name}`, input)
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  }
  await call('CreateTable', {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: partitionKey, AttributeType: 'S' },
      { AttributeName: sortKey, AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: partitionKey, KeyType: 'HASH' },
      { AttributeName: sortKey, KeyType: 'RANGE' },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: streamViewType },
  })
  await call('UpdateTimeToLive', {
    TableName,
    TimeToLiveSpecification: { Enabled: true, AttributeName: ttlAttribute },
  })
}
