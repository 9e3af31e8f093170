import { blockChangesBetween, blockNeedsHistory } from './area/block-changes.ts'
import type { HistoryChange } from './history.ts'
import type { RowKind, RowOf } from './rows.ts'
import { changesBetween, needsHistory, type SeatChange } from './seat-changes.ts'

/** How the changes of a row are told, by its two images. */
export interface Telling<Kind extends RowKind> {
  /** Whether one write made more changes than its images tell: then what history tells of them is asked for. */
  readonly needsHistory: (before: RowOf<Kind> | undefined, after: RowOf<Kind>) => boolean
  /** Every change between them, each once and in order. */
  readonly changesBetween: (
    before: RowOf<Kind> | undefined,
    after: RowOf<Kind>,
    lines: readonly HistoryChange[],
  ) => readonly SeatChange[]
}

/** The kinds of rows whose changes are told; of tokens only their holder hears, and of plans nobody. */
export type ToldKind = Exclude<RowKind, 'token' | 'plan' | 'season'>

/** What is told of rows, kind by kind. */
export const rowChanges: { readonly [Kind in ToldKind]: Telling<Kind> } = {
  seat: { needsHistory, changesBetween },
  block: { needsHistory: blockNeedsHistory, changesBetween: blockChangesBetween },
}
