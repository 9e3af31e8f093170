import { areaShares } from '../../rules/area/shares.ts'
import type { Offer, Terms } from '../../venue/terms.ts'
import { isByPlaces, placesOf } from '../../venue/chart.ts'
import { NO_CHANNEL } from '../../venue/pools.ts'
import { toObjectInfo, type ObjectInfo, type Shown } from '../objects/object-info.ts'
import {
  listBy,
  summarize,
  summarizeDeeply,
  type Counting,
  type DeepSummary,
  type Portion,
  type Summary,
} from './count.ts'
import {
  eventKeysOf,
  groupsAlwaysThere,
  GROUPINGS,
  type Grouping,
  type ReportType,
  type Venue,
} from './groupings.ts'

/** All that an event sells, in the order of its chart. */
interface Hall {
  readonly terms: Terms
  readonly objects: readonly (Shown & { readonly offer: Offer })[]
}

/** Lists what an event sells by label, in the order of code points. */
export function listEvent({ objects }: Hall): ObjectInfo[] {
  return objects
    .map((shown) => ({ info: toObjectInfo(shown), bytes: Buffer.from(shown.label) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map(({ info }) => info)
}

/** Lists what an event sells by group, in the order of the chart; one group where only that is wanted. */
export function listEventBy(
  { terms, objects }: Hall,
  { reportType: by, filter: only }: { reportType: ReportType; filter?: string },
): Record<string, ObjectInfo[]> {
  const told = objects.map((shown) => {
    const info = toObjectInfo(shown)
    return { info, keys: eventKeysOf(info) }
  })
  const always = groupsAlwaysThere(by, venueOf(terms))
  return listBy(told, { by, always, only })
}

/** Counts the places of what an event sells by group. */
export function summarizeEvent(hall: Hall, by: Grouping): Record<string, Summary> {
  return summarize(portionsOf(hall), countingOf(hall, by))
}

/** Counts the places of what an event sells by group, and by the groups inside of those. */
export function summarizeEventDeeply(hall: Hall, by: Grouping): Record<string, DeepSummary> {
  return summarizeDeeply(portionsOf(hall), countingOf(hall, by))
}

function countingOf({ terms }: Hall, by: Grouping): Counting {
  return { by, always: groupsAlwaysThere(by, venueOf(terms)), groupings: GROUPINGS }
}

/** Categories of the event stand for those of the chart that have the same key. */
function venueOf({ inventory, categories, channelKeys }: Terms): Venue {
  const ofChart = inventory.categories.filter(({ key }) => !categories.has(key))
  return {
    categories: [...ofChart, ...categories.values()],
    zoneKeys: inventory.zones.map(({ key }) => key),
    channelKeys: [...channelKeys.values()],
  }
}

function portionsOf({ terms, objects }: Hall): Portion[] {
  return objects.flatMap((shown) => {
    const { object } = shown.offer
    const keys = eventKeysOf(toObjectInfo(shown))
    if (!('area' in shown) || !isByPlaces(object)) return [{ places: placesOf(object), keys }]
    const { isForSale, notForSale = 0 } = shown.offer
    const shares = areaShares(terms, { area: object, isForSale, notForSale }, shown.area)
    return shares.flatMap(({ channelKey: byChannel = NO_CHANNEL, ...counts }) => {
      return placeStates.map(([count, state]): Portion => {
        return { places: counts[count], keys: { ...keys, ...state, byChannel } }
      })
    })
  })
}

const notAvailable = { byAvailability: 'not_available', bySelectability: 'not_selectable' }

/** What places of an area may be; of a status of the caller's own the area does not know in how many they are. */
const placeStates = [
  ['booked', { byStatus: 'booked', byAvailabilityReason: 'booked', ...notAvailable }],
  [
    'held',
    { byStatus: 'reservedByToken', byAvailabilityReason: 'reservedByToken', ...notAvailable },
  ],
  ['offSale', { byStatus: 'free', byAvailabilityReason: 'not_for_sale', ...notAvailable }],
  [
    'forSale',
    {
      byStatus: 'free',
      byAvailabilityReason: 'available',
      byAvailability: 'available',
      bySelectability: 'selectable',
    },
  ],
] as const
