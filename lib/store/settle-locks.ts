import pLimit from 'p-limit'
import { readDetails } from './details.ts'
import { putEntries } from './entries.ts'
import type { Item } from './items.ts'
import { applyWrite, readLock, undoWrite, type Lock } from './lock-writes.ts'
import { abortOperation, readOperation, type Decided } from './operations.ts'
import type { Port } from './port.ts'
import { addRecovery } from './recoveries.ts'
import { keyText, type Key } from './table.ts'
import { writeItem } from './write-item.ts'

// Whoever meets a lock ends it:
//
// 1. Read the header of its operation. Pending before its deadline: busy, the row's current state stands.
// 2. Pending after its deadline: abort it, unless it turns out to have been committed.
// 3. Committed: put its history and hold entries first, then make the row what the lock says. Where the operation is not
//    finished, see to it that it will be.
// 4. Aborted, or no header: take the lock off. A header is removed only after all of its operation was ended; a lock
//    that lands later still is of a sending that was given up, or of a row that was only checked.
//
// Each write is conditional on the lock being there, so that any number may do this at once.

/** A row with a lock on it, as it was read. */
export interface LockedRow {
  readonly key: Key
  readonly item: Item
}

/** A row after its lock was looked into: without one, or still in somebody's hands. */
export type SettledRow =
  { readonly status: 'open'; readonly item: Item | undefined } | { readonly status: 'busy' }

/** Rows settled at a time. */
const ROWS_AT_ONCE = 16

const busy: SettledRow = { status: 'busy' }

/** Ends the lock of one row if it can be ended now. */
export async function settleRow(port: Port, row: LockedRow): Promise<SettledRow> {
  return (await settleRows(port, [row])).get(keyText(row.key)) ?? busy
}

/** Ends the locks that can be ended now, looking at each operation once; by key text. */
export async function settleRows(
  port: Port,
  rows: readonly LockedRow[],
): Promise<Map<string, SettledRow>> {
  const settled = new Map<string, SettledRow>()
  const endings = new Map<string, Promise<Decided | 'open'>>()
  await pLimit(ROWS_AT_ONCE).map(rows, async ({ key, item }) => {
    const lock = readLock(port, key, item)
    if (lock === undefined) {
      settled.set(keyText(key), busy)
      return
    }
    const ending = endings.get(lock.operationId) ?? endOf(port, lock.operationId)
    endings.set(lock.operationId, ending)
    settled.set(keyText(key), await settle(port, { key, lock, ending: await ending }))
  })
  return settled
}

/** How an operation ended, with its entries written if it was committed; `open` while that is for others to say. */
async function endOf(port: Port, operationId: string): Promise<Decided | 'open'> {
  const found = await readOperation(port, operationId)
  if (found === 'damaged') return 'open'
  if (found === 'missing') return 'aborted'
  const { state, deadline, isFinished } = found
  if (state === 'pending' && deadline > port.clock.now()) return 'open'
  const decided =
    state === 'pending' ? await abortOperation(port, operationId, 'not-applied') : state
  if (decided === 'aborted' || isFinished) return decided
  const details = await readDetails(port, found)
  if (details === undefined) return 'open'
  await putEntries(port, details.entries, 'not-applied')
  await addRecovery(port, found)
  return 'committed'
}

async function settle(
  port: Port,
  { key, lock, ending }: { key: Key; lock: Lock; ending: Decided | 'open' },
): Promise<SettledRow> {
  if (ending === 'open') return busy
  const write =
    ending === 'committed' ? applyWrite(port, key, lock) : undoWrite(port, key, lock.operationId)
  const { status, item } = await writeItem(port, write, 'not-applied')
  // Somebody else was faster, and by now the row may be in other hands.
  if (status === 'refused') return item?.['lk'] === undefined ? { status: 'open', item } : busy
  const isChanged = ending === 'committed' && lock.after !== undefined
  return { status: 'open', item: isChanged ? { ...key, ...lock.after } : item }
}
