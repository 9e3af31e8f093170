import { candidatesOf, type Candidates, type HallState } from './candidates.ts'
import { theBest } from './pick.ts'
import type { RowsInSight } from './rows-in-sight.ts'
import type { Run } from './runs.ts'
import { findSideBySide } from './side-by-side.ts'
import { none, pickOf, type Find } from './solutions.ts'
import { findSpread } from './spread.ts'
import type { Candidate, CandidateArea, Choice, Pick, Wish } from './wish.ts'

// The best that a buyer may have, in steps; each is taken only where the one before came to nothing:
//
// 1. Seats of one row side by side that leave no seat of it alone that this buyer could have taken.
// 2. Seats of one row side by side.
// 3. Seats of one section, whatever the row: where the fewest people sit alone, and of those the nearest.
// 4. The same of several sections.
// 5. Booths, or tables that are sold as a whole: the nearer ones.
// 6. One area with enough places: one that is taken as a whole before one that is shared.
//
// A table that is sold by seat is a row, and a round one goes on over its end.

/** How to choose. */
export interface Choosing {
  /** More seats, booths or tables than that are never chosen. */
  readonly objectsMax: number
  /** Says which of the best is taken; the best one where it is left out. */
  readonly pick?: Pick
  /** Seats that a later step would find count among the best as well, after those of earlier steps: others want the same. */
  readonly isAcross?: boolean
}

/** Chooses the best that there is for a wish; undefined where there is nothing. */
export function chooseBest(state: HallState, wish: Wish, how: Choosing): Choice | undefined {
  const { categories = [], isByCategory } = wish
  const wishes =
    isByCategory === true && categories.length > 0
      ? categories.map((category) => ({ ...wish, categories: [category] }))
      : [wish]
  for (const one of wishes) {
    const choice = chooseAmong(candidatesOf(state, one), one, how)
    if (choice !== undefined) return choice
  }
  return undefined
}

/** The same of what the buyer may take. */
export function chooseAmong(
  { rows, others }: Candidates,
  wish: Wish,
  { objectsMax, pick = theBest, isAcross = false }: Choosing,
): Choice | undefined {
  const { number, isTogether } = wish
  const isNamed = number <= objectsMax
  const isApart = isTogether !== true
  const seats = isNamed ? pickOf(kindsOf(rows, wish), pick, isAcross) : undefined
  if (seats !== undefined) return seats
  const { booths, tables, areas } = others()
  const isLoose = isNamed && (isApart || number === 1)
  const objects = isLoose ? chooseObjects([booths, tables], wish, pick) : undefined
  return objects ?? chooseArea(areas, wish, pick)
}

/** Steps one to four. */
function kindsOf(rows: RowsInSight, wish: Wish): Find[] {
  const { number, accessibleSeats = 0, preventsOrphans, isTogether } = wish
  const wanted = { number, accessibleSeats }
  const inRow = (mayLeaveOrphans: boolean): Find => {
    return (place) => findSideBySide(rows, { ...wanted, mayLeaveOrphans }, place)
  }
  const inRows = preventsOrphans ? [inRow(false), inRow(true)] : [inRow(true)]
  if (isTogether === true) return inRows
  const inSection: Find = (place) => findSpread(sectionsOf(rows), wanted, place)
  // Of one section that is all there is.
  const anywhere: Find = (place) =>
    sectionsOf(rows).length < 2 ? none : findSpread([rows.all()], wanted, place)
  return [...inRows, inSection, anywhere]
}

function sectionsOf(rows: RowsInSight): Run[][] {
  const sections = new Map<string, Run[]>()
  for (const run of rows.all()) {
    const others = sections.get(run.section)
    if (others === undefined) sections.set(run.section, [run])
    else others.push(run)
  }
  return [...sections.values()]
}

/** Of one kind: so many of the nearest, and of two kinds equally near the first. */
function chooseObjects(
  kinds: readonly (readonly Candidate[])[],
  { number, accessibleSeats = 0 }: Wish,
  pick: Pick,
): Choice | undefined {
  if (accessibleSeats > 0) return undefined
  const groups = kinds.flatMap((kind) => {
    const nearest = kind.toSorted(byDistance)
    return Array.from({ length: Math.floor(kind.length / number) }, (_, place) =>
      nearest.slice(place * number, (place + 1) * number),
    )
  })
  const best = groups.toSorted((a, b) => sumOf(a) - sumOf(b))
  const chosen = best[pick(best.length)]
  return chosen && { labels: chosen.toSorted((a, b) => a.at - b.at).map(({ label }) => label) }
}

function chooseArea(
  areas: readonly CandidateArea[],
  { number, accessibleSeats = 0 }: Wish,
  pick: Pick,
): Choice | undefined {
  if (accessibleSeats > 0) return undefined
  const fitting = areas.filter(({ min, max }) => min <= number && number <= max)
  const whole = fitting.filter(({ isWhole }) => isWhole).toSorted(byDistance)
  const [one] = whole.length > 0 ? [whole[pick(whole.length)]] : fitting.toSorted(byDistance)
  if (one === undefined) return undefined
  return { labels: one.isWhole ? [one.label] : Array.from({ length: number }, () => one.label) }
}

function byDistance(a: Candidate, b: Candidate): number {
  return a.distance - b.distance || a.at - b.at
}

function sumOf(objects: readonly Candidate[]): number {
  return objects.reduce((sum, { distance }) => sum + distance, 0)
}
