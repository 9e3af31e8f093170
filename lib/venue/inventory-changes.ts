import type { EventDetails } from '../records/records.ts'
import type { ChartObject } from './chart.ts'
import type { Inventory } from './terms.ts'

// Which labels may mean something else once another drawing is published, whatever an event says of its own: so that what is sold
// under all others need not be read.

/** What differs between two drawings, as far as it can matter to what is sold. */
export interface InventoryChanges {
  /** Labels whose objects are others, of another category, at a table or of an area that is sold otherwise, or of another size. */
  readonly labels: ReadonlySet<string>
  /** Keys of categories that only one of them has. */
  readonly categoryKeys: ReadonlySet<string>
}

/** Compares two drawings. */
export function inventoryChanges(before: Inventory, after: Inventory): InventoryChanges {
  const labels = new Set<string>()
  for (const [label, objects] of before.named) {
    const then = after.named.get(label)
    if (then === undefined || gistOf(objects) !== gistOf(then)) labels.add(label)
  }
  const categoryKeys = onlyInOne(keysOf(before), keysOf(after))
  return { labels, categoryKeys }
}

/** The same of one event: also what it puts into a category that comes or goes. */
export function labelsChanged(
  { labels, categoryKeys }: InventoryChanges,
  { objectCategories = {} }: EventDetails,
): ReadonlySet<string> {
  if (categoryKeys.size === 0) return labels
  const recategorized = Object.entries(objectCategories).flatMap(([label, key]) =>
    categoryKeys.has(String(key)) ? [label] : [],
  )
  return recategorized.length === 0 ? labels : new Set([...labels, ...recategorized])
}

function keysOf({ categories }: Inventory): Set<string> {
  return new Set(categories.map(({ key }) => key))
}

function onlyInOne(one: ReadonlySet<string>, other: ReadonlySet<string>): Set<string> {
  return new Set([...one, ...other].filter((key) => !(one.has(key) && other.has(key))))
}

/** What of the objects under one label decides whether an event has one of them, and under which category. */
function gistOf(objects: ChartObject | readonly ChartObject[]): string {
  return JSON.stringify(
    [objects].flat().map((object) => {
      const { kind, category } = object
      return [kind, category?.key, ...tableOf(object), ...areaOf(object)]
    }),
  )
}

/** How the table is sold that it is, or is at. */
function tableOf(object: ChartObject): readonly (string | boolean)[] {
  if (object.kind === 'table') return [object.bookAsAWhole]
  const isAtTable = object.kind === 'seat' && object.parent.type === 'table'
  return isAtTable ? [object.parent.objectLabel, object.parent.bookAsAWhole] : []
}

/** How many places an area has, and how they are sold. */
function areaOf(object: ChartObject): readonly (number | boolean)[] {
  return object.kind === 'generalAdmission' ? [object.capacity, object.bookAsAWhole] : []
}
