import { readDetails, type Details, type StoredAnswer } from './details.ts'
import { putEntries } from './entries.ts'
import { readLock } from './lock-writes.ts'
import { applyAll } from './created-rows.ts'
import { undoRows } from './locks.ts'
import {
  abortOperation,
  finishOperation,
  readOperation,
  type OperationOutcome,
} from './operations.ts'
import type { Port } from '../table/port.ts'
import { batchGet } from '../table/read.ts'
import { keyText } from '../table/table.ts'

// Ending an operation that nobody ended, by its header and details:
//
// 1. Pending before its deadline: leave it. After it: abort it, unless it turns out to have been committed.
// 2. Committed: entries, then the rows that still carry its lock. Aborted: take its locks off.
// 3. Mark it finished. All of it may be done twice, and by several at once.

/** How an operation stands after somebody looked after it. */
export type Ended =
  /** It is over, or it was never opened. */
  | { readonly status: 'committed'; readonly answer: StoredAnswer | undefined }
  | { readonly status: 'aborted' }
  | { readonly status: 'missing' }
  /** Not over yet, and within its time. */
  | { readonly status: 'running' }
  /** Header or details cannot be read: that was reported, and its objects stay busy. */
  | { readonly status: 'damaged' }

/** Ends an operation that is past its deadline or decided, whoever opened it. */
export async function endOperation(port: Port, operationId: string): Promise<Ended> {
  const found = await readOperation(port, operationId)
  if (found === 'missing' || found === 'damaged') return { status: found }
  const isRunning = found.decided === undefined && found.deadline > port.clock.now()
  if (isRunning) return { status: 'running' }
  const decided = found.decided ?? (await abortOperation(port, operationId, 'not-applied'))
  const { status } = decided
  const details = await readDetails(port, found)
  if (details === undefined) return { status: 'damaged' }
  const isEnded = found.isFinished || (await end(port, { operationId, decided }, details))
  if (!isEnded) return { status: 'damaged' }
  return status === 'aborted' ? { status } : { status, answer: details.answer }
}

/** False when a row cannot be read: the operation stays open then. */
async function end(
  port: Port,
  { operationId, decided }: { operationId: string; decided: OperationOutcome },
  { rows, entries }: Details,
): Promise<boolean> {
  const isCommitted = decided.status === 'committed'
  if (isCommitted) await putEntries(port, { entries, at: decided.at }, 'not-applied')
  const items = await batchGet(port, rows)
  const locked = rows.flatMap((key) => {
    const item = items.get(keyText(key))
    return item?.['lk'] === operationId
      ? [{ key, before: item, lock: readLock(port, key, item) }]
      : []
  })
  const readable = locked.flatMap(({ key, before, lock }) =>
    lock === undefined ? [] : [{ key, before, after: lock.after }],
  )
  if (isCommitted) await applyAll(port, { operationId, at: decided.at }, readable)
  else await undoRows(port, { operationId, until: Infinity }, locked)
  const isEnded = !isCommitted || readable.length === locked.length
  if (isEnded) await finishOperation(port, operationId)
  return isEnded
}
