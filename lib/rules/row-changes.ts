import type { HistoryChange } from './history.ts'
import type { RowKind, RowOf } from './rows.ts'
import { changesBetween, needsHistory, type SeatChange } from './seat-changes.ts'

/** How the changes of a row are told, by its two images. */
interface Telling<Kind extends RowKind> {
  /** Whether one write made more changes than its images tell: then what history tells of them is asked for. */
  readonly needsHistory: (before: RowOf<Kind> | undefined, after: RowOf<Kind>) => boolean
  /** Every change between them, each once and in order. */
  readonly changesBetween: (
    before: RowOf<Kind> | undefined,
    after: RowOf<Kind>,
    lines: readonly HistoryChange[],
  ) => readonly SeatChange[]
}

/** What is told of rows, kind by kind; `untold` where nobody but their holder hears of them. */
export const rowChanges = {
  seat: { needsHistory, changesBetween },
  token: 'untold',
} as const satisfies { readonly [Kind in RowKind]: Telling<Kind> | 'untold' }

/** The kinds of rows whose changes are told. */
export type ToldKind = {
  [Kind in RowKind]: (typeof rowChanges)[Kind] extends 'untold' ? never : Kind
}[RowKind]
