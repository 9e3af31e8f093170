import type { Lost } from './commit-result.ts'
import { renewLease, type Lease } from './lease.ts'
import {
  applyTogether,
  lockStatements,
  lockWrite,
  undoTogether,
  type Applying,
} from './lock-writes.ts'
import type { Item } from '../table/items.ts'
import { backOff, type Port } from '../table/port.ts'
import type { GuardedRow } from './guarded-rows.ts'
import { settleRows } from './settle-locks.ts'
import { keyText, type Key } from '../table/table.ts'
import { waitForRoom } from '../table/throttled.ts'
import { inBatches, sendTogether, writeAll, type SentWith, type Write } from './write-all.ts'

// The locks of one's own operation. They are sent in the order of the keys, a batch after the other and few of them at a time, so that of
// two operations that want the same rows one soon gives way. Each row of a batch has its own outcome:
//
// 1. Locked: its lock was taken, or a refusal shows that it is there, from a sending whose answer got lost.
// 2. Refused, and the row is shown: it was changed, or somebody has it, whose lock is ended first if it can be.
// 3. Refused, and nothing is shown: that says nothing of whose the row is. The next form of the lock tells more; the last is sent alone.
// 4. Surely not locked, or not known: sent again, until the deadline.

/** How many locks of other operations, that turn out to be over, are taken off one row in turn before the row counts as busy. */
const SETTLINGS_MAX = 3

const busy: Lost = { status: 'busy' }
const late: Lost = { status: 'late' }
const withoutRoom: Lost = { status: 'late', hasNoRoom: true }

/** What came of locking: rows that were asked for, and those of them that were lost. */
export interface LockOutcome<Row> {
  /** Every row whose lock was sent: it may be locked, and where the answer was lost it still may become so. */
  readonly sent: readonly Row[]
  readonly lost: ReadonlyMap<Row, Lost>
  /** What rows were when they were locked, as far as that was told. */
  readonly before: ReadonlyMap<Row, Item>
}

/** A row to be made what its lock says; it can travel with others where it is known what it was. */
export interface AppliedRow extends Pick<GuardedRow, 'key' | 'after'> {
  readonly before?: Item | undefined
}

/** A row whose lock is being asked for. */
interface Asked<Row> {
  readonly row: Row
  /** Forms of its lock that are not tried yet. */
  forms: readonly [Form, ...Form[]]
  settlings: number
  hasRival: boolean
}

interface Form extends Write {
  /** It is taken only where there was nothing. */
  readonly isNew: boolean
}

/** Locks rows until all are locked, or one is lost; as long as it makes progress it takes the time that it may. */
export async function lockRows<Row extends GuardedRow>(
  port: Port,
  lease: Lease,
  rows: readonly Row[],
): Promise<LockOutcome<Row>> {
  const sent: Row[] = []
  const lost = new Map<Row, Lost>()
  const before = new Map<Row, Item>()
  let isStopped = false
  const inOrder = rows.toSorted((a, b) => (keyText(a.key) < keyText(b.key) ? -1 : 1))
  const all = inOrder.map((row) => askFor(port, lease, row))
  await inBatches(port, all, {
    writeOf: ({ forms: [form] }) => form,
    send: async (batch) => {
      if (isStopped) return
      sent.push(...batch.map(({ row }) => row))
      try {
        await lockBatch(port, lease, { batch, lost, before })
        isStopped ||= lost.size > 0
      } catch (error) {
        isStopped = true
        throw error
      }
    },
  })
  return { sent, lost, before }
}

function askFor<Row extends GuardedRow>(port: Port, lease: Lease, row: Row): Asked<Row> {
  const { operationId } = lease
  const alone = () => lockWrite(port, operationId, row)
  const last: Form = { alone, isNew: false }
  const [first, ...others] = lockStatements(port, operationId, row).map((statement): Form => ({
    alone,
    statement,
    isNew: statement.text.startsWith('INSERT'),
  }))
  const forms: Asked<Row>['forms'] = first === undefined ? [last] : [first, ...others, last]
  return { row, forms, settlings: 0, hasRival: false }
}

interface Batch<Row> {
  readonly batch: readonly Asked<Row>[]
  readonly lost: Map<Row, Lost>
  readonly before: Map<Row, Item>
}

/**
 * Locks the rows of a batch, or finds one that is lost: then those that have no answer yet may be locked, or become so. Where no answer
 * came it is unknown whether a row is locked: its lock is sent again, until the row has it or the deadline is over.
 */
async function lockBatch<Row extends GuardedRow>(
  port: Port,
  lease: Lease,
  { batch, lost, before }: Batch<Row>,
): Promise<void> {
  let left = batch
  for (let attempt = 1; left.length > 0; attempt += 1) {
    if (port.clock.now() >= lease.deadline) {
      for (const { row, hasRival } of left) lost.set(row, hasRival ? busy : late)
      return
    }
    const writes = left.map(({ forms: [form] }) => form)
    const answers = await sendTogether(port, writes, 'not-applied')
    const sorted = sort(lease.operationId, { asked: left, answers }, { batch, lost, before })
    const { again, inTheWay, isLocked, waits } = sorted
    if (isLocked) await renewLease(port, lease)
    const freed = await settleInTheWay(port, inTheWay, lost)
    if (lost.size > 0) return
    left = [...again, ...freed]
    if (waits === 'for-room' && !(await waitForRoom(port, attempt))) {
      for (const { row } of again) lost.set(row, withoutRoom)
      return
    }
    if (waits === 'for-answers') await backOff(port, attempt)
  }
}

interface Answered<Row> {
  readonly asked: readonly Asked<Row>[]
  readonly answers: readonly SentWith[]
}

interface Sorted<Row> {
  readonly again: readonly Asked<Row>[]
  readonly inTheWay: readonly InTheWay<Row>[]
  readonly isLocked: boolean
  /** Undefined where the others can be asked at once. */
  readonly waits: 'for-room' | 'for-answers' | undefined
}

/** A row that another operation has. */
interface InTheWay<Row> {
  readonly asked: Asked<Row>
  readonly item: Item
}

/** Sorts rows by their answers; enters those that are locked and shown, and those that are lost. */
function sort<Row extends GuardedRow>(
  operationId: string,
  { asked, answers }: Answered<Row>,
  { lost, before }: Batch<Row>,
): Sorted<Row> {
  const again: Asked<Row>[] = []
  const inTheWay: InTheWay<Row>[] = []
  let isLocked = false
  let waits: Sorted<Row>['waits']
  for (const [place, it] of asked.entries()) {
    const sent = answers[place] ?? { status: 'lost', isAlone: false }
    if (sent.status === 'lost' || sent.status === 'not-applied') {
      const why = sent.status === 'lost' ? undefined : sent.why
      it.hasRival ||= why === 'conflict'
      waits = why === 'throttled' && waits !== 'for-answers' ? 'for-room' : 'for-answers'
      again.push(it)
      continue
    }
    const { item } = sent
    if (sent.status === 'applied' || item?.['lk'] === operationId) {
      isLocked = true
      const isAbsent = sent.status === 'applied' && !sent.isAlone && it.forms[0].isNew
      const was = isAbsent ? {} : item
      if (was !== undefined) before.set(it.row, was)
    } else if (item === undefined && !sent.isAlone) {
      const [, next, ...others] = it.forms
      if (next !== undefined) it.forms = [next, ...others]
      again.push(it)
    } else if (item?.['lk'] === undefined) lost.set(it.row, { status: 'changed', item })
    else inTheWay.push({ asked: it, item })
  }
  return { again, inTheWay, isLocked, waits }
}

/** Ends locks of other operations where they can be ended; answers the rows that are free of them, and enters the others as lost. */
async function settleInTheWay<Row extends GuardedRow>(
  port: Port,
  inTheWay: readonly InTheWay<Row>[],
  lost: Map<Row, Lost>,
): Promise<Asked<Row>[]> {
  const locked = inTheWay.map(({ asked: { row }, item }) => ({ key: row.key, item }))
  const settled = await settleRows(port, locked)
  return inTheWay.flatMap(({ asked }) => {
    asked.settlings += 1
    const { status, item } = settled.get(keyText(asked.row.key)) ?? { status: 'busy' }
    if (status === 'open' && asked.settlings <= SETTLINGS_MAX) return [asked]
    lost.set(asked.row, { status: 'busy', item })
    return []
  })
}

/** Makes the rows of an operation that was committed then what its locks say. */
export async function applyRows(
  port: Port,
  { operationId, at }: Pick<Applying, 'operationId' | 'at'>,
  rows: readonly AppliedRow[],
): Promise<void> {
  const writes = rows.map(({ key, after, before }) =>
    applyTogether(port, { key, before }, { operationId, after, at }),
  )
  await writeAll(port, writes, { outcome: 'unknown' })
}

/**
 * Takes the locks of an aborted operation off, as many as the time allows; answers whether that were all. What is left is taken
 * off by the first who meets it, and by recovery.
 */
export async function undoRows(
  port: Port,
  { operationId, until }: { operationId: string; until: number },
  rows: readonly { readonly key: Key }[],
): Promise<boolean> {
  const writes = rows.map(({ key }) => undoTogether(port, key, operationId))
  return writeAll(port, writes, { outcome: 'not-applied', until })
}
