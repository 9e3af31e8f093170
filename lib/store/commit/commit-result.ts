import type { RowCheck, RowKind, RowWrite, SeenRow } from '../../rules/rows.ts'
import type { Item } from '../table/items.ts'
import { rowKinds } from '../table/row-kinds.ts'
import type { GuardedRow } from './guarded-rows.ts'
import type { WrittenRow } from './write-items.ts'

/** What became of guarded rows. Nothing was written unless it is `committed`. */
export type Committed<Row extends GuardedRow = GuardedRow> =
  | { readonly status: 'committed' }
  /** Some rows were changed or are being changed by others: those that were lost, or none where the store was too busy to say. */
  | {
      readonly status: 'contended'
      readonly lost: ReadonlyMap<Row, Lost>
      /** The aborted operation that what is kept of the request now points to: the next attempt replaces it. */
      readonly left?: string
    }
  /** The store was too slow or too busy, and nobody else was seen; another attempt may take that many milliseconds. */
  | { readonly status: 'slow'; readonly takesMs: number; readonly left?: string }
  /** A condition of what the decision was to write failed. */
  | { readonly status: 'refused'; readonly left?: string }

/**
 * A row that was not as its guard wanted it: changed by others, or in their hands; as it was handed back, if it was. Or one that
 * there was no time for.
 */
export type Lost =
  | { readonly status: 'changed'; readonly item: Item | undefined }
  | { readonly status: 'busy'; readonly item?: Item | undefined }
  /** There was no time; or no room in the store for so long that the request is to be refused. */
  | { readonly status: 'late'; readonly hasNoRoom?: true }

/** What became of a commit of writes. Nothing was written unless it is `committed`. */
export type CommitResult =
  | Exclude<Committed, { status: 'contended' }>
  | {
      readonly status: 'contended'
      /** The writes and checks whose rows were lost; all of them where the store was too busy to say. */
      readonly lost: readonly (RowWrite | RowCheck)[]
      /** Rows that were lost, as they are now, as far as that is known. */
      readonly seen: readonly SeenRow[]
      readonly left?: string
    }

/** Tells what became of a commit by the kinds of its rows. */
export function resultOf(rows: readonly WrittenRow[], made: Committed<WrittenRow>): CommitResult {
  if (made.status !== 'contended') return made
  const { lost, ...rest } = made
  const inTheWay = lost.size === 0 ? rows : [...lost.keys()]
  const seen = [...lost].flatMap(([{ of }, outcome]) => {
    if (outcome.status === 'late') return []
    if (outcome.status === 'busy' && outcome.item === undefined) return []
    return [seenRow(of, outcome.item)]
  })
  return { ...rest, lost: inTheWay.map(({ of }) => of), seen }
}

function seenRow<Kind extends RowKind>(of: RowCheck<Kind>, item: Item | undefined): SeenRow<Kind> {
  return { kind: of.kind, name: of, row: rowKinds[of.kind].read(item) }
}
