import type { Guard, HoldEntry, SeatWrite, Writes } from '../inventory/decide.ts'
import type { SeatRow } from '../inventory/seat.ts'
import type { CommitResult } from './commit.ts'
import { historyItems, holdItem, readSeatItem, seatItem } from './items.ts'
import type { Port } from './port.ts'
import { keys, type Key } from './table.ts'
import { transact, type Reason, type TransactItem } from './transact.ts'

// A commit of at most 100 items, in one transaction:
//
// 1. Each row is put under its guard: the version that was read, no lock, and a live hold where one is relied on.
// 2. History and hold entries go along; their keys are new with every attempt, so they need no guard.
// 3. A failed guard hands back the current row: the caller decides again from it.

/** The items of the transaction, rows first, in the order of the writes. */
export function transactionItems(port: Port, workspaceId: string, writes: Writes): TransactItem[] {
  const TableName = port.tableName
  return [
    ...writes.seats.map((write) => ({
      Put: {
        TableName,
        Item: { ...keys.seat(write.event, write.label), ...seatItem(write.after) },
        ...condition(write.guard),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      },
    })),
    ...writes.history.flatMap((entry) =>
      historyItems(entry).map((item, part) => ({
        Put: {
          TableName,
          Item: { ...keys.history(entry.event, entry.operationId, part), ...item },
        },
      })),
    ),
    ...writes.holds.flatMap((entry) =>
      holdKeys(workspaceId, entry).map((key) => ({
        Put: { TableName, Item: { ...key, ...holdItem(entry) } },
      })),
    ),
  ]
}

function holdKeys(workspaceId: string, { holdToken, operationId, holder }: HoldEntry): Key[] {
  const byToken = keys.hold(workspaceId, holdToken, operationId)
  return holder === undefined ? [byToken] : [byToken, keys.holder(holder, operationId)]
}

/** Sends the items and reads the outcome for the seats, which are the first of them. */
export async function commitFast(
  port: Port,
  seats: readonly SeatWrite[],
  items: TransactItem[],
): Promise<CommitResult> {
  const outcome = await transact(port, items, (reasons) => hasMoved(seats, reasons))
  if (outcome.status === 'applied') return { status: 'committed' }
  const failed = seats.filter((_, index) => (outcome.reasons[index]?.code ?? 'None') !== 'None')
  const current = new Map<SeatWrite, SeatRow | undefined>()
  for (const [index, write] of seats.entries()) {
    const reason = outcome.reasons[index]
    if (reason?.code === 'ConditionalCheckFailed') current.set(write, readSeatItem(reason.item))
  }
  return { status: 'contended', seats: failed.length === 0 ? seats : failed, current }
}

function condition(guard: Guard) {
  const values: Record<string, number> = {}
  const clauses = ['attribute_not_exists(lk)']
  if (guard.version === undefined) clauses.push('attribute_not_exists(v)')
  else {
    clauses.push('v = :v')
    values[':v'] = guard.version
  }
  if (guard.heldAfter !== undefined) {
    clauses.push('x > :now')
    values[':now'] = guard.heldAfter
  }
  return {
    ConditionExpression: clauses.join(' AND '),
    ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
  }
}

/** Versions only rise: once one has moved, an earlier sending of this transaction can never land. */
function hasMoved(seats: readonly SeatWrite[], reasons: readonly Reason[]): boolean {
  return seats.some((write, index) => {
    const reason = reasons[index]
    if (reason?.code !== 'ConditionalCheckFailed') return false
    return readSeatItem(reason.item)?.version !== write.guard.version
  })
}
