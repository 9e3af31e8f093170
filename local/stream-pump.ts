import {
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type DynamoDBStreamsClient,
  type _Record,
} from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import type { Clock } from '../lib/clock.ts'

// Lambda's event source mapping, in small: reads the table's stream in order and hands batches to the workers. A batch
// that a worker reports as failed comes again, from the failed record on.

/** A worker that takes stream batches. */
export type StreamWorker = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>

export interface StreamPump {
  /** Hands over all records that there are, until none is left. */
  drain(): Promise<void>
  /** Drains again and again until stopped. */
  start(): { stop(): Promise<void> }
}

/** Records of one batch. */
const BATCH_RECORDS_MAX = 100

/** Milliseconds between two looks at an empty stream. */
const POLL_MS = 100

/** Milliseconds before a failed batch comes again. */
const RETRY_MS = 1_000

/** Opens a pump from the oldest record that the stream still has. */
export async function createStreamPump(options: {
  streams: DynamoDBStreamsClient
  streamArn: string
  workers: readonly StreamWorker[]
  clock: Clock
}): Promise<StreamPump> {
  const { streams, streamArn, workers, clock } = options
  let iterator = await oldestRecord(streams, streamArn)

  async function step(): Promise<number> {
    const answer = await streams.send(
      new GetRecordsCommand({ ShardIterator: iterator, Limit: BATCH_RECORDS_MAX }),
    )
    const records = (answer.Records ?? []).map((record) => toLambdaRecord(record, streamArn))
    for (const worker of workers) await deliver(worker, records, clock)
    iterator = answer.NextShardIterator
    return records.length
  }

  return {
    drain: async () => {
      while ((await step()) > 0);
    },
    start: () => {
      let isStopped = false
      const run = async () => {
        while (!isStopped) if ((await step()) === 0) await clock.sleep(POLL_MS)
      }
      const running = run()
      return {
        stop: async () => {
          isStopped = true
          await running
        },
      }
    },
  }
}

async function oldestRecord(streams: DynamoDBStreamsClient, streamArn: string) {
  const { StreamDescription } = await streams.send(
    new DescribeStreamCommand({ StreamArn: streamArn }),
  )
  const answer = await streams.send(
    new GetShardIteratorCommand({
      StreamArn: streamArn,
      ShardId: StreamDescription?.Shards?.[0]?.ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    }),
  )
  return answer.ShardIterator
}

async function deliver(worker: StreamWorker, records: DynamoDBRecord[], clock: Clock) {
  let left = records
  while (left.length > 0) {
    const { batchItemFailures } = await worker({ Records: left })
    const failed = batchItemFailures[0]?.itemIdentifier
    if (failed === undefined) return
    left = left.slice(left.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === failed))
    await clock.sleep(RETRY_MS)
  }
}

/** Reshapes what the Streams API answers into what Lambda hands over. */
function toLambdaRecord(record: _Record, streamArn: string): DynamoDBRecord {
  const { dynamodb = {}, userIdentity, ...rest } = record
  const createdAt = dynamodb.ApproximateCreationDateTime
  const reshaped = {
    ...rest,
    eventSourceARN: streamArn,
    dynamodb: {
      ...dynamodb,
      ...(createdAt === undefined
        ? {}
        : { ApproximateCreationDateTime: Math.floor(createdAt.getTime() / 1000) }),
    },
    ...(userIdentity === undefined
      ? {}
      : { userIdentity: { type: userIdentity.Type, principalId: userIdentity.PrincipalId } }),
  }
  return JSON.parse(JSON.stringify(reshaped, binaryAsBase64)) as DynamoDBRecord
}

function binaryAsBase64(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value
}
