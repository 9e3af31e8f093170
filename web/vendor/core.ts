import type { Selected } from '../element/public.ts'
import type { SceneCategory, SceneObject } from '../scene/scene.ts'
import { isSelectableAnyway, namesCategory, TAKEN, type Config } from './config.ts'
import { areWithin, hasFineLimits, type Line } from './limits.ts'
import { priceOf, type Price, type Prices } from './prices.ts'
import type { Seats } from './runs.ts'
import type { WatchedMap } from './watched-map.ts'

/** What all parts of one chart share. */
export interface Core {
  readonly view: Window & typeof globalThis
  readonly map: WatchedMap
  /** As it is now: wrappers write another with each rendering. */
  readonly config: () => Config
  readonly prices: () => Prices
  /** What was told to be selected, line by line. */
  selection: readonly Selected[]
  /** Says once for a page what is not served. */
  readonly warn: (name: string) => void
}

/** The object of a label. */
export function objectOf({ map }: Core, label: string): SceneObject | undefined {
  const { scene } = map
  return scene?.objects[scene.byLabel.get(label) ?? -1]
}

/** The category of an object. */
export function categoryOf({ map }: Core, object: SceneObject): SceneCategory | undefined {
  return map.scene?.categories.find(({ key }) => key === object.category)
}

/** What an object costs. */
export function costOf(core: Core, object: SceneObject): Price | undefined {
  return priceOf(core.prices(), object, categoryOf(core, object))
}

/** Lines of the selection that are of one label. */
export function linesOf({ selection }: Core, label: string): readonly Selected[] {
  return selection.filter((line) => line.label === label)
}

/** Whether an object is free for this buyer, whatever the page thinks of it. */
export function isFree({ map, config }: Core, { label }: SceneObject): boolean {
  const letter = map.sale?.letterOf(label) ?? '-'
  if (TAKEN.includes(letter)) return isSelectableAnyway(config(), label)
  return letter === 'a' ? (map.sale?.leftOf(label) ?? 0) > 0 : letter === 'f' || letter === 'r'
}

/** Whether the page offers an object: of a category that is, with a price where that is asked, and within its limits. */
export function isOffered(core: Core, object: SceneObject): boolean {
  const config = core.config()
  const category = categoryOf(core, object)
  if (config.objectWithoutCategorySelectable === false && category === undefined) return false
  if (config.objectWithoutPricingSelectable === false && costOf(core, object) === undefined) {
    return false
  }
  if (!namesCategory(config.availableCategories, category)) return false
  const { unavailableCategories, maxSelectedObjects } = config
  if (unavailableCategories && namesCategory(unavailableCategories, category)) return false
  if (!hasFineLimits(maxSelectedObjects) || linesOf(core, object.label).length > 0) return true
  return isRoomFor(core, [{ label: object.label, quantity: 1 }])
}

/** Whether these may be chosen beside what is chosen already. Without a ticket type, whether any could be. */
export function isRoomFor(
  core: Core,
  wanted: readonly {
    readonly label: string
    readonly quantity?: number
    readonly ticketType?: string
  }[],
): boolean {
  const { maxSelectedObjects } = core.config()
  const lines = [...core.selection, ...wanted].map(({ label, quantity = 1, ticketType }): Line => {
    const object = objectOf(core, label)
    return { category: object && categoryOf(core, object), quantity, ticketType }
  })
  return areWithin(maxSelectedObjects, lines)
}

/** The hall as those see it who look for seats side by side. */
export function seatsOf(core: Core): Seats | undefined {
  const { scene } = core.map
  if (scene === undefined) return undefined
  const isChosen = ({ label }: SceneObject) => linesOf(core, label).length > 0
  const isOpen = (object: SceneObject) =>
    isChosen(object) || (isFree(core, object) && isOffered(core, object))
  return { scene, isChosen, isOpen }
}
