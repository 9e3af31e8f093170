import { defined } from '../../defined.ts'
import type { Channel, EventDetails, ShownCategory } from '../../records/records.ts'
import { offeredCategories, splitByOffer } from '../../venue/categories.ts'
import type { Inventory } from '../../venue/terms.ts'

/** What a map shows of an event's terms, and the drawing does not say. */
export interface ToldTerms {
  /** Of the chart, then the event's own. */
  readonly categories: readonly ShownCategory[]
  /** Of objects of the drawing whose category is another in this event, by label; not there where there are none. */
  readonly objectCategories?: Readonly<Record<string, ShownCategory['key']>>
  /** In their order, where they are asked for: places in the drawing of what is in each, of areas also where only some of its places are. */
  readonly channels?: readonly { readonly key: string; readonly objects: readonly number[] }[]
}

/** What an event tells beside its drawing; of what neither chart nor event has, nothing. */
export function toldTerms(
  { categories: ofChart, named }: Pick<Inventory, 'categories' | 'named'>,
  { categories: own = [], objectCategories = {}, channels = [] }: EventDetails,
  { withChannels = false }: { readonly withChannels?: boolean } = {},
): ToldTerms {
  const shown = ofChart.map(({ originalKey: key, label, color, accessible }) => {
    return { key, label, color, accessible }
  })
  const categories = offeredCategories(shown, own)
  const { known } = splitByOffer(objectCategories, categories)
  const drawn = Object.entries(known).filter(([label]) => named.has(label))
  const overrides = drawn.length === 0 ? undefined : Object.fromEntries(drawn)
  return {
    categories,
    ...defined({ objectCategories: overrides }),
    ...(withChannels ? { channels: toldChannels(named, channels) } : {}),
  }
}

function toldChannels(named: Inventory['named'], channels: readonly Channel[]) {
  const places = new Map([...named.keys()].map((label, place) => [label, place]))
  return channels.map(({ key, objects, areaPlaces }) => {
    const labels = new Set([...objects, ...Object.keys(areaPlaces)])
    const drawn = [...labels].flatMap((label) => places.get(label) ?? [])
    return { key, objects: drawn.sort((a, b) => a - b) }
  })
}
