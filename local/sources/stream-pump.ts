import {
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type DynamoDBStreamsClient,
  type _Record,
} from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import type { Clock } from '../../lib/clock.ts'
import { memoryPosition, type StreamPosition } from '../data/stream-position.ts'
import { STREAM_BATCH } from '../../lib/limits/worker-times.ts'

// Lambda's event source mapping, in small: reads the table's stream in order and hands batches to the workers. A batch
// that a worker reports as failed comes again, from the failed record on. Once all workers are done with a batch, its last
// number is noted: a new pump goes on behind it. What was under way when a process ended is handed over again.

/** What answers for a stream: a client, or an engine in this process, whose records are as Lambda has them already. */
export type Streams = Pick<DynamoDBStreamsClient, 'send'>

/** A worker that takes stream batches. */
export type StreamWorker = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>

export interface StreamPump {
  /** Hands over all records that there are, until none is left. */
  drain(): Promise<void>
  /** Drains again and again until stopped, through outages too. */
  start(): { stop(): Promise<void> }
}

export interface StreamPumpOptions {
  streams: Streams
  streamArn: string
  workers: readonly StreamWorker[]
  clock: Clock
  /** Where the pump goes on; from the oldest record that the stream still has when absent. */
  position?: StreamPosition
  /** Told of each outage. */
  onFailure?: (error: unknown) => void
}

/** Milliseconds between two looks at an empty stream. */
const POLL_MS = 100

/** Milliseconds before a failed batch comes again. */
const RETRY_MS = 1_000

/** Makes a pump over a stream; it reads nothing yet. */
export function createStreamPump(options: StreamPumpOptions): StreamPump {
  const { streams, streamArn, workers, clock, onFailure = () => undefined } = options
  const position = options.position ?? memoryPosition()
  let iterator: string | undefined
  let isStopped = false
  const pause = async () => {
    if (!isStopped) await clock.sleep(RETRY_MS)
    return !isStopped
  }

  async function step(): Promise<number> {
    iterator ??= await openIterator(streams, streamArn, await position.read(streamArn))
    const answer = await streams.send(
      new GetRecordsCommand({ ShardIterator: iterator, Limit: STREAM_BATCH }),
    )
    const records = (answer.Records ?? []).map((record) => toLambdaRecord(record, streamArn))
    for (const worker of workers) if (!(await deliver(worker, records, pause))) return 0
    const last = records.at(-1)?.dynamodb?.SequenceNumber
    if (last !== undefined) await position.write(streamArn, last)
    iterator = answer.NextShardIterator
    return records.length
  }

  async function run(): Promise<void> {
    while (!isStopped) {
      try {
        if ((await step()) === 0) await clock.sleep(POLL_MS)
      } catch (error) {
        // Also an iterator that has expired, after the machine slept: begin again at the position.
        iterator = undefined
        onFailure(error)
        await pause()
      }
    }
  }

  return {
    drain: async () => {
      while ((await step()) > 0);
    },
    start: () => {
      isStopped = false
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

/** Answers whether the worker is done with all records; a pause that answers no ends the attempts. */
async function deliver(
  worker: StreamWorker,
  records: DynamoDBRecord[],
  pause: () => Promise<boolean>,
): Promise<boolean> {
  let left = records
  while (left.length > 0) {
    const { batchItemFailures } = await worker({ Records: left })
    const failed = batchItemFailures[0]?.itemIdentifier
    if (failed === undefined) return true
    left = left.slice(left.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === failed))
    if (!(await pause())) return false
  }
  return true
}

/** Answers an iterator behind a record, or at the oldest one where that record is none that the stream knows. */
async function openIterator(
  streams: Streams,
  streamArn: string,
  after: string | undefined,
): Promise<string | undefined> {
  const { StreamDescription } = await streams.send(
    new DescribeStreamCommand({ StreamArn: streamArn }),
  )
  const place = { StreamArn: streamArn, ShardId: StreamDescription?.Shards?.[0]?.ShardId }
  if (after !== undefined) {
    try {
      const known = await streams.send(
        new GetShardIteratorCommand({
          ...place,
          ShardIteratorType: 'AFTER_SEQUENCE_NUMBER',
          SequenceNumber: after,
        }),
      )
      return known.ShardIterator
    } catch (error) {
      if (!UNKNOWN_RECORD.has((error as Error).name)) throw error
    }
  }
  const oldest = await streams.send(
    new GetShardIteratorCommand({ ...place, ShardIteratorType: 'TRIM_HORIZON' }),
  )
  return oldest.ShardIterator
}

/** Names of the errors for a record that is too old, or that the stream never had. */
const UNKNOWN_RECORD = new Set(['TrimmedDataAccessException', 'ValidationException'])

/** Reshapes what the Streams API answers into what Lambda hands over; times are numbers already where no client has read the answer. */
function toLambdaRecord(record: _Record, streamArn: string): DynamoDBRecord {
  const { dynamodb = {}, userIdentity, ...rest } = record
  const createdAt: unknown = dynamodb.ApproximateCreationDateTime
  if (typeof createdAt === 'number') {
    return { ...(record as DynamoDBRecord), eventSourceARN: streamArn }
  }
  const reshaped = {
    ...rest,
    eventSourceARN: streamArn,
    dynamodb: {
      ...dynamodb,
      ...(createdAt instanceof Date
        ? { ApproximateCreationDateTime: Math.floor(createdAt.getTime() / 1000) }
        : {}),
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
