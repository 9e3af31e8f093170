import type { Committed, Lost } from './commit-result.ts'
import type { Port } from '../table/port.ts'
import { answerWrites, refuseRecorded, type Receipt } from '../table/receipts.ts'
import { conditionOf, holdsEndOf, type GuardedRow, type Items } from './guarded-rows.ts'
import { settleRows, type LockedRow } from './settle-locks.ts'
import { isCreated } from '../table/row-kinds.ts'
import { keyText } from '../table/table.ts'
import {
  conditionFailed,
  isThrottledOnly,
  SETTLE_MS_MAX,
  transact,
  type Reason,
  type TransactItem,
} from '../table/transact.ts'

// A commit that fits into one transaction:
//
// 1. Each row is written or checked under its guard: the version that was read, no lock, and a live hold where one is
//    relied on.
// 2. History and hold entries go along; their keys are new with every attempt, so they need no guard. So does the answer
//    of a request with an idempotency key.
// 3. It is not sent, nor sent again, once a hold is over that it relies on: its guards know the time of the decision only.
// 4. A failed guard hands back the current row: the caller decides again from it. A lock that is met is ended first, if
//    it can be.

/** The items of the transaction: rows first, then entries, then what goes with the decision, then what is kept of the request. */
export function transactionItems(
  port: Port,
  { rows, entries, withDecision = [] }: Items,
  receipt: Receipt | undefined,
): TransactItem[] {
  const TableName = port.tableName
  return [
    ...rows.map((row) => rowItem(TableName, row)),
    ...entries.map((Item) => ({ Put: { TableName, Item } })),
    ...withDecision,
    ...(receipt === undefined ? [] : answerWrites(port, receipt)),
  ]
}

function rowItem(TableName: string, row: GuardedRow): TransactItem {
  const { key, after } = row
  const { condition: ConditionExpression, values } = conditionOf(row)
  const guarded = {
    TableName,
    ConditionExpression,
    ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  }
  return after === undefined
    ? { ConditionCheck: { ...guarded, Key: key } }
    : { Put: { ...guarded, Item: { ...key, ...after } } }
}

/** Sends the items; throws when the request turns out to be recorded already. */
export async function commitFast<Row extends GuardedRow>(
  port: Port,
  { rows, entries, withDecision = [] }: Items<Row>,
  transaction: TransactItem[],
): Promise<Committed<Row>> {
  const decisionPlace = rows.length + entries.length
  const receiptPlace = decisionPlace + withDecision.length
  const until = holdsEndOf(rows)
  if (port.clock.now() >= until) return { status: 'contended', lost: new Map() }
  const settles = async (reasons: readonly Reason[]) => {
    if (reasons[receiptPlace]?.code === 'ConditionalCheckFailed') return true
    await settleRows(port, lockedRows(rows, reasons))
    return hasMoved(rows, reasons)
  }
  const outcome = await transact(port, transaction, { settles, until })
  if (outcome.status === 'applied') return { status: 'committed' }
  refuseRecorded(outcome.reasons, receiptPlace)
  if (isThrottledOnly(outcome.reasons)) return { status: 'slow', takesMs: SETTLE_MS_MAX }
  const lost = await findLost(port, rows, outcome.reasons)
  const isRefused = conditionFailed(outcome.reasons.slice(decisionPlace, receiptPlace))
  return lost.size === 0 && isRefused ? { status: 'refused' } : { status: 'contended', lost }
}

async function findLost<Row extends GuardedRow>(
  port: Port,
  rows: readonly Row[],
  reasons: readonly Reason[],
): Promise<Map<Row, Lost>> {
  const settled = await settleRows(port, lockedRows(rows, reasons))
  const lost = new Map<Row, Lost>()
  for (const [index, row] of rows.entries()) {
    const { code, item } = reasons[index] ?? { code: 'None', item: undefined }
    if (code === 'None') continue
    const ended = settled.get(keyText(row.key))
    if (code !== 'ConditionalCheckFailed') lost.set(row, { status: 'busy' })
    else if (ended === undefined) lost.set(row, { status: 'changed', item })
    else lost.set(row, { status: ended.status === 'open' ? 'changed' : 'busy', item: ended.item })
  }
  return lost
}

function lockedRows(rows: readonly GuardedRow[], reasons: readonly Reason[]): LockedRow[] {
  return rows.flatMap(({ key }, index) => {
    const item = reasons[index]?.item
    return item?.['lk'] === undefined ? [] : [{ key, item }]
  })
}

/** Versions only rise: once one has moved, an earlier sending of this transaction can never land. */
function hasMoved(rows: readonly GuardedRow[], reasons: readonly Reason[]): boolean {
  return rows.some(({ key, guard }, index) => {
    const reason = reasons[index]
    if (reason?.code !== 'ConditionalCheckFailed') return false
    // What was to be created is there, and not by half: whoever removes it again has seen it whole.
    if (isCreated(key)) return reason.item !== undefined && reason.item['lk'] === undefined
    // Rows of all kinds keep it in the same attribute.
    return reason.item?.['v'] !== guard.version
  })
}
