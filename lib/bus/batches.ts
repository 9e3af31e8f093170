import { BATCH_MESSAGES_MAX } from '../limits/aws-limits.ts'

/** Bytes that all entries of one request may have together, below the 256 KB of EventBridge and, of old, of SQS. */
export const REQUEST_BYTES_MAX = 240_000

/** Puts entries together as requests take them, in order; one that is too large by itself goes alone. */
export function batchesOf<Entry>(
  entries: readonly Entry[],
  bytesOf: (entry: Entry) => number,
): Entry[][] {
  const batches: Entry[][] = []
  let bytes = 0
  for (const entry of entries) {
    const size = bytesOf(entry)
    const batch = batches.at(-1)
    if (
      batch !== undefined &&
      batch.length < BATCH_MESSAGES_MAX &&
      bytes + size <= REQUEST_BYTES_MAX
    ) {
      batch.push(entry)
      bytes += size
    } else {
      batches.push([entry])
      bytes = size
    }
  }
  return batches
}
