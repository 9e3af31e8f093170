import { runsOf, type Run } from './runs.ts'
import type { CandidateRow } from './wish.ts'

/** Rows that are looked at when it comes to them, each once; those that have the nearest seats come first. */
export interface RowsInSight {
  readonly count: number
  /** No seat of that row is nearer. Rises from row to row. */
  readonly nearest: (place: number) => number
  /** The runs of that row. */
  readonly runs: (place: number) => readonly Run[]
  /** The runs of all rows, in the order of the chart. */
  readonly all: () => readonly Run[]
}

/** What there is to see. */
export interface Sight {
  /** Places of rows in the chart, those with the nearest seats first. */
  readonly order: ArrayLike<number>
  /** How far the nearest seat of each of them is. */
  readonly nearest: ArrayLike<number>
  /** Looks at the row of that place in the chart; undefined where none of its seats is to be had. */
  readonly see: (row: number) => CandidateRow | undefined
}

/** Rows that nobody has looked at yet. */
export function rowsInSight({ order, nearest, see }: Sight): RowsInSight {
  const seen = new Map<number, readonly Run[]>()
  const runsIn = (row: number) => {
    const known = seen.get(row)
    if (known !== undefined) return known
    const found = see(row)
    const runs = found === undefined ? [] : runsOf(found)
    seen.set(row, runs)
    return runs
  }
  return {
    count: order.length,
    nearest: (place) => nearest[place] ?? 0,
    runs: (place) => runsIn(order[place] ?? 0),
    all: () => Array.from(order, (_, row) => runsIn(row)).flat(),
  }
}
