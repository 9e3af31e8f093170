import { defined } from '../../lib/defined.ts'
import { SECOND_MS } from '../../lib/limits/durations.ts'
import { toldLetter, type Hall } from './hall.ts'
import { fieldsOf } from './read-answers.ts'
import type { Basket, Held, Surroundings } from './sale.ts'
import { CAUGHT_UP_MS, CLOCKS_MS, SETTLED_MS, SURELY_READ_MS, TOGETHER_MS } from './times.ts'

// What this buyer holds. It is kept for a reload of the page, with the deadlines that the server told: reading it again extends nothing.
//
// What is held stays so until it is released, until its deadline, or until a snapshot says otherwise that can know: one that showed it as
// held before, that was read after the hold, or that was told so long after the hold that the event has surely been read since.

/** A line of the basket. */
export interface Item extends Held {
  /** By the server's clock. */
  readonly expiresAt: number
  readonly heldAt: number
  /** Whether a snapshot has shown it as held. */
  readonly isSeen: boolean
}

/** A basket under its token. */
export interface Kept {
  readonly token: string
  readonly items: readonly Item[]
}

/** As it is told. */
export function tellBasket({ token, items }: Kept): Basket {
  return { holdToken: token, items: items.map(tellItem), expiresAt: firstEnd(items) }
}

/** A line without what is nobody's business. */
export function tellItem({ label, quantity, ticketType }: Held): Held {
  return { label, quantity, ...defined({ ticketType }) }
}

/** When the first of them ends. */
export function firstEnd(items: readonly Item[]): number | undefined {
  return items.length === 0 ? undefined : Math.min(...items.map(({ expiresAt }) => expiresAt))
}

/** Adds what was held: places of one area and ticket type are one line, whose deadline is the earlier. */
export function addItems(items: readonly Item[], added: readonly Item[]): readonly Item[] {
  return added.reduce((all, item) => {
    const same = all.find((other) => isSameLine(other, item))
    if (same === undefined) return [...all, item]
    const quantity = same.quantity + item.quantity
    const expiresAt = Math.min(same.expiresAt, item.expiresAt)
    return all.map((other) => (other === same ? { ...item, quantity, expiresAt } : other))
  }, items)
}

/** Takes so many places from a line, or all of a label. */
export function takeFrom(
  items: readonly Item[],
  what: string | Held,
): { readonly left: readonly Item[]; readonly taken: readonly Item[] } {
  const left: Item[] = []
  const taken: Item[] = []
  let open = typeof what === 'string' ? Infinity : what.quantity
  for (const item of items) {
    const isMeant = typeof what === 'string' ? item.label === what : isSameLine(item, what)
    const quantity = isMeant ? Math.min(open, item.quantity) : 0
    open -= quantity
    if (quantity > 0) taken.push({ ...item, quantity })
    if (quantity < item.quantity) left.push({ ...item, quantity: item.quantity - quantity })
  }
  return { left, taken }
}

function isSameLine(one: Held, other: Held): boolean {
  return one.label === other.label && one.ticketType === other.ticketType
}

/** Parts what has ended by then from the rest: what ends a moment after the first ends with it. */
export function partExpired(
  items: readonly Item[],
  now: number,
): { readonly left: readonly Item[]; readonly expired: readonly Item[] } {
  const end = firstEnd(items)
  if (end === undefined || end > now) return { left: items, expired: [] }
  const isOver = ({ expiresAt }: Item) => expiresAt <= Math.max(now, end + TOGETHER_MS)
  return { left: items.filter((item) => !isOver(item)), expired: items.filter(isOver) }
}

/** Lines by their label. */
export function byLabel<Line extends Held>(lines: readonly Line[]): Map<string, readonly Line[]> {
  const groups = new Map<string, readonly Line[]>()
  for (const line of lines) groups.set(line.label, [...(groups.get(line.label) ?? []), line])
  return groups
}

/** Places of all lines. */
export function placesOf(lines: readonly Held[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0)
}

/** What a snapshot that was told then says of the basket. */
export interface Evidence {
  readonly items: readonly Item[]
  /** Not held any more. */
  readonly lost: readonly Item[]
  /** Booked, which only the shop's server or the holder of the token can have done. */
  readonly sold: readonly Item[]
}

/** Holds a basket against a snapshot that was told at that time. */
export function checkItems(items: readonly Item[], hall: Hall, toldAt: number): Evidence {
  const lost: Item[] = []
  const sold: Item[] = []
  const kept = items.flatMap((item) => {
    const letter = toldLetter(hall, item.label)
    // What ends now has ended, and is told with all that ends together.
    if (item.expiresAt <= toldAt + SECOND_MS) return [item]
    const isSettled = toldAt >= item.heldAt + SETTLED_MS
    if (letter === 'h' || letter === 'a') return [isSettled ? { ...item, isSeen: true } : item]
    if (!item.isSeen && !isReadSince(item, hall, toldAt)) return [item]
    ;(letter === 'b' ? sold : lost).push(item)
    return []
  })
  return { items: kept, lost, sold }
}

/** Whether the event was read after a hold, and whoever is behind has had the time to catch up. */
function isReadSince({ heldAt }: Item, { readAt = 0 }: Hall, toldAt: number): boolean {
  if (toldAt >= heldAt + SURELY_READ_MS) return true
  return readAt >= heldAt + CLOCKS_MS && toldAt >= heldAt + CAUGHT_UP_MS
}

/** Reads what a tab has kept. */
export function readKept(storage: Surroundings['storage'], name: string): Kept | undefined {
  try {
    const { token, items } = fieldsOf(JSON.parse(storage.getItem(name) ?? 'null'))
    if (typeof token !== 'string' || !Array.isArray(items)) return undefined
    return { token, items: items.flatMap(readItem) }
  } catch {
    return undefined
  }
}

function readItem(value: unknown): readonly Item[] {
  const { label, quantity, ticketType, expiresAt, heldAt, isSeen } = fieldsOf(value)
  if (typeof label !== 'string' || !isPlaces(quantity)) return []
  if (typeof expiresAt !== 'number' || typeof heldAt !== 'number') return []
  const type = typeof ticketType === 'string' ? ticketType : undefined
  const seen = isSeen === true
  return [{ label, quantity, ...defined({ ticketType: type }), expiresAt, heldAt, isSeen: seen }]
}

function isPlaces(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0
}

/** Keeps a basket for a reload; without room for it, it lasts as long as the page. */
export function writeKept(storage: Surroundings['storage'], name: string, kept: Kept): void {
  try {
    storage.setItem(name, JSON.stringify(kept))
  } catch {
    // A full or forbidden storage is no reason to sell nothing.
  }
}
