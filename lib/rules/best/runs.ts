import type { CandidateRow, CandidateSeat } from './wish.ts'

/** Seats of one row without a gap. */
export interface Run {
  readonly section: string
  readonly seats: readonly CandidateSeat[]
  /** Place in the chart of the seat of it that comes first there. */
  readonly first: number
  /** A whole ring: the last seat is next to the first. */
  readonly isClosed: boolean
}

/** The runs of a row, in the order of the chart. */
export function runsOf({ section, isRing, seats }: CandidateRow): Run[] {
  const gap = isRing ? seats.indexOf(undefined) : 0
  const isClosed = gap < 0 && seats.length > 2
  const turned = gap > 0 ? [...seats.slice(gap), ...seats.slice(0, gap)] : seats
  const runs: CandidateSeat[][] = []
  let run: CandidateSeat[] = []
  for (const seat of turned) {
    if (seat !== undefined) {
      if (run.length === 0) runs.push(run)
      run.push(seat)
    } else if (run.length > 0) run = []
  }
  return runs
    .map((found): Run => {
      const first = found.reduce((lowest, { at }) => Math.min(lowest, at), Infinity)
      return { section, seats: found, first, isClosed }
    })
    .sort((a, b) => a.first - b.first)
}
