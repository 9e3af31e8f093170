import type { Look } from '../picture/picture.ts'
import type { Held, Letter } from '../sale/sale.ts'
import type { SceneObject } from '../scene/scene.ts'

/** What is known of an object at one moment. */
export interface Facts {
  readonly letter: Letter
  /** Places of an area that are left for this buyer. */
  readonly left: number
  readonly isMine: boolean
  /** A hold of it is on its way. */
  readonly isBusy: boolean
  readonly isVisible: boolean
  /** Its category is offered, and the page lets it be chosen. */
  readonly isOffered: boolean
  /** Its category is not among those that are looked for. */
  readonly isFiltered: boolean
}

/** How an object looks: what the buyer has comes before what others have, and that before what the page wishes. */
export function stateOf(kind: SceneObject['kind'], facts: Facts): Look['state'] {
  if (!facts.isVisible) return 'hidden'
  if (facts.isBusy) return 'busy'
  if (facts.isMine) return 'mine'
  if (facts.letter === '-') return kind === 'seat' || kind === 'table' ? 'unsold' : 'off'
  if (facts.letter === 'n' || facts.letter === 'c') return 'off'
  if (!isFree(facts)) return 'taken'
  if (!facts.isOffered) return 'off'
  return facts.isFiltered ? 'dimmed' : 'free'
}

/** Whether something of it can still be had. */
export function isFree({ letter, left }: Pick<Facts, 'letter' | 'left'>): boolean {
  return letter === 'a' ? left > 0 : letter === 'f' || letter === 'r'
}

/** Places of an object that this buyer may still choose. */
export function placesLeft(object: SceneObject, state: Look['state'], left: number): number {
  if (state !== 'free' && state !== 'dimmed') return 0
  return object.isByPlaces ? left : object.places
}

/** What counts against the most that one buyer may have: each place of an area, all else as one. */
export function countedAs(
  object: Pick<SceneObject, 'isByPlaces'> | undefined,
  quantity: number,
): number {
  return object?.isByPlaces === true ? quantity : 1
}

/** How many may be taken of an object at a time. */
export interface Range {
  readonly min: number
  readonly max: number
}

/** Places of an area, or people at a table: undefined where there is nothing to ask. */
export function quantityRange(
  object: SceneObject,
  { left, room }: { readonly left: number; readonly room: number },
): Range | undefined {
  if (object.isByPlaces) return { min: 1, max: Math.max(0, Math.min(left, room)) }
  if (object.occupancy === undefined || object.kind === 'seat') return undefined
  const { min, max } = object.occupancy
  return min < max ? { min, max } : undefined
}

/** The lines of a basket with others added: of one label and type there is one line. */
export function added(items: readonly Held[], more: readonly Held[]): Held[] {
  const lines = new Map(items.map((item) => [lineOf(item), item]))
  for (const item of more) {
    const former = lines.get(lineOf(item))
    lines.set(lineOf(item), { ...item, quantity: item.quantity + (former?.quantity ?? 0) })
  }
  return [...lines.values()]
}

/** What tells lines of a basket apart. */
export function lineOf({ label, ticketType = '' }: Held): string {
  return JSON.stringify([label, ticketType])
}
