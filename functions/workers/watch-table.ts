import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { purgeRemoved } from '../../lib/afterwards/purge-removed.ts'
import { isUnreadable } from '../../lib/faults.ts'
import { openRuntime, type Runtime } from '../../lib/open.ts'
import { findRemoval } from '../../lib/store/table/removals.ts'
import { watchOperations, type StreamImages } from '../../lib/store/commit/watch.ts'
import { SECOND_MS } from '../../lib/limits/durations.ts'
import { WORKER_SECONDS } from '../../lib/limits/worker-times.ts'

/** It is called with every batch of the table's stream: for two tasks, since a stream has few readers. */
export const trigger = { kind: 'stream' } as const

/** Milliseconds of one call that go into purging: half of what a call has, so that a slow batch still ends within it. */
const PURGE_MS_MAX = (WORKER_SECONDS.stream / 2) * SECOND_MS

const worker = 'watch-table'

/** Looks after the large commits in a batch, then after what was removed; on a failure the rest of the batch comes again. */
export async function watchTable(
  runtime: Runtime,
  event: DynamoDBStreamEvent,
): Promise<DynamoDBBatchResponse> {
  const watched = await watchBatch(runtime, event)
  return watched.batchItemFailures.length > 0 ? watched : purgeBatch(runtime, event)
}

/** Notes the large commits that begin, and ends locks that come too late; on a failure the batch comes again. */
export async function watchBatch(
  { store, log }: Runtime,
  { Records }: DynamoDBStreamEvent,
): Promise<DynamoDBBatchResponse> {
  try {
    await watchOperations(store, Records.map(imagesOf))
    return { batchItemFailures: [] }
  } catch (error) {
    log({ level: 'error', worker, error: String(error) })
    const [first] = Records
    return { batchItemFailures: [{ itemIdentifier: first?.dynamodb?.SequenceNumber ?? '' }] }
  }
}

/**
 * Purges what the records of a stream batch left behind; on a failure the rest of the batch comes again, and so it does where one call
 * has no time for a large event: the next goes on.
 */
export async function purgeBatch(
  { store, clock, log }: Runtime,
  { Records }: DynamoDBStreamEvent,
): Promise<DynamoDBBatchResponse> {
  const end = clock.now() + PURGE_MS_MAX
  const hasTime = () => clock.now() < end
  for (const record of Records) {
    try {
      const { before, after } = imagesOf(record)
      const removal = findRemoval(before, after)
      if (removal === undefined || (await purgeRemoved(store, removal, hasTime))) continue
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] }
    } catch (error) {
      log({ level: 'error', worker, eventId: record.eventID, error: String(error) })
      // Nobody will ever know what it left behind; the others do not wait for that.
      if (isUnreadable(error)) continue
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] }
    }
  }
  return { batchItemFailures: [] }
}

/** The Lambda function behind the table's stream. */
export const handler = (event: DynamoDBStreamEvent) => watchTable(openRuntime(), event)

/** Lambda types its images on their own; heads, headers and rows hold no binary, where the two would differ. */
function imagesOf({ dynamodb }: DynamoDBRecord): StreamImages {
  const image = (which: 'OldImage' | 'NewImage') =>
    dynamodb?.[which] as Record<string, AttributeValue> | undefined
  return { before: image('OldImage'), after: image('NewImage') }
}
