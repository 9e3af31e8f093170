import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import { openRuntime, type Runtime } from '../../lib/open.ts'
import type { StreamImages } from '../../lib/store/watch.ts'

/** It is called with every batch of the table's stream. */
export const trigger = { kind: 'stream' } as const

/** Notes the large commits that begin, and ends locks that come too late; on a failure the batch comes again. */
export async function watchBatch(
  { store, log }: Runtime,
  { Records }: DynamoDBStreamEvent,
): Promise<DynamoDBBatchResponse> {
  try {
    await store.watchOperations(Records.map(({ dynamodb }) => images(dynamodb)))
    return { batchItemFailures: [] }
  } catch (error) {
    log({ level: 'error', worker: 'watch-operations', error: String(error) })
    const [first] = Records
    return { batchItemFailures: [{ itemIdentifier: first?.dynamodb?.SequenceNumber ?? '' }] }
  }
}

/** The Lambda function behind the table's stream. */
export const handler = (event: DynamoDBStreamEvent) => watchBatch(openRuntime(), event)

/** Lambda types its images on their own; headers and rows hold no binary, where the two would differ. */
function images(record: DynamoDBStreamEvent['Records'][number]['dynamodb']): StreamImages {
  const image = (which: 'OldImage' | 'NewImage') =>
    record?.[which] as Record<string, AttributeValue> | undefined
  return { before: image('OldImage'), after: image('NewImage') }
}
