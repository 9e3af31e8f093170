import type { SaleRules } from '../records/records.ts'
import { isAtTable, isByPlaces, type ChartArea, type ChartObject } from './chart.ts'

// Sale rules as they are looked up. Several may have a say at once, those of an event and those of its season: what one of them takes
// off sale is off sale.

/** A category as buyers meet it: of the chart, or of the event alone. */
export interface OfferedCategory {
  readonly key: string
  readonly label: string
}

/** Which categories objects have, beyond the chart's. */
export interface Categorized {
  /** Of objects whose category differs from the chart's, by label. One that neither chart nor event has counts for nothing. */
  readonly objectCategories: ReadonlyMap<string, OfferedCategory>
  /** The event's own, by key: they stand for those of the chart with the same key. */
  readonly categories: ReadonlyMap<string, OfferedCategory>
}

/** Rules, and the categories that they speak of. */
export interface RulesUnder {
  readonly rules: SaleRules
  readonly categorized: Categorized
}

/** What one say takes off sale. */
export interface Sale {
  readonly isListForSale: boolean
  readonly labels: ReadonlySet<string>
  /** Places of areas, by label. */
  readonly areaPlaces: ReadonlyMap<string, number>
  /** By key or label. */
  readonly categories: ReadonlySet<string>
  readonly categorized: Categorized
}

/** The category under which an object is sold. */
export function categoryOf(
  { objectCategories, categories }: Categorized,
  { label, category }: ChartObject,
): OfferedCategory | undefined {
  return objectCategories.get(label) ?? categories.get(category?.key ?? '') ?? category
}

/** Rules that all have a say. Those that take off sale what they list become one for all that speak of the same categories. */
export function salesOf(all: readonly RulesUnder[]): readonly Sale[] {
  const withheld = new Map<Categorized, SaleRules[]>()
  for (const { rules, categorized } of all) {
    if (rules.isListForSale) continue
    const others = withheld.get(categorized)
    if (others === undefined) withheld.set(categorized, [rules])
    else others.push(rules)
  }
  const sold = all.filter(({ rules }) => rules.isListForSale)
  return [
    ...[...withheld].map(([categorized, rules]) => saleOf(rules, categorized)),
    ...sold.map(({ rules, categorized }) => saleOf([rules], categorized)),
  ]
}

/** One rule, or several that take off sale what they list. */
function saleOf(rules: readonly SaleRules[], categorized: Categorized): Sale {
  const areaPlaces = new Map<string, number>()
  for (const [label, places] of rules.flatMap((it) => Object.entries(it.areaPlaces))) {
    areaPlaces.set(label, Math.max(places, areaPlaces.get(label) ?? 0))
  }
  return {
    isListForSale: rules.some(({ isListForSale }) => isListForSale),
    labels: new Set(rules.flatMap(({ objects }) => objects)),
    areaPlaces,
    categories: new Set(rules.flatMap(({ categories }) => categories)),
    categorized,
  }
}

/** Whether it leaves an object on sale: of an area, whether it leaves any of its places. */
export function isSoldUnder(sale: Sale, object: ChartObject): boolean {
  const { isListForSale } = sale
  const isAnyListed = isListForSale && placesListed(sale, object) > 0
  return (isListed(sale, object) || isAnyListed) === isListForSale
}

/** How many places of an area it takes off sale. */
export function placesWithheldBy(sale: Sale, area: ChartArea): number {
  const { isListForSale } = sale
  if (isListed(sale, area)) return isListForSale ? 0 : area.capacity
  const listed = placesListed(sale, area)
  return isListForSale ? area.capacity - listed : listed
}

/** An object is listed by its label, by its category, and at a table that is sold by seat by the table. */
function isListed({ labels, categories, categorized }: Sale, object: ChartObject): boolean {
  const category = categoryOf(categorized, object)
  return (
    labels.has(object.label) ||
    (isAtTable(object) && labels.has(object.parent.objectLabel)) ||
    [category?.key, category?.label].some((word) => word !== undefined && categories.has(word))
  )
}

/** Of an area that is sold as a whole, no single places are listed. */
function placesListed({ areaPlaces }: Sale, object: ChartObject): number {
  return isByPlaces(object) ? Math.min(areaPlaces.get(object.label) ?? 0, object.capacity) : 0
}
