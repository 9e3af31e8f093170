import pLimit from 'p-limit'
import { rowDecided } from './decided.ts'
import { readDetails } from './details.ts'
import { putEntries } from './entries.ts'
import type { Item } from '../table/items.ts'
import { applyWrite, readLock, undoWrite } from './lock-writes.ts'
import { abortOperation, readOperation, type OperationOutcome } from './operations.ts'
import type { Port } from '../table/port.ts'
import { addRecovery } from './recoveries.ts'
import { keyText, type Key } from '../table/table.ts'
import { writeItem } from '../table/write-item.ts'

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

/** A row after its lock was looked into, as it is by then: without a lock, or in somebody's hands. */
export interface SettledRow {
  readonly status: 'open' | 'busy'
  readonly item: Item | undefined
}

/** Rows settled at a time. */
const ROWS_AT_ONCE = 16

/** Locks that one row may be freed of, one after the other, before it counts as busy. */
const LOCKS_MAX = 3

/** Ends the lock of one row if it can be ended now. */
export async function settleRow(port: Port, row: LockedRow): Promise<SettledRow> {
  return settle(port, new Map(), row)
}

/** Ends the locks that can be ended now, looking at each operation once; by key text. */
export async function settleRows(
  port: Port,
  rows: readonly LockedRow[],
): Promise<Map<string, SettledRow>> {
  const endings: Endings = new Map()
  const settled = await pLimit(ROWS_AT_ONCE).map(
    rows,
    async (row): Promise<[string, SettledRow]> => [
      keyText(row.key),
      await settle(port, endings, row),
    ],
  )
  return new Map(settled)
}

/** Ends the locks that stood in the way of a transaction, if they can be ended; answers whether there were any. */
export async function settleInTheWay(
  port: Port,
  reasons: readonly { readonly item: Item | undefined }[],
): Promise<boolean> {
  const locked = reasons.flatMap(({ item }) => {
    if (item?.['lk'] === undefined) return []
    return [{ key: { pk: item['pk'] as string, sk: item['sk'] as string }, item }]
  })
  await settleRows(port, locked)
  return locked.length > 0
}

/** How operations ended, each looked up once. */
type Endings = Map<string, Promise<OperationOutcome | { readonly status: 'open' }>>

const open = { status: 'open' } as const

/** Somebody else may be faster, and by then the row may carry another lock: whose row shows what was committed last. */
async function settle(port: Port, endings: Endings, { key, item }: LockedRow): Promise<SettledRow> {
  let current = item
  for (let locks = 1; locks <= LOCKS_MAX; locks += 1) {
    const lock = readLock(port, key, current)
    if (lock === undefined) break
    const { operationId } = lock
    const looked = endings.get(operationId) ?? endOf(port, operationId)
    endings.set(operationId, looked)
    const ending = await looked
    if (ending.status === 'open') break
    const write =
      ending.status === 'committed'
        ? applyWrite(port, key, { ...lock, at: ending.at })
        : undoWrite(port, key, operationId)
    const written = await writeItem(port, write, 'not-applied')
    if (written.status === 'applied') {
      const isChanged = ending.status === 'committed' && lock.after !== undefined
      const item = isChanged ? { ...key, ...rowDecided(lock.after, ending.at) } : written.item
      return { status: 'open', item }
    }
    if (written.item?.['lk'] === undefined) return { status: 'open', item: written.item }
    current = written.item
  }
  return { status: 'busy', item: current }
}

/** How an operation ended, with its entries written if it was committed; `open` while that is for others to say. */
async function endOf(port: Port, operationId: string): Promise<OperationOutcome | typeof open> {
  const found = await readOperation(port, operationId)
  if (found === 'damaged') return open
  if (found === 'missing') return { status: 'aborted' }
  const { deadline, isFinished } = found
  if (found.decided === undefined && deadline > port.clock.now()) return open
  const decided = found.decided ?? (await abortOperation(port, operationId, 'not-applied'))
  if (decided.status === 'aborted' || isFinished) return decided
  const details = await readDetails(port, found)
  if (details === undefined) return open
  await putEntries(port, { entries: details.entries, at: decided.at }, 'not-applied')
  await addRecovery(port, found)
  return decided
}
