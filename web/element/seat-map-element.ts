import type { SeatMapElement } from './element-type.ts'
import { openLife, type Life } from './life.ts'
import { membersOf } from './members.ts'
import type { MapNeeds } from './open-map.ts'
import { attributeNames } from './settings.ts'

/** What the map of an element in a window needs. */
export type NeedsOf = (view: Window & typeof globalThis, element: HTMLElement) => MapNeeds

/**
 * The class of the element, over the `HTMLElement` of a window: made when it is asked for, so that a server that renders pages may
 * import this file too.
 */
export function seatMapClass(Base: typeof HTMLElement, needsOf: NeedsOf): new () => SeatMapElement {
  const lives = new WeakMap<object, Life>()
  const lifeOf = (element: object): Life => {
    const known = lives.get(element)
    if (known !== undefined) return known
    const life = openLife(element as HTMLElement, needsOf)
    lives.set(element, life)
    return life
  }
  const members = membersOf(lifeOf)
  class HoldfastSeatMap extends Base {
    static readonly observedAttributes = Object.keys(attributeNames)
    connectedCallback(): void {
      takeEarly(this, members)
      lifeOf(this).moved()
    }
    disconnectedCallback(): void {
      lifeOf(this).moved()
    }
    attributeChangedCallback(
      attribute: string,
      _before: string | null,
      value: string | null,
    ): void {
      const name = attributeNames[attribute]
      if (name !== undefined) lifeOf(this).set(name, value)
    }
  }
  Object.defineProperties(HoldfastSeatMap.prototype, members)
  // Its members are those of the table, which the type lists.
  return HoldfastSeatMap as unknown as new () => SeatMapElement
}

/** What a page has set before the element was defined hides the members of its class, until it is set again. */
function takeEarly(element: HTMLElement, members: PropertyDescriptorMap): void {
  const early = element as unknown as Record<string, unknown>
  for (const name of Object.keys(members)) {
    if (!Object.hasOwn(element, name)) continue
    const value = early[name]
    Reflect.deleteProperty(early, name)
    if (members[name]?.set !== undefined) early[name] = value
  }
}
