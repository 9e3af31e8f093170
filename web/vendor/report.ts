import type { SceneObject } from '../scene/scene.ts'
import { categoryOf, isFree, isOffered, type Core } from './core.ts'

const NONE = 'NO_CATEGORY'

interface Count {
  count: number
  readonly byCategoryLabel: Record<string, number>
  readonly byCategoryKey: Record<string, number>
}

/** How many places can be selected and how many cannot, by category. */
export function reportOf(core: Core, objects: readonly SceneObject[]): Record<string, Count> {
  const categories = core.map.scene?.categories ?? []
  const empty = (): Count => ({
    count: 0,
    byCategoryLabel: noneOf(categories.map(({ label }) => label)),
    byCategoryKey: noneOf(categories.map(({ key }) => key)),
  })
  const report = { selectable: empty(), not_selectable: empty() }
  const add = (to: Count, object: SceneObject, places: number) => {
    const { key = NONE, label = NONE } = categoryOf(core, object) ?? {}
    to.count += places
    to.byCategoryKey[key] = (to.byCategoryKey[key] ?? 0) + places
    to.byCategoryLabel[label] = (to.byCategoryLabel[label] ?? 0) + places
  }
  for (const object of objects) {
    const { label, places } = object
    // Of a table and its seats one is sold, and counted.
    if (core.map.sale?.letterOf(label) === '-') continue
    const isSelectable = isFree(core, object) && isOffered(core, object)
    const left = object.isByPlaces ? (core.map.sale?.leftOf(label) ?? 0) : places
    const free = isSelectable ? Math.min(left, places) : 0
    add(report.selectable, object, free)
    add(report.not_selectable, object, places - free)
  }
  return report
}

function noneOf(names: readonly string[]): Record<string, number> {
  return Object.fromEntries([...names, NONE].map((name) => [name, 0] as const))
}

/** The same for each zone. */
export function reportByZone(core: Core): Record<string, Record<string, Count>> {
  const objects = core.map.scene?.objects ?? []
  const zones = new Set(objects.map(({ zone = 'NO_ZONE' }) => zone))
  return Object.fromEntries(
    [...zones].map((zone) => [
      zone,
      reportOf(
        core,
        objects.filter((object) => (object.zone ?? 'NO_ZONE') === zone),
      ),
    ]),
  )
}
