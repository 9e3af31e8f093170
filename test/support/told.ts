import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { expireBatch } from '../../functions/workers/expire-holds.ts'
import { relayBatch } from '../../functions/workers/relay-changes.ts'
import type { Notice } from '../../lib/rules/notice.ts'
import { inProcess } from '@holdfast/dynamodb/in-process'
import { createStreamPump } from '../../local/sources/stream-pump.ts'
import type { Holdfast } from './holdfast.ts'
import { runAs } from './iam/guard.ts'
import { openMemoryMessaging, type MemoryMessaging } from './memory-messaging.ts'
import { openScene, type Scene } from './scene.ts'

/** What a Holdfast tells: its stream relayed to a bus and to timers in memory. */
export interface Told {
  readonly messaging: MemoryMessaging
  /** Every record that the relay was handed, in order. */
  readonly records: DynamoDBRecord[]
  /** Relays what is new in the stream. */
  relay(): Promise<void>
  /** Calls the expiry with every timer that has gone off; answers how many there were. */
  fire(): Promise<number>
  /** Every notice on the bus so far, or since `forget`. */
  notices(): Notice[]
  forget(): void
}

/** Opens bus and timers for a Holdfast, unless it is to use those that it is given; nothing is relayed by itself. */
export async function openTold(
  { clock, engine, port, runtime }: Holdfast,
  given?: MemoryMessaging,
): Promise<Told> {
  const messaging = given ?? (await openMemoryMessaging({ clock }))
  const records: DynamoDBRecord[] = []
  const client = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: inProcess(engine),
  }
  const streams = new DynamoDBStreamsClient(client)
  // The port's own clients know documents alone.
  const table = await new DynamoDBClient(client).send(
    new DescribeTableCommand({ TableName: port.tableName }),
  )
  const worker = (event: DynamoDBStreamEvent) => {
    records.push(...event.Records)
    return runAs('workers/relay-changes', () => relayBatch(runtime, messaging.bus, event))
  }
  const pump = createStreamPump({
    streams,
    streamArn: table.Table?.LatestStreamArn ?? '',
    workers: [worker],
    clock,
  })
  return {
    messaging,
    records,
    relay: () => pump.drain(),
    fire: () =>
      messaging.pump('timers', (event) =>
        runAs('workers/expire-holds', () => expireBatch(runtime, messaging.bus, event)),
      ),
    notices: () => messaging.published.map(({ detail }) => detail as Notice),
    forget: () => {
      messaging.published.length = 0
    },
  }
}

/** A scene whose beginning has been told already. */
export async function openToldScene(drawing?: object): Promise<Scene & { readonly told: Told }> {
  const scene = await openScene(drawing)
  const told = await openTold(scene)
  await told.relay()
  told.forget()
  return { ...scene, told }
}
