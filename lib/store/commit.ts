import type { SeatWrite, Writes } from '../inventory/decide.ts'
import type { SeatRow } from '../inventory/seat.ts'
import { commitFast, transactionItems } from './commit-fast.ts'
import type { Port } from './port.ts'
import { TRANSACTION_ITEMS_MAX } from './transact.ts'

/** What became of a commit. Nothing was written unless it is `committed`. */
export type CommitResult =
  | { readonly status: 'committed' }
  /** Some objects were changed or are being changed by others; with the current row where it was handed back. */
  | {
      readonly status: 'contended'
      readonly seats: readonly SeatWrite[]
      readonly current: ReadonlyMap<SeatWrite, SeatRow | undefined>
    }
  | { readonly status: 'too-large'; readonly items: number; readonly itemsMax: number }

/** Applies guarded writes, all or none. */
export async function commit(
  port: Port,
  workspaceId: string,
  writes: Writes,
): Promise<CommitResult> {
  const items = transactionItems(port, workspaceId, writes)
  if (items.length > TRANSACTION_ITEMS_MAX) {
    return { status: 'too-large', items: items.length, itemsMax: TRANSACTION_ITEMS_MAX }
  }
  return commitFast(port, writes.seats, items)
}
