import type { Instant } from '../../clock.ts'
import type { PoolPlaces } from '../../venue/pools.ts'

// A whole event as buyers may see it: no tokens, no extra data, nothing of who ordered what. Objects are named by their place in the
// drawing, so that a state costs a letter.

/** How an object is, as it is told to whoever polls. */
export const letters = {
  /** Anybody may select it. */
  free: 'f',
  held: 'h',
  booked: 'b',
  /** In a status of the integrator's own. */
  taken: 't',
  /** Somebody who has it offers it again. */
  resale: 'r',
  /** Free, and not for sale. */
  withheld: 'n',
  /** Free, and for buyers of a channel. */
  inChannel: 'c',
  /** Its places are sold one by one: numbers tell how many are left. */
  area: 'a',
  /** The event sells nothing under this label: a table by seat, or the seats of one that is sold whole. */
  nothing: '-',
} as const

export type Letter = (typeof letters)[keyof typeof letters]

/** Letters of objects that nobody else can take. */
const TAKEN: ReadonlySet<string> = new Set([letters.held, letters.booked, letters.taken])

/** Whether what has that letter is somebody's. */
export function isTakenLetter(letter: string | undefined): boolean {
  return letter !== undefined && TAKEN.has(letter)
}

/** An event at a moment, and as it becomes by itself when holds end. */
export interface Hall {
  /** A letter for each label of the drawing, in its order: of what is held, the one that it has after that. */
  readonly letters: string
  /** Holds that were live at that moment, the first to end first; each object has one at most. */
  readonly holds: readonly HallHold[]
  /** Areas whose places are sold one by one, in order of the drawing. */
  readonly areas: readonly HallArea[]
  readonly categories: HallCategories
  /** What is taken under labels that the drawing has lost. */
  readonly lost: readonly LostObject[]
}

/** What ends at a moment. */
export interface HallHold {
  readonly until: Instant
  /** Place of the object in the drawing. */
  readonly index: number
  /** Of an area: places of one of its pools. */
  readonly ofPool?: { readonly pool: number; readonly places: number }
}

export interface HallArea {
  readonly index: number
  readonly capacity: number
  /** Those that somebody may sell from. */
  readonly pools: readonly HallPool[]
}

export interface HallPool extends Pick<PoolPlaces, 'places'> {
  /** Whose it is: the place of that channel among those of the event. */
  readonly channel?: number
  readonly booked: number
}

/** Categories of the objects, in runs: from where on, and place of the key in the list; −1 where an object has none. */
export interface HallCategories {
  readonly keys: readonly string[]
  readonly runs: readonly (readonly [from: number, key: number])[]
}

/** An object, or places of an area, that somebody has under a label that is not sold. */
export interface LostObject {
  readonly label: string
  /** Until when, of what is held. */
  readonly until?: Instant
  /** Of an area: how many places. */
  readonly places?: number
}

/** How many of the holds are over at that moment: a hold ends at the millisecond of its deadline. */
export function endedBy({ holds }: Pick<Hall, 'holds'>, now: Instant): number {
  let [low, high] = [0, holds.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((holds[middle]?.until ?? 0) <= now) low = middle + 1
    else high = middle
  }
  return low
}

/** The letters at the moment when so many holds are over. */
export function lettersAfter(hall: Pick<Hall, 'letters' | 'holds'>, ended: number): string {
  const shown = hall.letters.split('')
  for (const { index, ofPool } of hall.holds.slice(ended)) {
    if (ofPool === undefined) shown[index] = letters.held
  }
  return shown.join('')
}

/** An area as it is told. */
export interface AreaNow {
  readonly index: number
  readonly capacity: number
  /** Places that anybody may select. */
  readonly free: number
  /** Places left of all channels. */
  readonly freeInChannels: number
  /** The same of each channel that has any of its places, by the place of that among those of the event. */
  readonly freeByChannel: readonly { readonly channel: number; readonly free: number }[]
  readonly held: number
  readonly booked: number
}

/** The numbers of areas at the moment when so many holds are over, in order of the drawing. */
export function areasAfter(
  { areas, holds }: Pick<Hall, 'areas' | 'holds'>,
  ended: number,
): AreaNow[] {
  const held = new Map<string, number>()
  for (const { index, ofPool } of holds.slice(ended)) {
    if (ofPool === undefined) continue
    const name = `${index} ${ofPool.pool}`
    held.set(name, (held.get(name) ?? 0) + ofPool.places)
  }
  return areas.map((area) => areaNow(area, (pool) => held.get(`${area.index} ${pool}`) ?? 0))
}

function areaNow({ index, capacity, pools }: HallArea, heldIn: (pool: number) => number): AreaNow {
  const now = { free: 0, held: 0, booked: 0 }
  const ofChannels: { channel: number; room: number }[] = []
  for (const [pool, { places, booked, channel }] of pools.entries()) {
    const held = heldIn(pool)
    now.held += held
    now.booked += booked
    const room = Math.max(0, places - booked - held)
    if (channel === undefined) now.free += room
    else ofChannels.push({ channel, room })
  }
  // Where more is taken than a pool has, the others have that much less.
  const sold = pools.reduce((all, { places }) => all + places, 0)
  let left = Math.max(0, sold - now.booked - now.held)
  const take = (room: number) => {
    const free = Math.min(room, left)
    left -= free
    return free
  }
  const free = take(now.free)
  const freeByChannel = ofChannels.map(({ channel, room }) => ({ channel, free: take(room) }))
  const freeInChannels = freeByChannel.reduce((sum, one) => sum + one.free, 0)
  return { index, capacity, ...now, free, freeInChannels, freeByChannel }
}
