import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { isRefusedWrite } from '../table/failures.ts'
import type { Item } from '../table/items.ts'
import { readLock, type Lock } from './lock-writes.ts'
import { readHeader, readOperation, type Found, type Operation } from './operations.ts'
import type { Port } from '../table/port.ts'
import { batchGet } from '../table/read.ts'
import { addRecovery } from './recoveries.ts'
import { settleRows, type LockedRow } from './settle-locks.ts'
import { keptIn } from '../table/row-kinds.ts'
import { partitionStarts } from '../table/partitions.ts'
import { keyText } from '../table/table.ts'

type Image = Record<string, AttributeValue>

/** An item before and after one change, as the table's stream tells it. */
export interface StreamImages {
  readonly before: Image | undefined
  readonly after: Image | undefined
}

// What the table's stream tells of large commits:
//
// 1. A header that was just opened is entered in the list of operations to look after.
// 2. A lock whose operation is over has landed too late, and is ended at once. One whose operation is still pending is
//    covered: whoever ends that, ends all locks there are by then.

/** Sees to it that every operation that begins will be ended, and every lock that is left behind. */
export async function watchOperations(port: Port, records: readonly StreamImages[]): Promise<void> {
  const after = records.map((record) => record.after)
  const opened = records.flatMap((record) => openedIn(record) ?? [])
  for (const operation of opened) await addRecovery(port, operation)
  const locked = after.flatMap((image) => lockedRow(image) ?? [])
  const late = await leftBehind(port, locked)
  for (const rows of byOperation(await stillLocked(port, late))) await endLate(port, rows)
}

/**
 * Ends locks that landed too late. A write that the store refuses is not tried again here: recovery ends the lock, or whoever
 * meets it, and the rest of the stream must not wait.
 */
async function endLate(port: Port, rows: readonly LockedRow[]): Promise<void> {
  try {
    await settleRows(port, rows)
  } catch (error) {
    if (!isRefusedWrite(error)) throw error
    const operationId = rows[0]?.item['lk'] as unknown
    const message = 'A lock that came late cannot be ended'
    port.log({ level: 'error', message, operationId, error: String(error) })
  }
}

function byOperation(rows: readonly LockedRow[]): LockedRow[][] {
  const groups = new Map<unknown, LockedRow[]>()
  for (const row of rows) {
    const operationId: unknown = row.item['lk']
    groups.set(operationId, [...(groups.get(operationId) ?? []), row])
  }
  return [...groups.values()]
}

/** Most locks are long gone when the stream tells of them: reading is cheaper than a write that is refused. */
async function stillLocked(port: Port, rows: readonly LockedRow[]): Promise<LockedRow[]> {
  const items = await batchGet(
    port,
    rows.map(({ key }) => key),
  )
  return rows.flatMap(({ key, item }) => {
    const now = items.get(keyText(key))
    return now?.['lk'] === item['lk'] && now !== undefined ? [{ key, item: now }] : []
  })
}

function openedIn({ before, after }: StreamImages): Operation | undefined {
  const pk = after?.['pk']?.S ?? ''
  const isNew = after?.['sk']?.S === 'O' && before === undefined
  if (!isNew || !pk.startsWith(partitionStarts.operations)) return undefined
  const header = readHeader(pk.slice(partitionStarts.operations.length), unmarshall(after) as Item)
  return header === 'damaged' || header.isFinished ? undefined : header
}

function lockedRow(after: Image | undefined): LockedRow | undefined {
  const pk = after?.['pk']?.S ?? ''
  const kept = keptIn(pk)
  // What is only created is locked together with a look at the header: no such lock lands after the end.
  if (after?.['lk'] === undefined || kept === undefined || kept.isCreated) return undefined
  const item = unmarshall(after) as Item
  return { key: { pk: item['pk'] as string, sk: item['sk'] as string }, item }
}

async function leftBehind(port: Port, rows: readonly LockedRow[]): Promise<LockedRow[]> {
  const headers = new Map<string, Found>()
  const left: LockedRow[] = []
  for (const row of rows) {
    const lock = readLock(port, row.key, row.item)
    if (lock === undefined) continue
    const { operationId } = lock
    const header = headers.get(operationId) ?? (await readOperation(port, operationId))
    headers.set(operationId, header)
    if (isOver(header, lock)) left.push(row)
  }
  return left
}

/**
 * Whether the lock's operation is over. While a committed operation is still being applied, that holds only for locks of rows
 * that were merely checked.
 */
function isOver(header: Found, { after }: Lock): boolean {
  if (header === 'missing') return true
  if (header === 'damaged' || header.decided === undefined) return false
  return header.decided.status === 'aborted' || header.isFinished || after === undefined
}
