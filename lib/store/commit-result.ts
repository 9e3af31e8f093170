import type { SeatCheck } from '../inventory/decide.ts'
import type { SeatRow } from '../inventory/seat.ts'
import { readSeatItem, type Item } from './items.ts'
import type { GuardedRow } from './rows.ts'

/** What became of a commit. Nothing was written unless it is `committed`. */
export type CommitResult =
  | { readonly status: 'committed' }
  /** Some objects were changed or are being changed by others; with the current row where it is known. */
  | {
      readonly status: 'contended'
      readonly objects: readonly SeatCheck[]
      readonly current: ReadonlyMap<SeatCheck, SeatRow | undefined>
      /** The aborted operation that what is kept of the request now points to: the next attempt replaces it. */
      readonly left?: string
    }

/** A row that was not as its guard wanted it: the row as it is, or busy where others have it. */
export type Lost =
  { readonly status: 'changed'; readonly item: Item | undefined } | { readonly status: 'busy' }

/** Tells which objects were lost; all of them where the store was too busy to say. */
export function contended(
  rows: readonly GuardedRow[],
  lost: ReadonlyMap<GuardedRow, Lost>,
): Extract<CommitResult, { status: 'contended' }> {
  const current = new Map<SeatCheck, SeatRow | undefined>()
  for (const [row, outcome] of lost) {
    if (outcome.status === 'changed') current.set(row.of, readSeatItem(outcome.item))
  }
  const inTheWay = lost.size === 0 ? rows : [...lost.keys()]
  return { status: 'contended', objects: inTheWay.map((row) => row.of), current }
}
