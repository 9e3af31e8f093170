import { instant, type Instant } from '../clock.ts'
import { contended, type CommitResult } from './commit-result.ts'
import { putDetails } from './details.ts'
import { putEntries } from './entries.ts'
import { applyRows, lockRows, undoRows } from './locks.ts'
import {
  abortOperation,
  decideOperation,
  finishOperation,
  headerItem,
  OPERATION_MS_MAX,
  type Operation,
} from './operations.ts'
import type { Port } from './port.ts'
import { pointerWrite, refuseRecorded, type Receipt } from './receipts.ts'
import type { GuardedRow, Items } from './rows.ts'
import { keys } from './table.ts'
import { conditionFailed, transact } from './transact.ts'

// A commit of any size, all or none; the same guarded rows in, the same outcome out as of one transaction:
//
// 1. Open: put the details, then in one transaction the header, pending and with a deadline, and the pointer of a request
//    with an idempotency key.
// 2. Lock: each row under its guard, with the effect beside its current state, which stays visible.
// 3. Decide: one conditional write of the header. This is the commit point. Where a row was lost: abort.
// 4. Apply or undo: first the entries, then the rows, each conditional on the lock. Others may do the same at any time.
// 5. Finish: mark the header, which lets TTL remove it. Then answer.
//
// A process that ends anywhere in between leaves an operation that anyone can end: see settle-locks.ts, recover.ts, and
// docs/commit-protocol.md for the reasons.

/** Commits in five steps; throws when the request turns out to be recorded already. */
export async function commitSlow(
  port: Port,
  items: Items,
  receipt: Receipt | undefined,
): Promise<CommitResult> {
  const { operationId, rows, entries } = items
  const operation = { operationId, deadline: deadlineOf(port, rows) }
  // 1. Open.
  const isOpen = await open(port, operation, { items, receipt })
  if (!isOpen) return contended(rows, new Map())
  // 2. Lock.
  const { sent, lost } = await lockRows(port, operation, rows)
  // 3. Decide.
  const decided =
    lost.size > 0
      ? await abortOperation(port, operationId, 'not-applied')
      : await decideOperation(port, operation)
  // 4. Apply or undo.
  if (decided.status === 'committed') {
    const { at } = decided
    await putEntries(port, { entries, at }, 'unknown')
    await applyRows(port, { operationId, at }, rows)
  } else await undoRows(port, operationId, sent)
  // 5. Finish.
  await finishOperation(port, operationId)
  if (decided.status === 'committed') return { status: 'committed' }
  return { ...contended(rows, lost), ...(receipt === undefined ? {} : { left: operationId }) }
}

/** A hold that has lapsed must not be booked or extended by a late decision. */
function deadlineOf({ clock }: Port, rows: readonly GuardedRow[]): Instant {
  const ends = rows.flatMap(({ guard }) => guard.hold?.until ?? [])
  return instant(Math.min(clock.now() + OPERATION_MS_MAX, ...ends))
}

/** False when the store was too busy: nothing is open then, and the details are left to TTL. */
async function open(
  port: Port,
  { operationId, deadline }: Pick<Operation, 'operationId' | 'deadline'>,
  { items, receipt }: { items: Items; receipt: Receipt | undefined },
): Promise<boolean> {
  const { tableName: TableName } = port
  const parts = await putDetails(port, operationId, {
    rows: items.rows.map(({ key }) => key),
    entries: items.entries,
    ...(receipt === undefined ? {} : { answer: receipt.answer }),
  })
  const header = {
    Put: {
      TableName,
      Item: { ...keys.operation(operationId), ...headerItem(deadline, parts) },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  }
  const pointer = receipt === undefined ? [] : [pointerWrite(port, receipt, operationId)]
  const outcome = await transact(port, [header, ...pointer], conditionFailed)
  if (outcome.status === 'applied') return true
  refuseRecorded(outcome.reasons, 1)
  return false
}
