import type { Lost } from './commit-result.ts'
import type { GuardedRow } from './guarded-rows.ts'
import { renewLease, type Lease } from './lease.ts'
import { applyPut, lockUpdate, type Applying } from './lock-writes.ts'
import { applyRows, lockRows, type AppliedRow, type LockOutcome } from './locks.ts'
import { settleRows } from './settle-locks.ts'
import { itemBytes, requestsOf } from '../table/item-bytes.ts'
import type { Item } from '../table/items.ts'
import { backOff, type Port } from '../table/port.ts'
import { isCreated } from '../table/row-kinds.ts'
import { keys, keyText } from '../table/table.ts'
import { waitForRoom } from '../table/throttled.ts'
import { isThrottledOnly, transactNow, type Reason, type TransactItem } from '../table/transact.ts'

// Rows that an operation creates, and that may be removed again one day:
//
// 1. They are locked many at a time, in transactions that look at the header as well: it must still be pending. So none of their
//    locks can land after the decision, however late it is; with rows whose versions rise for ever, the guard sees to that, but a
//    row that was created and removed again looks as if it had never been, and such a lock would bring it back.
// 2. They are applied many at a time, where nobody was faster; else one by one, as all others.

/** Locks all rows; those that are created after the others. */
export async function lockAll<Row extends GuardedRow>(
  port: Port,
  lease: Lease,
  rows: readonly Row[],
): Promise<LockOutcome<Row>> {
  const { created, others } = split(rows)
  const locked = await lockRows(port, lease, others)
  if (created.length === 0 || locked.lost.size > 0) return locked
  const { before } = locked
  const sent = [...locked.sent]
  for (const chunk of requestsOf(created, {
    countMax: Math.max(1, port.transactionItemsMax - 1),
    bytesOf,
  })) {
    sent.push(...chunk)
    const lost = await lockChunk(port, lease, chunk)
    if (lost.size > 0) return { sent, lost, before }
    await renewLease(port, lease)
  }
  return { sent, lost: new Map(), before }
}

/** Makes all rows of an operation that was committed then what its locks say. */
export async function applyAll(
  port: Port,
  applying: Pick<Applying, 'operationId' | 'at'>,
  rows: readonly AppliedRow[],
): Promise<void> {
  const { created, others } = split(rows)
  const left = [...others]
  for (const chunk of requestsOf(created, { countMax: port.transactionItemsMax, bytesOf })) {
    const puts = chunk.map(({ key, after = {} }) => ({
      Put: applyPut(port, key, { ...applying, after }),
    }))
    const { status } = await transactNow(port, puts, 'unknown')
    if (status !== 'applied') left.push(...chunk)
  }
  await applyRows(port, applying, left)
}

/** The order in which rows come is that of the keys, so that of two operations that want the same rows one soon gives way. */
function split<Row extends Pick<GuardedRow, 'key'>>(rows: readonly Row[]) {
  const created = rows.filter(({ key }) => isCreated(key))
  return {
    created: created.toSorted((a, b) => (keyText(a.key) < keyText(b.key) ? -1 : 1)),
    others: rows.filter(({ key }) => !isCreated(key)),
  }
}

/** What a row brings to a transaction. */
function bytesOf({ key, after }: Pick<GuardedRow, 'key' | 'after'>): number {
  return itemBytes({ ...key, ...after })
}

/** How many times locks of other operations are taken off the rows of one chunk before its rows count as busy. */
const SETTLINGS_MAX = 3

/**
 * Locks all rows of a chunk in one transaction; answers the rows that could not be locked, of which there are none if it
 * succeeded. Where no answer came, it is sent again.
 */
async function lockChunk<Row extends GuardedRow>(
  port: Port,
  lease: Lease,
  rows: readonly Row[],
): Promise<Map<Row, Lost>> {
  const { operationId } = lease
  let settlings = 0
  let hasRival = false
  for (let attempt = 1; port.clock.now() < lease.deadline; attempt += 1) {
    const answer = await transactNow(port, lockItems(port, operationId, rows), 'not-applied')
    if (answer.status === 'applied') return new Map()
    if (answer.status === 'cancelled') {
      const failed = failedOf(rows, answer.reasons)
      // Our own lock is there: the transaction was applied when it was sent before, and only its answer was lost.
      if (failed.some(({ item }) => item?.['lk'] === operationId)) return new Map()
      if (failed.length > 0) {
        settlings += 1
        const lost = await lostOf(port, failed)
        if (lost.size > 0) return lost
        if (settlings > SETTLINGS_MAX) return allLost(rows, busy)
        continue
      }
      // The header is no longer pending: another process found the deadline past and aborted this operation.
      if (answer.reasons.at(-1)?.code === 'ConditionalCheckFailed') return allLost(rows, late)
      hasRival ||= answer.reasons.some(({ code }) => code === 'TransactionConflict')
      if (isThrottledOnly(answer.reasons)) {
        if (!(await waitForRoom(port, attempt))) return allLost(rows, { ...late, hasNoRoom: true })
        continue
      }
    }
    await backOff(port, attempt)
  }
  return allLost(rows, hasRival ? busy : late)
}

const busy: Lost = { status: 'busy' }
const late: Extract<Lost, { status: 'late' }> = { status: 'late' }

function allLost<Row>(rows: readonly Row[], as: Lost): Map<Row, Lost> {
  return new Map(rows.map((row) => [row, as]))
}

/** The locks, and the header, which must still be pending. */
function lockItems(port: Port, operationId: string, rows: readonly GuardedRow[]): TransactItem[] {
  const isPending = {
    TableName: port.tableName,
    Key: keys.operation(operationId),
    ConditionExpression: 'st = :pending',
    ExpressionAttributeValues: { ':pending': 'P' },
  }
  const locks = rows.map((row) => ({ Update: lockUpdate(port, operationId, row) }))
  return [...locks, { ConditionCheck: isPending }]
}

interface Failed<Row> {
  readonly row: Row
  readonly item: Item | undefined
}

function failedOf<Row>(rows: readonly Row[], reasons: readonly Reason[]): Failed<Row>[] {
  return rows.flatMap((row, place) => {
    const { code, item } = reasons[place] ?? { code: 'None', item: undefined }
    return code === 'ConditionalCheckFailed' ? [{ row, item }] : []
  })
}

/**
 * Of the rows that failed, those that exist already or that another operation has locked. Locks of operations that are over are
 * ended first, and no longer count.
 */
async function lostOf<Row extends GuardedRow>(
  port: Port,
  failed: readonly Failed<Row>[],
): Promise<Map<Row, Lost>> {
  const locked = failed.flatMap(({ row: { key }, item }) =>
    item?.['lk'] === undefined ? [] : [{ key, item }],
  )
  const settled = await settleRows(port, locked)
  const lost = new Map<Row, Lost>()
  for (const { row, item } of failed) {
    const ended = settled.get(keyText(row.key)) ?? { status: 'open', item }
    if (ended.status === 'busy') lost.set(row, { status: 'busy', item: ended.item })
    else if (ended.item !== undefined) lost.set(row, { status: 'changed', item: ended.item })
  }
  return lost
}
