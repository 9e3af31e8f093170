import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import type { Hall, HallArea, HallHold, LostObject } from './hall.ts'
import type { Revision } from './revisions.ts'

// The stored form: columns of small numbers, which compress well. Deadlines are told as what each adds to the one before.

/** A hall as it is kept, with what led to it. */
export interface KeptHall {
  readonly hall: Hall
  /** The last revisions, the newest first: what each changed. */
  readonly revisions: readonly Revision[]
}

interface Encoded {
  /** Letters. */
  readonly l: string
  /** Of the first deadline; then of each hold: what is added to the deadline, the index, and of an area its pool and its places. */
  readonly x: number
  readonly h: readonly (
    number | readonly [added: number, index: number, pool: number, places: number]
  )[]
  readonly a: readonly (readonly number[])[]
  readonly k: readonly string[]
  readonly c: readonly number[]
  readonly o: readonly (readonly [label: string, until: number, places: number])[]
  readonly r: readonly (readonly number[])[]
}

/** The text of a hall. */
export function encodeHall({ hall, revisions }: KeptHall): string {
  const { letters: l, holds, categories } = hall
  let before = holds[0]?.until ?? 0
  const x = before
  const h = holds.flatMap(({ until, index, ofPool }): Encoded['h'] => {
    const added = until - before
    before = until
    return ofPool === undefined ? [added, index] : [[added, index, ofPool.pool, ofPool.places]]
  })
  const encoded: Encoded = {
    l,
    x,
    h,
    a: hall.areas.map(({ index, capacity, pools }) => [
      index,
      capacity,
      ...pools.flatMap(({ places, booked, channel = -1 }) => [places, booked, channel + 1]),
    ]),
    k: categories.keys,
    c: categories.runs.flat(),
    o: hall.lost.map(({ label, until = 0, places = 0 }) => [label, until, places]),
    r: revisions.map(({ from, number, changed }) => [from, number, ...gaps(changed)]),
  }
  return JSON.stringify(encoded)
}

/** Reads what `encodeHall` wrote. */
export function decodeHall(text: string): KeptHall {
  const { l, x, h, a, k, c, o, r } = JSON.parse(text) as Encoded
  return {
    hall: {
      letters: l,
      holds: decodeHolds(x, h),
      areas: a.map(decodeArea),
      categories: { keys: k, runs: inGroups(c, 2).map(([from = 0, key = 0]) => [from, key]) },
      lost: o.map(([label, until, places]): LostObject => ({
        label,
        ...defined({
          until: until === 0 ? undefined : (until as Instant),
          places: places || undefined,
        }),
      })),
    },
    revisions: r.map(([from = 0, number = 0, ...added]) => ({
      from,
      number,
      changed: sums(added),
    })),
  }
}

function decodeHolds(first: number, h: Encoded['h']): HallHold[] {
  const holds: HallHold[] = []
  let until = first
  for (let at = 0; at < h.length; at += 1) {
    const entry = h[at] ?? 0
    if (typeof entry === 'number') {
      until += entry
      at += 1
      holds.push({ until: until as Instant, index: h[at] as number })
    } else {
      const [added, index, pool, places] = entry
      until += added
      holds.push({ until: until as Instant, index, ofPool: { pool, places } })
    }
  }
  return holds
}

function decodeArea([index = 0, capacity = 0, ...pools]: readonly number[]): HallArea {
  return {
    index,
    capacity,
    pools: inGroups(pools, 3).map(([places = 0, booked = 0, channel = 0]) => ({
      ...(channel === 0 ? {} : { channel: channel - 1 }),
      places,
      booked,
    })),
  }
}

function inGroups(numbers: readonly number[], size: number): number[][] {
  return Array.from({ length: numbers.length / size }, (_, at) =>
    numbers.slice(at * size, (at + 1) * size),
  )
}

/** Rising numbers, each as what it adds to the one before. */
function gaps(rising: readonly number[]): number[] {
  return rising.map((number, at) => number - (rising[at - 1] ?? 0))
}

function sums(added: readonly number[]): number[] {
  let sum = 0
  return added.map((number) => (sum += number))
}
