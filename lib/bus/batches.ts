import { chunksOf } from '../chunks.ts'
import { BATCH_MESSAGES_MAX } from '../limits/aws-limits.ts'

/** Bytes that all entries of one request may have together, below the 256 KB of EventBridge and, of old, of SQS. */
export const REQUEST_BYTES_MAX = 240_000

/** Puts entries together as requests take them, in order; one that is too large by itself goes alone. */
export function batchesOf<Entry>(
  entries: readonly Entry[],
  bytesOf: (entry: Entry) => number,
): Entry[][] {
  return chunksOf(entries, { countMax: BATCH_MESSAGES_MAX, bytesMax: REQUEST_BYTES_MAX, bytesOf })
}
