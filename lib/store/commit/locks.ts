import pLimit from 'p-limit'
import type { Lost } from './commit-result.ts'
import { renewLease, type Lease } from './lease.ts'
import { applyWrite, lockWrite, undoWrite, type Applying } from './lock-writes.ts'
import { backOff, type Port } from '../table/port.ts'
import type { GuardedRow } from './guarded-rows.ts'
import { settleRow } from './settle-locks.ts'
import { keyText } from '../table/table.ts'
import { waitForRoom } from '../table/throttled.ts'
import { sendOnce, writeItem } from '../table/write-item.ts'

// The locks of one's own operation. They are sent in the order of the keys, a number of them at a time, so that of two
// operations that want the same rows one soon gives way.

/** Locks, and unlocks, on their way at a time. */
export const LOCKS_AT_ONCE = 32

/** How many locks of other operations, that turn out to be over, are taken off one row in turn before the row counts as busy. */
const SETTLINGS_MAX = 3

const busy: Lost = { status: 'busy' }
const late: Lost = { status: 'late' }

/** What came of locking: rows that were asked for, and those of them that were lost. */
export interface LockOutcome<Row> {
  /** Every row whose lock was sent: it may be locked, and where the answer was lost it still may become so. */
  readonly sent: readonly Row[]
  readonly lost: ReadonlyMap<Row, Lost>
}

/** Locks rows until all are locked, or one is lost; as long as it makes progress it takes the time that it may. */
export async function lockRows<Row extends GuardedRow>(
  port: Port,
  lease: Lease,
  rows: readonly Row[],
): Promise<LockOutcome<Row>> {
  const sent: Row[] = []
  const lost = new Map<Row, Lost>()
  let isStopped = false
  const inOrder = rows.toSorted((a, b) => (keyText(a.key) < keyText(b.key) ? -1 : 1))
  await pLimit(LOCKS_AT_ONCE).map(inOrder, async (row) => {
    if (isStopped) return
    sent.push(row)
    try {
      const outcome = await lockRow(port, lease, row)
      if (outcome === 'locked') {
        await renewLease(port, lease)
        return
      }
      lost.set(row, outcome)
      isStopped = true
    } catch (error) {
      isStopped = true
      throw error
    }
  })
  return { sent, lost }
}

/**
 * Where no answer came, it is unknown whether the row is locked: the lock is sent again, until the row has it or the deadline is
 * over.
 */
async function lockRow(port: Port, lease: Lease, row: GuardedRow): Promise<'locked' | Lost> {
  const { operationId } = lease
  let settlings = 0
  let hasRival = false
  for (let attempt = 1; port.clock.now() < lease.deadline; attempt += 1) {
    const sent = await sendOnce(port, lockWrite(port, operationId, row), 'not-applied')
    if (sent.status === 'applied') return 'locked'
    if (sent.status === 'refused') {
      const { item } = sent
      // An earlier sending of our own, whose answer got lost.
      if (item?.['lk'] === operationId) return 'locked'
      if (item?.['lk'] === undefined) return { status: 'changed', item }
      settlings += 1
      const settled = await settleRow(port, { key: row.key, item })
      if (settled.status === 'busy' || settlings > SETTLINGS_MAX) {
        return { status: 'busy', item: settled.item }
      }
    } else {
      if (sent.status === 'not-applied' && sent.why === 'conflict') hasRival = true
      if (sent.status !== 'not-applied' || sent.why !== 'throttled') await backOff(port, attempt)
      else if (!(await waitForRoom(port, attempt))) return { status: 'late', hasNoRoom: true }
    }
  }
  return hasRival ? busy : late
}

/** Makes the rows of an operation that was committed then what its locks say. */
export async function applyRows(
  port: Port,
  { operationId, at }: Pick<Applying, 'operationId' | 'at'>,
  rows: readonly Pick<GuardedRow, 'key' | 'after'>[],
): Promise<void> {
  await pLimit(LOCKS_AT_ONCE).map(rows, ({ key, after }) =>
    writeItem(port, applyWrite(port, key, { operationId, after, at }), 'unknown'),
  )
}

/**
 * Takes the locks of an aborted operation off, as many as the time allows; answers whether that were all. What is left is taken
 * off by the first who meets it, and by recovery.
 */
export async function undoRows(
  port: Port,
  { operationId, until }: { operationId: string; until: number },
  rows: readonly Pick<GuardedRow, 'key'>[],
): Promise<boolean> {
  let isWhole = true
  await pLimit(LOCKS_AT_ONCE).map(rows, async ({ key }) => {
    if (port.clock.now() > until) isWhole = false
    else await writeItem(port, undoWrite(port, key, operationId), 'not-applied')
  })
  return isWhole
}
