import type { CandidateRow, CandidateSeat, Choice, Pick } from './wish.ts'

// Seats side by side: windows over the runs of seats that have no gap between them.

/** Seats of one row without a gap. */
export interface Run {
  readonly section: string
  readonly seats: readonly CandidateSeat[]
  /** Place in the chart of the seat of it that comes first there. */
  readonly first: number
  /** A whole ring: the last seat is next to the first. */
  readonly isClosed: boolean
}

/** The runs of rows, in the order of the chart. */
export function runsOf(rows: readonly CandidateRow[]): Run[] {
  return rows.flatMap(({ section, isRing, seats }): Run[] => {
    const gap = isRing ? seats.indexOf(undefined) : 0
    const isClosed = gap < 0 && seats.length > 2
    const turned = gap > 0 ? [...seats.slice(gap), ...seats.slice(0, gap)] : seats
    const runs: CandidateSeat[][] = []
    let run: CandidateSeat[] = []
    for (const seat of turned) {
      if (seat !== undefined) run.push(seat)
      else if (run.length > 0) {
        runs.push(run)
        run = []
      }
    }
    if (run.length > 0) runs.push(run)
    return runs
      .map((found): Run => {
        const first = found.reduce((lowest, { at }) => Math.min(lowest, at), Infinity)
        return { section, seats: found, first, isClosed }
      })
      .toSorted((a, b) => a.first - b.first)
  })
}

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

/** Seats of one row side by side; the nearest are the best, and of those equally far the first in the chart. */
export function chooseSideBySide(
  runs: readonly Run[],
  wanted: SideBySide,
  pick: Pick,
): Choice | undefined {
  const windows = runs.flatMap((run) => windowsOf(run, wanted))
  if (windows.length === 0) return undefined
  const best = apart(windows, wanted.number, pick)
  const seats = seatsOf(best, wanted.number).toSorted((a, b) => a.at - b.at)
  return { labels: seats.map(({ label }) => label), isNextToEachOther: true }
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

/** The window that is picked among those that have no seat in common with a better one. */
function apart(windows: readonly Window[], number: number, pick: Pick): Window {
  const nearest = windows.reduce((best, other) => (inOrder(other, best) < 0 ? other : best))
  const wanted = pick(windows.length)
  if (wanted === 0) return nearest
  const used = new Set<number>()
  const found: Window[] = []
  for (const window of windows.toSorted(inOrder)) {
    if (found.length > wanted) break
    const seats = seatsOf(window, number)
    if (seats.some(({ at }) => used.has(at))) continue
    for (const { at } of seats) used.add(at)
    found.push(window)
  }
  return found[wanted] ?? found[pick(found.length)] ?? nearest
}

function seatsOf({ run: { seats }, from }: Window, number: number): CandidateSeat[] {
  return Array.from({ length: number }, (_, place) => seats[(from + place) % seats.length]).flatMap(
    (seat) => seat ?? [],
  )
}
