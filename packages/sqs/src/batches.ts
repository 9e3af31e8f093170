import { ApiError } from '@holdfast/embedded/errors'
import { entryFailure } from '@holdfast/embedded/faults'

/** Entries that one request takes. */
const ENTRIES_MAX = 10

interface Identified {
  readonly Id: string
}

/** Refuses a batch that is empty, too long, or whose entries cannot be told apart. */
export function checkBatch(entries: readonly Identified[], kind: string): void {
  if (entries.length === 0) {
    throw new ApiError('EmptyBatchRequest', `There should be at least one ${kind} in the request.`)
  }
  if (entries.length > ENTRIES_MAX) {
    throw new ApiError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${ENTRIES_MAX}. You have sent ${entries.length}.`,
    )
  }
  const seen = new Set<string>()
  for (const { Id: id } of entries) {
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(id)) {
      throw new ApiError(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      )
    }
    if (seen.has(id)) throw new ApiError('BatchEntryIdsNotDistinct', `Id ${id} repeated.`)
    seen.add(id)
  }
}

/** Does each entry for itself: one that is refused is answered as failed, and keeps none of the others back. */
export function runEntries<Entry extends Identified>(
  entries: readonly Entry[],
  failedEntries: ReadonlySet<number>,
  run: (entry: Entry) => object,
): { Successful: object[]; Failed?: object[] } {
  const successful: object[] = []
  const failed: object[] = []
  for (const [at, entry] of entries.entries()) {
    const { Id } = entry
    try {
      if (failedEntries.has(at)) throw entryFailure
      successful.push({ Id, ...run(entry) })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      const { code: Code, message: Message, status } = error
      failed.push({ Id, SenderFault: status < 500, Code, Message })
    }
  }
  return { Successful: successful, ...(failed.length === 0 ? {} : { Failed: failed }) }
}
