import type { Run } from './runs.ts'
import type { Solutions } from './solutions.ts'
import type { CandidateSeat } from './wish.ts'

// Seats that are not all side by side: as few people as possible sit alone, and then as near as possible.
//
// 1. The seats of some runs are gone through from the last to the first. For each number of seats still to be chosen, and for how
//    the seat before stands, the least that the rest can cost is known then.
// 2. From the first seat on it is read off which are taken: an earlier one where that is as good.
//
// A ring without a gap counts as a row here that begins with its farthest seat: that one is the last to be taken.

/** What one person who sits alone counts, in distance: more than all that a thousand seats can come to. */
const ALONE = 2 ** 41

/** Steps of going through all seats. More take longer than a request has. */
const STEPS_MAX = 6_000_000

/** Steps that other solutions than the best may take together. */
const MORE_STEPS_MAX = 400_000

/** Solutions that are looked for, at most. */
const SOLUTIONS_MAX = 64

/** How the seat before stands: not chosen, chosen with nobody on its other side, or chosen with somebody there. */
const [EMPTY, SINGLE, JOINED] = [0, 1, 2]
const STANDINGS = 3

/** How many seats, and how many accessible ones among them. */
export interface SpreadWanted {
  readonly number: number
  readonly accessibleSeats: number
}

/**
 * Seats of one of these groups of runs, whatever the row: where the fewest sit alone, and of those the nearest. No two solutions have a
 * seat in common.
 */
export function findSpread(
  groups: readonly (readonly Run[])[],
  wanted: SpreadWanted,
  place: number,
): Solutions {
  const used = new Set<CandidateSeat>()
  const more = Math.floor(MORE_STEPS_MAX / Math.max(1, stepsFor(groups, wanted)))
  const countMax = Math.min(place + 1, SOLUTIONS_MAX, 1 + more)
  const solve = (runs: readonly Run[]) => spreadOver(linesOf(runs, used), wanted)
  const next = groups.map(solve)
  const found: Spread[] = []
  while (found.length < countMax) {
    const best = next.filter((it) => it !== undefined).sort(inOrder)[0]
    if (best === undefined) break
    found.push(best)
    for (const seat of best.seats) used.add(seat)
    const group = next.indexOf(best)
    next[group] = solve(groups[group] ?? [])
  }
  return {
    count: found.length,
    choiceAt: (at) => {
      const labels = (found[at]?.seats ?? []).map(({ label }) => label)
      return { labels, isNextToEachOther: false }
    },
  }
}

interface Spread {
  readonly cost: number
  readonly seats: readonly CandidateSeat[]
}

function inOrder(a: Spread, b: Spread): number {
  return a.cost - b.cost || (a.seats[0]?.at ?? 0) - (b.seats[0]?.at ?? 0)
}

/** Seats in order, each with whether it is next to the one before. */
interface Line {
  readonly seat: CandidateSeat
  readonly isLinked: boolean
}

function linesOf(runs: readonly Run[], used: ReadonlySet<CandidateSeat>): Line[] {
  return runs.flatMap((run) => {
    const seats = run.isClosed ? fromFarthest(run.seats) : run.seats
    return seats.flatMap((seat, place): Line[] => {
      if (used.has(seat)) return []
      const before = seats[place - 1]
      return [{ seat, isLinked: before !== undefined && !used.has(before) }]
    })
  })
}

function fromFarthest(seats: readonly CandidateSeat[]): readonly CandidateSeat[] {
  const distances = seats.map(({ distance }) => distance)
  const farthest = distances.indexOf(distances.reduce((far, one) => Math.max(far, one), 0))
  return [...seats.slice(farthest), ...seats.slice(0, farthest)]
}

function stepsFor(groups: readonly (readonly Run[])[], wanted: SpreadWanted): number {
  const seats = groups.flat().reduce((sum, run) => sum + run.seats.length, 0)
  return seats * widthOf(wanted)
}

function widthOf({ number, accessibleSeats }: SpreadWanted): number {
  return (number + 1) * (accessibleSeats + 1) * STANDINGS
}

/** Undefined where there are too few seats. */
function spreadOver(lines: readonly Line[], wanted: SpreadWanted): Spread | undefined {
  const { number, accessibleSeats } = wanted
  const accessible = lines.filter(({ seat }) => seat.isAccessible)
  if (accessible.length < accessibleSeats) return undefined
  if (lines.length - accessible.length < number - accessibleSeats) return undefined
  if (lines.length * widthOf(wanted) > STEPS_MAX) return nearestOf(lines, wanted)
  const { cost, takes } = goThrough(lines, wanted)
  const seats = readOff(lines, wanted, takes)
  return { cost, seats: seats.toSorted((a, b) => a.at - b.at) }
}

/** The nearest seats, whoever sits alone: of a crowd that is a detail. */
function nearestOf(lines: readonly Line[], { number, accessibleSeats }: SpreadWanted): Spread {
  const nearest = lines
    .map(({ seat }) => seat)
    .toSorted((a, b) => a.distance - b.distance || a.at - b.at)
  const chosen = [
    ...nearest.filter(({ isAccessible }) => isAccessible).slice(0, accessibleSeats),
    ...nearest.filter(({ isAccessible }) => !isAccessible).slice(0, number - accessibleSeats),
  ].toSorted((a, b) => a.at - b.at)
  return { cost: chosen.reduce((sum, { distance }) => sum + distance, 0), seats: chosen }
}

/** Where the table has what is known with so many seats, and accessible ones among them, still to be chosen. */
function entryFor({ accessibleSeats }: SpreadWanted, left: number, accessibleLeft: number): number {
  return (left * (accessibleSeats + 1) + accessibleLeft) * STANDINGS
}

/** What the best solution costs, and for each seat and entry whether it is taken. */
function goThrough(lines: readonly Line[], wanted: SpreadWanted) {
  const width = widthOf(wanted)
  const takes = new Uint8Array(lines.length * width)
  let [after, now] = [new Float64Array(width), new Float64Array(width)]
  after.fill(Infinity)
  // After the last seat nothing is left to be chosen, and who sits alone there stays alone.
  after.set([0, ALONE, 0])
  let row = takes.length
  for (const { seat, isLinked } of lines.toReversed()) {
    row -= width
    const isAccessible = seat.isAccessible ? 1 : 0
    for (let left = 0; left <= wanted.number; left += 1) {
      for (let accessible = 0; accessible <= wanted.accessibleSeats; accessible += 1) {
        const entry = entryFor(wanted, left, accessible)
        const canTake = left > 0 && accessible >= isAccessible
        const rest = canTake ? entryFor(wanted, left - 1, accessible - isAccessible) : width
        const skipped = after[entry + EMPTY] ?? Infinity
        const begun = seat.distance + (after[rest + SINGLE] ?? Infinity)
        const joined = seat.distance + (after[rest + JOINED] ?? Infinity)
        for (let standing = EMPTY; standing < STANDINGS; standing += 1) {
          const leftAlone = standing === SINGLE ? ALONE : 0
          const take = isLinked && standing !== EMPTY ? joined : begun + leftAlone
          const skip = skipped + leftAlone
          now[entry + standing] = Math.min(take, skip)
          if (take <= skip) takes[row + entry + standing] = 1
        }
      }
    }
    ;[after, now] = [now, after]
  }
  const cost = after[entryFor(wanted, wanted.number, wanted.accessibleSeats) + EMPTY] ?? Infinity
  return { cost, takes }
}

function readOff(lines: readonly Line[], wanted: SpreadWanted, takes: Uint8Array): CandidateSeat[] {
  const width = widthOf(wanted)
  let { number: left, accessibleSeats: accessible } = wanted
  let standing = EMPTY
  return lines.flatMap(({ seat, isLinked }, index) => {
    const entry = index * width + entryFor(wanted, left, accessible) + standing
    if (takes[entry] !== 1 || left === 0) {
      standing = EMPTY
      return []
    }
    standing = isLinked && standing !== EMPTY ? JOINED : SINGLE
    left -= 1
    if (seat.isAccessible) accessible -= 1
    return [seat]
  })
}
