import { defined } from '../../defined.ts'
import type { EventDetails, ShownCategory } from '../../records/records.ts'
import { offeredCategories, splitByOffer } from '../../venue/categories.ts'
import type { Inventory } from '../../venue/terms.ts'

/** What a map shows of an event's terms, and the drawing does not say. */
export interface ToldTerms {
  /** Of the chart, then the event's own. */
  readonly categories: readonly ShownCategory[]
  /** Of objects of the drawing whose category is another in this event, by label; not there where there are none. */
  readonly objectCategories?: Readonly<Record<string, ShownCategory['key']>>
}

/** What an event tells beside its drawing; of what neither chart nor event has, nothing. */
export function toldTerms(
  { categories: ofChart, named }: Pick<Inventory, 'categories' | 'named'>,
  { categories: own = [], objectCategories = {} }: EventDetails,
): ToldTerms {
  const shown = ofChart.map(({ originalKey: key, label, color, accessible }) => {
    return { key, label, color, accessible }
  })
  const categories = offeredCategories(shown, own)
  const { known } = splitByOffer(objectCategories, categories)
  const drawn = Object.entries(known).filter(([label]) => named.has(label))
  const overrides = drawn.length === 0 ? undefined : Object.fromEntries(drawn)
  return { categories, ...defined({ objectCategories: overrides }) }
}
