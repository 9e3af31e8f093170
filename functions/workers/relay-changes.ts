import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { relayChanges } from '../../lib/afterwards/relay-changes.ts'
import type { Bus } from '../../lib/bus/bus.ts'
import { openBusFromEnvironment } from '../../lib/open-bus.ts'
import { openRuntime, type Runtime } from '../../lib/open.ts'
import { readRecord } from '../../lib/store/table/stream-records.ts'

/** It is called with every batch of the table's stream. */
export const trigger = { kind: 'stream' } as const

/** Tells the bus and the timers what a stream batch tells; on a failure it comes again from there. */
export async function relayBatch(
  { store, clock, log }: Runtime,
  bus: Bus,
  { Records }: DynamoDBStreamEvent,
): Promise<DynamoDBBatchResponse> {
  const relay = { store, bus, log, now: () => clock.now() }
  const failed = await relayChanges(relay, Records.map(toRecord)).catch((error: unknown) => {
    log({ level: 'error', worker: 'relay-changes', error: String(error) })
    return 0
  })
  if (failed === undefined) return { batchItemFailures: [] }
  return {
    batchItemFailures: [{ itemIdentifier: Records[failed]?.dynamodb?.SequenceNumber ?? '' }],
  }
}

/** The Lambda function behind the table's stream. */
export const handler = (event: DynamoDBStreamEvent) =>
  relayBatch(openRuntime(), openBusFromEnvironment(), event)

/** Lambda types its images on their own; rows and hold entries hold no binary, where the two would differ. */
function toRecord(record: DynamoDBRecord) {
  const image = (which: 'OldImage' | 'NewImage') =>
    record.dynamodb?.[which] as Record<string, AttributeValue> | undefined
  return {
    read: () => readRecord(image('OldImage'), image('NewImage')),
    text: () => JSON.stringify(record),
  }
}
