import type { HoldTokenRow, SeatCheck } from '../../rules/decide.ts'
import type { SeatRow } from '../../rules/seat.ts'
import { readSeatItem, readTokenItem, type Item } from '../table/items.ts'
import type { GuardedRow } from '../seats/rows.ts'

/** What became of a commit. Nothing was written unless it is `committed`. */
export type CommitResult =
  | { readonly status: 'committed' }
  /** Some objects were changed or are being changed by others; with the current row where it is known. */
  | {
      readonly status: 'contended'
      readonly objects: readonly SeatCheck[]
      readonly current: ReadonlyMap<SeatCheck, SeatRow | undefined>
      /** Hold tokens that were changed by others, as they are now. */
      readonly tokens: ReadonlyMap<string, HoldTokenRow | undefined>
      /** The aborted operation that what is kept of the request now points to: the next attempt replaces it. */
      readonly left?: string
    }
  /** The store was too slow or too busy, and nobody else was seen; another attempt may take that many milliseconds. */
  | { readonly status: 'slow'; readonly takesMs: number; readonly left?: string }

/**
 * A row that was not as its guard wanted it: changed by others, or in their hands; as it was handed back, if it was. Or one that
 * there was no time for.
 */
export type Lost =
  | { readonly status: 'changed'; readonly item: Item | undefined }
  | { readonly status: 'busy'; readonly item?: Item | undefined }
  | { readonly status: 'late' }

/** Tells which objects were lost; all of them where the store was too busy to say. */
export function contended(
  rows: readonly GuardedRow[],
  lost: ReadonlyMap<GuardedRow, Lost>,
): Extract<CommitResult, { status: 'contended' }> {
  const current = new Map<SeatCheck, SeatRow | undefined>()
  const tokens = new Map<string, HoldTokenRow | undefined>()
  for (const [{ of: lostOne }, outcome] of lost) {
    if (outcome.status === 'late') continue
    if (outcome.status === 'busy' && outcome.item === undefined) continue
    if ('holdToken' in lostOne) tokens.set(lostOne.holdToken, readTokenItem(outcome.item))
    else current.set(lostOne, readSeatItem(outcome.item))
  }
  const inTheWay = lost.size === 0 ? rows : [...lost.keys()]
  const objects = inTheWay.flatMap((row) => ('holdToken' in row.of ? [] : [row.of]))
  return { status: 'contended', objects, current, tokens }
}
