import { CHART_CATEGORIES, ZONES, type HallObject } from './report-hall.ts'

// What reports must say, counted place by place, the slow way. It stands on nothing of the product.

/** What an event says of its objects. */
export interface ModelTerms {
  readonly isWholeTable: (table: { readonly label: string; readonly isWhole: boolean }) => boolean
  /** Its own, label by key. */
  readonly categories: ReadonlyMap<string, string>
  readonly objectCategories: Readonly<Record<string, string>>
  /** In their order. */
  readonly channels: readonly ModelChannel[]
  readonly sale: ModelSale | undefined
}

export interface ModelChannel {
  readonly key: string
  readonly objects: readonly string[]
  readonly areaPlaces: Readonly<Record<string, number>>
}

export interface ModelSale {
  readonly forSale: boolean
  readonly objects: readonly string[]
  readonly areaPlaces: Readonly<Record<string, number>>
  readonly categories: readonly string[]
}

/** What was done to an object. */
export interface ModelState {
  status: string
  orderId?: string
  /** Places of an area that are taken, by the key of the channel or `NO_CHANNEL`. */
  readonly taken: Map<string, { booked: number; held: number }>
}

type Keys = Readonly<Record<string, string>>

/** One place, by everything that it is counted by; and the object it is of, as that is listed. */
export interface ModelReport {
  readonly listed: readonly { readonly label: string; readonly keys: Keys }[]
  readonly places: readonly Keys[]
}

/** All that the event sells. */
export function reportOf(
  objects: readonly HallObject[],
  terms: ModelTerms,
  states: ReadonlyMap<string, ModelState>,
): ModelReport {
  const sold = objects.filter(({ table, kind }) => {
    return table === undefined || terms.isWholeTable(table) === (kind === 'table')
  })
  const told = sold.map((object) => {
    const state = states.get(object.label) ?? { status: 'free', taken: new Map() }
    return object.isByPlaces === true ? areaOf(object, terms, state) : wholeOf(object, terms, state)
  })
  return { listed: told.map(({ own }) => own), places: told.flatMap(({ places }) => places) }
}

function wholeOf(object: HallObject, terms: ModelTerms, state: ModelState) {
  const status = availabilityOf(state.status, isForSale(object, terms))
  const keys = { ...placeOf(object, terms), ...status, byOrderId: state.orderId ?? 'NO_ORDER_ID' }
  const places = Array.from({ length: object.places }, () => keys)
  return { own: { label: object.label, keys }, places }
}

function areaOf(object: HallObject, terms: ModelTerms, state: ModelState) {
  const { label, places: capacity } = object
  const partitions = terms.channels.some(({ objects }) => objects.includes(label))
    ? []
    : terms.channels.map(({ key, areaPlaces }) => ({ key, places: areaPlaces[label] ?? 0 }))
  const given = partitions.reduce((all, { places }) => all + places, 0)
  const pools = [{ key: 'NO_CHANNEL', places: capacity - given }, ...partitions]
  const single = pools.flatMap(({ key, places }) => {
    const { booked, held } = state.taken.get(key) ?? { booked: 0, held: 0 }
    return Array.from({ length: places }, (_, at) => {
      const heldOr = at < booked + held ? 'reservedByToken' : 'free'
      return { channel: key, status: at < booked ? 'booked' : heldOr, isOff: false }
    })
  })
  const free = single.filter(({ status }) => status === 'free')
  withhold(free, pools, { capacity, taken: capacity - free.length, off: placesOff(object, terms) })
  const place = placeOf(object, terms)
  const open = free.filter(({ isOff }) => !isOff).length
  const status = free.length === 0 ? state.status : 'free'
  const own = {
    ...place,
    ...availabilityOf(status, open > 0),
    byOrderId: state.orderId ?? 'NO_ORDER_ID',
  }
  const places = single.map((it) => ({
    ...own,
    ...availabilityOf(it.status, !it.isOff),
    byChannel: it.channel === 'NO_CHANNEL' ? place.byChannel : it.channel,
  }))
  return { own: { label, keys: own }, places }
}

/** Takes free places off sale: as many as are not left for sale, where they are withheld first, and then anywhere. */
function withhold(
  free: { readonly channel: string; isOff: boolean }[],
  pools: readonly { readonly key: string; readonly places: number }[],
  { capacity, taken, off }: { capacity: number; taken: number; off: number },
) {
  let left = free.length - Math.max(0, capacity - off - taken)
  let withheld = off
  const quotas = pools.map(({ key, places }) => {
    const here = Math.min(places, withheld)
    withheld -= here
    return { key, here }
  })
  const takeOff = (of: typeof free, count: number) => {
    for (const place of of.filter(({ isOff }) => !isOff).slice(0, Math.min(count, left))) {
      place.isOff = true
      left -= 1
    }
  }
  for (const { key, here } of quotas)
    takeOff(
      free.filter((it) => it.channel === key),
      here,
    )
  takeOff(free, left)
}

function placesOff(object: HallObject, terms: ModelTerms): number {
  const { sale } = terms
  if (sale === undefined) return 0
  if (isListed(object, terms)) return sale.forSale ? 0 : object.places
  const listed = Math.min(sale.areaPlaces[object.label] ?? 0, object.places)
  return sale.forSale ? object.places - listed : listed
}

function isForSale(object: HallObject, terms: ModelTerms): boolean {
  return terms.sale === undefined || isListed(object, terms) === terms.sale.forSale
}

function isListed(object: HallObject, terms: ModelTerms): boolean {
  const { objects = [], categories = [] } = terms.sale ?? {}
  const { byCategoryKey, byCategoryLabel } = categoryOf(object, terms)
  const names = object.kind === 'seat' ? [object.label, object.table?.label] : [object.label]
  return (
    objects.some((label) => names.includes(label)) ||
    (byCategoryKey !== 'NO_CATEGORY' &&
      [byCategoryKey, byCategoryLabel].some((word) => categories.includes(word)))
  )
}

function categoryOf({ label, category }: HallObject, terms: ModelTerms) {
  const key = terms.objectCategories[label] ?? category
  if (key === undefined) return { byCategoryKey: 'NO_CATEGORY', byCategoryLabel: 'NO_CATEGORY' }
  const name = terms.categories.get(key) ?? CHART_CATEGORIES.get(key) ?? ''
  return { byCategoryKey: key, byCategoryLabel: name }
}

function placeOf(object: HallObject, terms: ModelTerms) {
  const { label, kind, section = 'NO_SECTION', zone = 'NO_ZONE' } = object
  const channel = terms.channels.find(({ objects }) => objects.includes(label))
  return {
    byLabel: label,
    ...categoryOf(object, terms),
    byObjectType: kind,
    bySection: section,
    byZone: zone,
    byChannel: channel?.key ?? 'NO_CHANNEL',
  }
}

function availabilityOf(status: string, isSold: boolean) {
  const isSelectable = status === 'free' || status === 'resale'
  const isAvailable = isSelectable && isSold
  const reason = isAvailable ? 'available' : 'not_for_sale'
  return {
    byStatus: status,
    byAvailability: isAvailable ? 'available' : 'not_available',
    bySelectability: isAvailable ? 'selectable' : 'not_selectable',
    byAvailabilityReason: isSelectable ? reason : status,
  }
}

/** The groups that are told in any case. */
export function groupsOf(by: string, { channels, categories }: ModelTerms): string[] {
  const all = new Map([...CHART_CATEGORIES, ...categories])
  const groups: Record<string, string[]> = {
    byObjectType: ['seat', 'generalAdmission', 'table', 'booth'],
    byCategoryKey: [...all.keys(), 'NO_CATEGORY'],
    byCategoryLabel: [...all.values(), 'NO_CATEGORY'],
    byZone: [...ZONES, 'NO_ZONE'],
    byChannel: [...channels.map(({ key }) => key), 'NO_CHANNEL'],
    byAvailability: ['available', 'not_available'],
    bySelectability: ['selectable', 'not_selectable'],
    byAvailabilityReason: [
      'available',
      'booked',
      'disabled_by_social_distancing',
      'not_for_sale',
      'reservedByToken',
    ],
  }
  return groups[by] ?? []
}

/** Everything that is counted by. */
export const COUNTED = [
  'byStatus',
  'byObjectType',
  'byCategoryKey',
  'byCategoryLabel',
  'bySection',
  'byZone',
  'byAvailability',
  'byAvailabilityReason',
  'bySelectability',
  'byChannel',
]

/** Counts of places: by group, so many levels deep. */
export function countsOf(
  places: readonly Keys[],
  { by, among = COUNTED, depth, always = [] }: Counted,
): unknown {
  const rest = among.filter((other) => {
    const isSame = other === by || (by.startsWith('byCategory') && other.startsWith('byCategory'))
    return !isSame
  })
  const keys = [...new Set([...always, ...places.map((place) => place[by] ?? '')])]
  return Object.fromEntries(
    keys.map((key) => {
      const here = places.filter((place) => place[by] === key)
      if (depth === 0) return [key, here.length]
      const inner = rest.map((other) => [
        other,
        countsOf(here, { by: other, among: rest, depth: depth - 1 }),
      ])
      return [key, { count: here.length, ...(Object.fromEntries(inner) as object) }]
    }),
  )
}

interface Counted {
  readonly by: string
  readonly among?: readonly string[]
  readonly depth: number
  readonly always?: readonly string[]
}
