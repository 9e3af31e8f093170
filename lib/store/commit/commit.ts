import type { Writes } from '../../rules/rows.ts'
import { count } from '../../tally.ts'
import { commitFast, transactionItems } from './commit-fast.ts'
import { resultOf, type Committed, type CommitResult } from './commit-result.ts'
import { commitSlow } from './commit-slow.ts'
import { assertStorable, fitsTransaction } from '../table/item-bytes.ts'
import type { Port } from '../table/port.ts'
import type { Receipt } from '../table/receipts.ts'
import type { GuardedRow, Items } from './guarded-rows.ts'
import { itemsOf } from './write-items.ts'

/** What to apply, and what to keep of the request that wants it. */
export interface CommitRequest {
  readonly workspaceId: string
  readonly writes: Writes
  readonly receipt?: Receipt | undefined
}

/**
 * Applies guarded writes and checks, all or none, whatever their number, and keeps the answer of a request with an
 * idempotency key in the same commit. Throws when that request turns out to be recorded already: nothing was written then.
 */
export async function commit(
  port: Port,
  { workspaceId, writes, receipt }: CommitRequest,
): Promise<CommitResult> {
  const items = itemsOf({ tableName: port.tableName, workspaceId }, writes)
  return resultOf(items.rows, await commitItems(port, items, receipt))
}

/** Applies guarded rows of whatever kind, and entries, all or none; all that is said of `commit` holds. */
export async function commitItems<Row extends GuardedRow>(
  port: Port,
  items: Items<Row>,
  receipt: Receipt | undefined,
): Promise<Committed<Row>> {
  const transaction = transactionItems(port, items, receipt)
  assertStorable([...items.entries, ...items.rows.map(({ key, after }) => ({ ...key, ...after }))])
  const isLarge = transaction.length > port.transactionItemsMax || !fitsTransaction(transaction)
  if (isLarge) count('largeCommits')
  const result = isLarge
    ? await commitSlow(port, items, receipt)
    : await commitFast(port, items, transaction)
  if (result.status === 'contended') count('conflicts')
  return result
}
