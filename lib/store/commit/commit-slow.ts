import { defined } from '../../defined.ts'
import { Fault } from '../../faults.ts'
import { TIDYING_MS_MAX } from '../../limits/limits.ts'
import { noteChange, withPatience } from '../../patience.ts'
import type { Committed, Lost } from './commit-result.ts'
import { putDetails } from './details.ts'
import { putEntries } from './entries.ts'
import { leaseFor, limitOf } from './lease.ts'
import { applyAll, lockAll } from './created-rows.ts'
import { undoRows } from './locks.ts'
import {
  abortOperation,
  decideOperation,
  finishOperation,
  headerItem,
  type Operation,
} from './operations.ts'
import type { Port } from '../table/port.ts'
import { pointerWrite, refuseRecorded, type Receipt } from '../table/receipts.ts'
import type { GuardedRow, Items } from './guarded-rows.ts'
import { keys } from '../table/table.ts'
import { noRoom } from '../table/throttled.ts'
import { isThrottledOnly, transact } from '../table/transact.ts'

// A commit of any size, all or none; the same guarded rows in, the same outcome out as of one transaction:
//
// 1. Open: put the details, then in one transaction the header, pending and with a deadline, and the pointer of a request
//    with an idempotency key.
// 2. Lock: each row under its guard, with the effect beside its current state, which stays visible. While that makes
//    progress the deadline is put off (lease.ts).
// 3. Decide: one conditional write of the header. This is the commit point. Where a row was lost: abort.
// 4. Apply or undo: first the entries, then the rows, each conditional on the lock. Others may do the same at any time.
// 5. Finish: mark the header, which lets TTL remove it. Then answer.
//
// A process that ends anywhere in between leaves an operation that anyone can end: see settle-locks.ts, recover.ts, and
// docs/commit-protocol.md for the reasons.

/** Milliseconds after which no further lock of an aborted operation is taken off: the caller waits for the answer. */
const UNDO_MS_MAX = 5_000

/** Commits in five steps; throws when the request turns out to be recorded already. */
export async function commitSlow<Row extends GuardedRow>(
  port: Port,
  items: Items<Row>,
  receipt: Receipt | undefined,
): Promise<Committed<Row>> {
  const { operationId, rows, entries, withDecision } = items
  const lease = leaseFor(port, operationId, rows)
  const slow = { status: 'slow', takesMs: 2 * limitOf(rows.length) } as const
  const givingUp = (error: unknown): Promise<never> => {
    if (!(error instanceof Fault) || !error.isOverloaded) throw error
    return giveUp(port, operationId, rows)
  }
  // 1. Open.
  const opened = await open(port, lease, { items, receipt })
  if (opened !== 'open') return opened === 'throttled' ? slow : contended(new Map())
  // 2. Lock.
  const { sent, lost, before } = await lockAll(port, lease, rows).catch(givingUp)
  if ([...lost.values()].some((row) => row.status === 'late' && row.hasNoRoom === true)) {
    return giveUp(port, operationId, sent)
  }
  // 3. Decide.
  const decided =
    lost.size > 0
      ? await abortOperation(port, operationId, 'not-applied')
      : await decideOperation(port, lease, withDecision).catch(givingUp)
  const endedAt = port.clock.now()
  // 4. Apply or undo. 5. Finish.
  if (decided.status === 'committed') {
    noteChange()
    const { at } = decided
    await putEntries(port, { entries, at }, 'unknown')
    const locked = rows.map((row) => ({ ...row, before: before.get(row) }))
    await applyAll(port, { operationId, at }, locked)
    await finishOperation(port, operationId)
    return { status: 'committed' }
  }
  const isUndone = await undoRows(port, { operationId, until: endedAt + UNDO_MS_MAX }, sent)
  if (isUndone) await finishOperation(port, operationId)
  const left = receipt === undefined ? {} : { left: operationId }
  if ('isRefused' in decided) return { status: 'refused', ...left }
  const rivals = new Map([...lost].filter(([, { status }]) => status !== 'late'))
  const hasLapsed = endedAt >= lease.holdsEndAt
  return { ...(rivals.size > 0 || hasLapsed ? contended(rivals) : slow), ...left }
}

/**
 * Aborts what the store has no room for, and takes off as many locks as it has room for; throws the fault. Nobody but this process may
 * decide the operation, so that nothing will come of it even where the abort found no room: others make it, past the deadline.
 */
async function giveUp(
  port: Port,
  operationId: string,
  sent: readonly Pick<GuardedRow, 'key'>[],
): Promise<never> {
  try {
    await withPatience(TIDYING_MS_MAX, async () => {
      await abortOperation(port, operationId, 'not-applied')
      const until = port.clock.now() + TIDYING_MS_MAX
      if (await undoRows(port, { operationId, until }, sent)) {
        await finishOperation(port, operationId)
      }
    })
  } catch (error) {
    if (!(error instanceof Fault)) throw error
  }
  throw noRoom(port)
}

function contended<Row>(lost: ReadonlyMap<Row, Lost>) {
  return { status: 'contended', lost } as const
}

/** Where it is not open, nothing was done, and the details are left to TTL. */
async function open(
  port: Port,
  { operationId, deadline }: Pick<Operation, 'operationId' | 'deadline'>,
  { items, receipt }: { items: Items; receipt: Receipt | undefined },
): Promise<'open' | 'throttled' | 'contended'> {
  const { tableName: TableName } = port
  const parts = await putDetails(port, operationId, {
    rows: items.rows.map(({ key }) => key),
    entries: items.entries,
    ...defined({ answer: receipt?.answer }),
  })
  const header = {
    Put: {
      TableName,
      Item: { ...keys.operation(operationId), ...headerItem(deadline, parts) },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  }
  const pointer = receipt === undefined ? [] : [pointerWrite(port, receipt, operationId)]
  const outcome = await transact(port, [header, ...pointer], { isReversible: true })
  if (outcome.status === 'applied') return 'open'
  refuseRecorded(outcome.reasons, 1)
  return isThrottledOnly(outcome.reasons) ? 'throttled' : 'contended'
}
