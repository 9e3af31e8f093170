import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { purgeRemoved } from '../../lib/actions/purge-removed.ts'
import { openRuntime, type Runtime } from '../../lib/open.ts'
import { findRemoval } from '../../lib/store/removals.ts'

/** It is called with every batch of the table's stream. */
export const trigger = { kind: 'stream' } as const

/** Purges what the records of a stream batch left behind; on a failure the rest of the batch comes again. */
export async function purgeBatch(
  { store, log }: Runtime,
  { Records }: DynamoDBStreamEvent,
): Promise<DynamoDBBatchResponse> {
  for (const record of Records) {
    try {
      const removal = findRemoval(image(record, 'OldImage'), image(record, 'NewImage'))
      if (removal !== undefined) await purgeRemoved(store, removal)
    } catch (error) {
      log({
        level: 'error',
        worker: 'purge-removed',
        eventId: record.eventID,
        error: String(error),
      })
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] }
    }
  }
  return { batchItemFailures: [] }
}

/** The Lambda function behind the table's stream. */
export const handler = (event: DynamoDBStreamEvent) => purgeBatch(openRuntime(), event)

/** Lambda types its images on their own; the heads that are read here hold no binary, where the two would differ. */
function image(record: DynamoDBRecord, which: 'OldImage' | 'NewImage') {
  return record.dynamodb?.[which] as Record<string, AttributeValue> | undefined
}
