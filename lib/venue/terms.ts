import { defined } from '../defined.ts'
import {
  isAtTable,
  isByPlaces,
  isSoldWhole,
  type Category,
  type Chart,
  type ChartArea,
  type ChartObject,
  type ChartTable,
  type TableConfig,
  type Zone,
} from './chart.ts'
import { emptyHall, hallOf, type Hall } from './hall.ts'
import {
  categoryOf,
  isSoldUnder,
  placesWithheldBy,
  salesOf,
  type Categorized,
  type OfferedCategory,
  type Sale,
} from './sale.ts'
import { isSayable } from './validate-chart.ts'
import { TERMS_BYTES_MAX } from '../limits/limits.ts'
import type { Channel, EventDetails, EventHead } from '../records/records.ts'

/** Whether an event would say more than that. */
export function isTooLarge(details: EventDetails): boolean {
  return Buffer.byteLength(JSON.stringify(details)) > TERMS_BYTES_MAX
}

// What an event sells under each label, from its chart and from what it says itself. Decisions, status, reports, object infos and logs
// of both surfaces ask `offerOf` and nothing else.

/** The objects of one drawing by label, whichever of them an event sells. */
export interface Inventory {
  /** Of the chart, in display order. */
  readonly categories: readonly Category[]
  readonly zones: readonly Zone[]
  /** Of several objects with one label, all, in walk order. */
  readonly named: ReadonlyMap<string, ChartObject | readonly ChartObject[]>
  /** Labels of a table's seats, by the label of the table. */
  readonly tableSeats: ReadonlyMap<string, readonly string[]>
  readonly hall: Hall
}

/** All that an event says about selling the objects of its chart, apart from what was sold. */
export interface Terms extends Categorized {
  readonly inventory: Inventory
  readonly tables: TableConfig
  /** Keys of channels, by the labels that are in one. */
  readonly channels: ReadonlyMap<string, string>
  /** Keys of all channels by their id, in their order. */
  readonly channelKeys: ReadonlyMap<string, string>
  /** What channels have of an area's places, by its label and in the order of the channels. */
  readonly channelPlaces: ReadonlyMap<string, readonly ChannelPlaces[]>
  /** What all have to leave on sale: of a season and its events, the rules of either; none where everything is for sale. */
  readonly sales: readonly Sale[]
}

/** What one channel has of an area's places. */
export interface ChannelPlaces {
  readonly channelId: string
  readonly channelKey: string
  readonly places: number
}

/** What an event sells under a label. */
export interface Offer {
  readonly object: ChartObject
  readonly category: OfferedCategory | undefined
  /** Key of the channel that it is in. */
  readonly channel?: string
  /** Whether requests can say its label at all. */
  readonly isSold: boolean
  /** Whether it is sold now, by the rules of the event. */
  readonly isForSale: boolean
  /** Of an area whose places are sold one by one: how many of them the rules take off sale. */
  readonly notForSale?: number
}

/** Indexes a drawing's objects, once for all events that sell them. */
export function inventoryOf(chart: Chart): Inventory {
  const named = new Map<string, ChartObject | readonly ChartObject[]>()
  const tableSeats = new Map<string, string[]>()
  for (const object of chart.objects) {
    const others = named.get(object.label)
    named.set(object.label, others === undefined ? object : [others, object].flat())
    if (!isAtTable(object)) continue
    const { objectLabel } = object.parent
    const seats = tableSeats.get(objectLabel)
    if (seats === undefined) tableSeats.set(objectLabel, [object.label])
    else seats.push(object.label)
  }
  const { categories, zones } = chart
  return { categories, zones, named, tableSeats, hall: hallOf(chart) }
}

/** What counts of an event's own words; `details` are nothing where the event has none. */
export function termsOf(
  inventory: Inventory,
  { tableBooking }: Pick<EventHead, 'tableBooking'>,
  {
    tables = {},
    objectCategories = {},
    categories = [],
    channels = [],
    saleRules,
  }: EventDetails = {},
): Terms {
  const own = byKey(categories)
  const offered = new Map([...byKey(inventory.categories), ...own])
  const ofObjects = Object.entries(objectCategories).flatMap(([label, key]) => {
    const category = offered.get(String(key))
    return category === undefined ? [] : [[label, category] as const]
  })
  const categorized = { objectCategories: new Map(ofObjects), categories: own }
  return {
    ...categorized,
    inventory,
    tables:
      tableBooking === 'CUSTOM'
        ? { mode: tableBooking, tables: new Map(Object.entries(tables)) }
        : { mode: tableBooking ?? 'INHERIT' },
    channels: channelsByLabel(channels),
    channelKeys: new Map(channels.map(({ id, key }) => [id, key])),
    channelPlaces: channelPlacesByLabel(channels),
    sales: saleRules === undefined ? [] : salesOf([{ rules: saleRules, categorized }]),
  }
}

function byKey(categories: readonly { readonly key: string | number; readonly label: string }[]) {
  return new Map(
    categories.map(({ key, label }): [string, OfferedCategory] => {
      return [String(key), { key: String(key), label }]
    }),
  )
}

function channelsByLabel(channels: readonly Channel[]): Terms['channels'] {
  return new Map(
    channels.flatMap(({ key, objects }) => objects.map((label): [string, string] => [label, key])),
  )
}

function channelPlacesByLabel(channels: readonly Channel[]): Terms['channelPlaces'] {
  const byLabel = new Map<string, ChannelPlaces[]>()
  for (const { id: channelId, key: channelKey, areaPlaces } of channels) {
    for (const [label, places] of Object.entries(areaPlaces)) {
      const ofArea = byLabel.get(label) ?? []
      byLabel.set(label, ofArea)
      ofArea.push({ channelId, channelKey, places })
    }
  }
  return byLabel
}

/** Labels that an event's own words name, and its channels: what terms weigh in memory beyond others that they share something with. */
export function labelsIn(terms: Terms, shared?: Terms): number {
  const own = <Name extends keyof Terms>(name: Name) =>
    terms[name] === shared?.[name] ? undefined : terms[name]
  const maps = [own('objectCategories'), own('channels'), own('channelKeys')]
  const places = [...(own('channelPlaces')?.values() ?? [])].map(({ length }) => length)
  const listed = terms.sales.map(({ labels, areaPlaces }) => labels.size + areaPlaces.size)
  const sizes = [...maps.map((map) => map?.size ?? 0), ...places, ...listed]
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** The terms of an event whose chart has nothing published. */
export const nothingForSale: Terms = {
  inventory: {
    categories: [],
    zones: [],
    named: new Map(),
    tableSeats: new Map(),
    hall: emptyHall,
  },
  tables: { mode: 'INHERIT' },
  objectCategories: new Map(),
  categories: new Map(),
  channels: new Map(),
  channelKeys: new Map(),
  channelPlaces: new Map(),
  sales: [],
}

/** What the event sells under that label; undefined where it has no such object. */
export function offerOf(terms: Terms, label: string): Offer | undefined {
  const named = terms.inventory.named.get(label)
  if (named === undefined) return undefined
  const object = [named].flat().find((one) => exists(one, terms))
  if (object === undefined) return undefined
  const category = categoryOf(terms, object)
  const channel = terms.channels.get(label)
  const isSold = isSayable(label)
  const isForSale = isSold && isOnSale(terms, object)
  const notForSale = isByPlaces(object) ? placesNotForSale(terms, object) : undefined
  return {
    object,
    category,
    ...defined({ channel }),
    isSold,
    isForSale,
    ...defined({ notForSale }),
  }
}

/** Whether the rules that count leave an object on sale: of an area, whether each of them leaves any of its places. */
export function isOnSale({ sales }: Terms, object: ChartObject): boolean {
  return sales.every((sale) => isSoldUnder(sale, object))
}

/** How many places of an area are off sale: as many as the rule says that withholds most of them. */
export function placesNotForSale({ sales }: Terms, area: ChartArea): number {
  return Math.max(0, ...sales.map((sale) => placesWithheldBy(sale, area)))
}

/** Of a label that the event does not sell: what the chart has there, if its table is sold the other way. */
export function kindWithdrawn(terms: Terms, label: string): ChartObject['kind'] | undefined {
  if (offerOf(terms, label) !== undefined) return undefined
  const named = terms.inventory.named.get(label)
  return named === undefined ? undefined : [named].flat()[0]?.kind
}

/**
 * The labels whose places are also those of this label, whichever of them the event sells: of a table its seats in their order, of
 * a seat at a table the table. Whoever is among those of another has the other among its own. Labels that no request can change are left out.
 */
export function sharersOf({ named, tableSeats }: Inventory, label: string): readonly string[] {
  // The status of a sold-out hall asks this of each of its seats.
  if (tableSeats.size === 0) return []
  const sharers = [named.get(label) ?? []].flat().flatMap((object) => {
    if (object.kind === 'table') return tableSeats.get(label) ?? []
    return isAtTable(object) ? [object.parent.objectLabel] : []
  })
  return [...new Set(sharers)].filter(isSayable)
}

/** Of each table either the table or its seats exist, never both. */
function exists(object: ChartObject, { tables }: Terms): boolean {
  if (object.kind === 'table') return isSoldWhole(tableOf(object), tables)
  return !isAtTable(object) || !isSoldWhole(object.parent, tables)
}

function tableOf({ label, bookAsAWhole }: ChartTable) {
  return { objectLabel: label, bookAsAWhole }
}
