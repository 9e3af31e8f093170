// What is to be told of one area in a season and its events, and who may take places of it: sums that are made apart from the code.

export const CAPACITY = 14
/** The seasons that each event is in. */
export const seasonsOf: Readonly<Record<string, readonly string[]>> = {
  'match-1': ['season', 'spring'],
  'match-2': ['season', 'spring', 'autumn'],
  'match-3': ['season', 'autumn'],
}
export const events = Object.keys(seasonsOf)
export const seasons = ['season', 'spring', 'autumn']

interface Hold {
  readonly of: string
  readonly token: string
  count: number
  until: number
}

/** What somebody has, and what of it is said to be an event's. */
export interface Lawn {
  now: number
  readonly booked: Map<string, number>
  readonly holds: Hold[]
  /** By event and season. */
  readonly overridden: Map<string, number>
  readonly past: Set<string>
}

/** Nobody has anything. */
export function newLawn(now: number): Lawn {
  return { now, booked: new Map(), holds: [], overridden: new Map(), past: new Set() }
}

const bookedOf = ({ booked }: Lawn, of: string) => booked.get(of) ?? 0

function heldOf({ holds, now }: Lawn, of: string, token?: string): number {
  return holds
    .filter((it) => it.of === of && it.until > now && (token ?? it.token) === it.token)
    .reduce((sum, { count }) => sum + count, 0)
}

const takenOf = (lawn: Lawn, of: string) => bookedOf(lawn, of) + heldOf(lawn, of)

const over = ({ overridden }: Lawn, event: string, season: string) =>
  overridden.get(`${event} ${season}`) ?? 0

/** Booked, held and free places as they are to be told. */
export function told(lawn: Lawn, of: string): [number, number, number] {
  let [booked, held] = [bookedOf(lawn, of), heldOf(lawn, of)]
  if (seasons.includes(of)) return [booked, held, Math.max(0, left(lawn, of))]
  for (const season of seasonsOf[of] ?? []) {
    const [count, ofSeason] = [over(lawn, of, season), bookedOf(lawn, season)]
    booked += Math.max(0, ofSeason - count)
    held += Math.max(0, heldOf(lawn, season) - Math.max(0, count - ofSeason))
  }
  return [booked, held, Math.max(0, CAPACITY - booked - held)]
}

function left(lawn: Lawn, of: string): number {
  if (events.includes(of)) {
    const [booked, held] = told(lawn, of)
    return CAPACITY - booked - held
  }
  const inEvents = events
    .filter((event) => seasonsOf[event]?.includes(of) && !lawn.past.has(event))
    .map((event) => {
      const others = seasonsOf[event]?.filter((season) => season !== of) ?? []
      return [event, ...others].reduce((sum, it) => sum + takenOf(lawn, it), 0)
    })
  const above = of === 'season' ? 0 : takenOf(lawn, 'season')
  return CAPACITY - takenOf(lawn, of) - Math.max(0, above, ...inEvents)
}

function take(lawn: Lawn, of: string, { token, count }: { token: string; count: number }): boolean {
  if (heldOf(lawn, of, token) < count) return false
  let owed = count
  for (const hold of lawn.holds) {
    if (hold.of !== of || hold.token !== token || hold.until <= lawn.now) continue
    const some = Math.min(owed, hold.count)
    hold.count -= some
    owed -= some
  }
  return true
}

/** So many places, of a token or of nobody. */
export interface Some {
  readonly count: number
  readonly token?: string
}

/** Books places, if there are so many. */
export function book(lawn: Lawn, of: string, { count, token }: Some): boolean {
  const isThere = token === undefined ? count <= left(lawn, of) : take(lawn, of, { token, count })
  if (isThere) lawn.booked.set(of, bookedOf(lawn, of) + count)
  return isThere
}

/** Holds places until a moment, if there are so many. */
export function hold(lawn: Lawn, of: string, wanted: Omit<Hold, 'of'>): boolean {
  if (wanted.until <= lawn.now || wanted.count > left(lawn, of)) return false
  lawn.holds.push({ of, ...wanted })
  return true
}

/** Gives places back, if so many are booked, or held by the token: of none, none. */
export function release(lawn: Lawn, of: string, { count, token }: Some): boolean {
  if (token !== undefined) return take(lawn, of, { token, count })
  if (bookedOf(lawn, of) === 0) return true
  if (bookedOf(lawn, of) < count) return false
  lawn.booked.set(of, bookedOf(lawn, of) - count)
  return true
}

/** Has an event sell so many more places of a season itself, or so many less, if it has not sold them. */
export function override(
  lawn: Lawn,
  event: string,
  { season, count }: { season: string; count: number },
): boolean {
  if (seasonsOf[event]?.includes(season) !== true) return false
  const [name, before] = [`${event} ${season}`, over(lawn, event, season)]
  const after = Math.max(0, Math.min(CAPACITY, before + count))
  lawn.overridden.set(name, after)
  if (after >= before || left(lawn, event) >= 0) return true
  lawn.overridden.set(name, before)
  return false
}
