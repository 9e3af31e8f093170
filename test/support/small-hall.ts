import type { Candidates, Others } from '../../lib/rules/best/candidates.ts'
import { rowsInSight } from '../../lib/rules/best/rows-in-sight.ts'
import type { CandidateArea, CandidateRow, CandidateSeat, Wish } from '../../lib/rules/best/wish.ts'

// Small halls drawn at random, and the best places in them found by looking at every set of seats.

/** A whole number below the bound. */
type Dice = (bound: number) => number

/** All that is to be had of a hall. */
export interface SmallHall extends Others {
  readonly rows: readonly CandidateRow[]
}

/** The same as whoever chooses looks at it. */
export function inSight({ rows, ...others }: SmallHall): Candidates {
  const near = ({ seats }: CandidateRow) =>
    Math.min(...seats.map((seat) => seat?.distance ?? Infinity))
  const nearOf = (row: number) => near(rows[row] as CandidateRow)
  const order = [...rows.keys()].sort((a, b) => nearOf(a) - nearOf(b))
  const see = (row: number) => rows[row]
  return { rows: rowsInSight({ order, nearest: order.map(nearOf), see }), others: () => others }
}

/** A few rows in two sections, some of them rings, with gaps; and a few booths, tables and areas. */
export function smallHall(dice: Dice): SmallHall {
  let at = 0
  const place = (name: string) => {
    at += 1
    return { label: `${name}${at}`, at, distance: dice(6) * 10 + dice(2) }
  }
  const seat = (): CandidateSeat | undefined => {
    const isAccessible = dice(5) === 0
    const seated = { ...place('s'), isAccessible }
    return dice(3) === 0 ? undefined : seated
  }
  const rows = Array.from({ length: 1 + dice(3) }, (): CandidateRow => {
    const seats = Array.from({ length: 1 + dice(6) }, seat)
    return { section: `section ${dice(2)}`, isRing: dice(3) === 0, seats }
  })
  const some = (name: string, max: number) => Array.from({ length: dice(max) }, () => place(name))
  const areas = some('area', 4).map((area): CandidateArea => {
    const max = 1 + dice(6)
    return { ...area, isWhole: dice(2) === 0, min: 1 + dice(max), max }
  })
  return { rows, booths: some('booth', 3), tables: some('table', 4), areas }
}

/** A wish that such a hall may or may not meet. */
export function smallWish(dice: Dice): Wish {
  const number = 1 + dice(5)
  return {
    number,
    accessibleSeats: dice(3) === 0 ? dice(number + 1) : 0,
    preventsOrphans: dice(4) > 0,
    isTogether: dice(4) === 0,
  }
}

/** What a set of objects is worth, the least first; undefined where it does not answer the wish. */
type Worth = readonly number[]

/** Numbers of a worth that say how good a choice is; the others say which of equally good ones comes first. */
const RANKS = 3

interface Seated {
  readonly seat: CandidateSeat
  readonly row: CandidateRow
  readonly place: number
}

/** The best choice, by trying all: its labels, and what the choice of others would have to be worth. */
export function bestByTrying(hall: SmallHall, wish: Wish) {
  const { number, accessibleSeats = 0, isTogether = false } = wish
  const seats = hall.rows.flatMap((row) =>
    row.seats.flatMap((seat, place): Seated[] => (seat ? [{ seat, row, place }] : [])),
  )
  const found = subsets(seats, number).flatMap((set) => {
    const worth = worthOfSeats(set, wish)
    return worth === undefined ? [] : [{ worth, labels: set.map(({ seat }) => seat.label) }]
  })
  const isLoose = !isTogether || number === 1
  const others = [hall.booths, hall.tables].flatMap((kind, which) =>
    subsets(kind, isLoose ? number : Infinity).map((set) => {
      const ats = set.map(({ at }) => at)
      return { worth: [5, 0, sum(set), which, ...ats], labels: set.map(({ label }) => label) }
    }),
  )
  const areas = hall.areas
    .filter(({ min, max }) => min <= number && number <= max)
    .map(({ label, isWhole, distance, at }) => {
      const labels = isWhole ? [label] : Array.from({ length: number }, () => label)
      return { worth: [6, isWhole ? 0 : 1, distance, at], labels }
    })
  const all = accessibleSeats > 0 ? found : [...found, ...others, ...areas]
  const [best] = all.toSorted((a, b) => compare(a.worth, b.worth))
  const worthOf = (labels: readonly string[]) =>
    all.find((one) => isSame(one.labels, labels))?.worth.slice(0, RANKS)
  return best && { labels: best.labels, worth: worthOf(best.labels), worthOf }
}

function isSame(labels: readonly string[], others: readonly string[]): boolean {
  return labels.join(' ') === others.join(' ')
}

function worthOfSeats(set: readonly Seated[], wish: Wish): Worth | undefined {
  const { accessibleSeats = 0, preventsOrphans, isTogether = false } = wish
  if (set.filter(({ seat }) => seat.isAccessible).length !== accessibleSeats) return undefined
  const distance = sum(set.map(({ seat }) => seat))
  const order = [distance, ...set.map(({ seat }) => seat.at)]
  const [first] = set
  if (first !== undefined && isSideBySide(set)) {
    const isCareful = preventsOrphans && !leavesOrphan(set)
    return [isCareful ? 1 : 2, 0, ...order]
  }
  if (isTogether) return undefined
  const isOneSection = set.every(({ row }) => row.section === first?.row.section)
  const alone = set.filter((one) => !set.some((other) => isNext(one, other, 'cut'))).length
  return [isOneSection ? 3 : 4, alone, ...order]
}

function isNext(one: Seated, other: Seated, form: 'ring' | 'cut'): boolean {
  if (one.row !== other.row) return false
  const { isRing, seats } = one.row
  const [low, high] = [Math.min(one.place, other.place), Math.max(one.place, other.place)]
  const isOver = isRing && seats.length > 2 && low === 0 && high === seats.length - 1
  if (!isOver && high - low !== 1) return false
  if (form === 'ring' || !isRing || seats.length < 3 || seats.includes(undefined)) return true
  // Once people do not sit side by side, a ring without a gap is a row from its farthest seat on.
  const far = seats.indexOf(seats.toSorted((a, b) => (b?.distance ?? 0) - (a?.distance ?? 0))[0])
  return (isOver ? low : high) !== far
}

function isSideBySide(set: readonly Seated[]): boolean {
  const reached = new Set(set.slice(0, 1))
  for (const one of reached) {
    for (const other of set) if (isNext(one, other, 'ring')) reached.add(other)
  }
  return reached.size === set.length
}

/** Somebody could have sat side by side with one of these seats, and now sits there alone. */
function leavesOrphan(set: readonly Seated[]): boolean {
  const { row } = set[0] as Seated
  const taken = new Set(set.map(({ place }) => place))
  const all = row.seats.flatMap((seat, place): Seated[] => (seat ? [{ seat, row, place }] : []))
  const left = all.filter(({ place }) => !taken.has(place))
  return left.some(
    (one) =>
      all.some((other) => isNext(one, other, 'ring')) &&
      !left.some((other) => isNext(one, other, 'ring')),
  )
}

function subsets<T>(all: readonly T[], size: number): T[][] {
  if (size === 0) return [[]]
  return all.flatMap((one, index) =>
    size > all.length - index
      ? []
      : subsets(all.slice(index + 1), size - 1).map((rest) => [one, ...rest]),
  )
}

function sum(all: readonly { readonly distance: number }[]): number {
  return all.reduce((whole, { distance }) => whole + distance, 0)
}

function compare(a: Worth, b: Worth): number {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0
    if (value !== other) return value - other
  }
  return 0
}
