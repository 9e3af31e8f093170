import type { RowsInSight } from './rows-in-sight.ts'
import type { Run } from './runs.ts'
import type { Solutions } from './solutions.ts'
import type { CandidateSeat } from './wish.ts'

// Seats side by side: windows over the runs of seats that have no gap between them.

/** What side by side must be. */
export interface SideBySide {
  readonly number: number
  readonly accessibleSeats: number
  /** Whether a seat may be left alone. */
  readonly mayLeaveOrphans: boolean
}

/** Seats that follow each other in a run. */
interface Window {
  readonly run: Run
  readonly from: number
  readonly distance: number
  /** Place in the chart of the seat of it that comes first there. */
  readonly at: number
  /** Of one that goes over the end of a ring: the place of the seat where it begins. */
  readonly over?: number
}

/**
 * Seats of one row side by side; the nearest are the best, and of those equally far the first in the chart. No two solutions have a
 * seat in common. Rows that cannot be better than what was found are not looked at.
 */
export function findSideBySide(rows: RowsInSight, wanted: SideBySide, place: number): Solutions {
  const { number } = wanted
  let best: readonly Window[] = []
  for (let row = 0; row < rows.count; row += 1) {
    const worst = best[place]
    if (worst !== undefined && worst.distance < number * rows.nearest(row)) break
    const found = rows
      .runs(row)
      .flatMap((run) => nearestApart(windowsOf(run, wanted), number, place + 1))
    if (found.length > 0) best = [...best, ...found].sort(inOrder).slice(0, place + 1)
  }
  return {
    count: best.length,
    choiceAt: (at) => {
      const window = best[at]
      const seats = window === undefined ? [] : seatsOf(window, number)
      return { labels: labelsOf(seats.sort((a, b) => a.at - b.at)), isNextToEachOther: true }
    },
  }
}

function labelsOf(seats: readonly CandidateSeat[]): string[] {
  return seats.map(({ label }) => label)
}

/** All windows of a run that will do. */
function windowsOf(run: Run, { number, accessibleSeats, mayLeaveOrphans }: SideBySide): Window[] {
  const { seats, isClosed } = run
  const { length } = seats
  const rest = length - number
  if (rest < 0) return []
  const seatAt = (place: number) => seats[place % length]
  const windows: Window[] = []
  let distance = 0
  let accessible = 0
  const count = (seat: CandidateSeat | undefined, sign: 1 | -1) => {
    distance += sign * (seat?.distance ?? 0)
    if (seat?.isAccessible === true) accessible += sign
  }
  for (let place = 0; place < number; place += 1) count(seatAt(place), 1)
  const last = isClosed && rest > 0 ? length - 1 : rest
  for (let from = 0; from <= last; from += 1) {
    if (from > 0) {
      count(seatAt(from - 1), -1)
      count(seatAt(from + number - 1), 1)
    }
    const leavesOrphan = isClosed ? rest === 1 : from === 1 || rest - from === 1
    if (accessible === accessibleSeats && (mayLeaveOrphans || !leavesOrphan)) {
      const [start, end] = [seatAt(from)?.at ?? 0, seatAt(from + number - 1)?.at ?? 0]
      windows.push({
        ...{ run, from, distance },
        ...(start <= end ? { at: start } : { at: run.first, over: start }),
      })
    }
  }
  return windows
}

const LAST = Number.MAX_SAFE_INTEGER

function inOrder(a: Window, b: Window): number {
  return a.distance - b.distance || a.at - b.at || (b.over ?? LAST) - (a.over ?? LAST)
}

/** The nearest windows of a run, of which none has a seat in common with a nearer one: so many at most. */
function nearestApart(windows: readonly Window[], number: number, max: number): readonly Window[] {
  if (windows.length < 2) return windows
  if (max === 1) return [windows.reduce((best, it) => (inOrder(it, best) < 0 ? it : best))]
  const used = new Set<number>()
  const found: Window[] = []
  for (const window of windows.toSorted(inOrder)) {
    if (found.length === max) break
    const seats = seatsOf(window, number)
    if (seats.some(({ at }) => used.has(at))) continue
    for (const { at } of seats) used.add(at)
    found.push(window)
  }
  return found
}

function seatsOf({ run: { seats }, from }: Window, number: number): CandidateSeat[] {
  return Array.from({ length: number }, (_, place) => seats[(from + place) % seats.length]).flatMap(
    (seat) => seat ?? [],
  )
}
