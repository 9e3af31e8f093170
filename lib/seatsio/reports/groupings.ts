import { NO_CHANNEL } from '../../venue/pools.ts'
import type { ObjectInfo } from '../objects/object-info.ts'
import type { ChartObjectInfo } from './chart-object-info.ts'

// What reports group by: one key for each grouping, and the groups that are told though nothing is in them. Detailed reports,
// filtered ones, summaries and their depths are all made of this table.

/** What is counted by, inside of groups too. */
export const GROUPINGS = [
  'bySection',
  'byStatus',
  'byCategoryKey',
  'byCategoryLabel',
  'bySelectability',
  'byAvailability',
  'byAvailabilityReason',
  'byChannel',
  'byObjectType',
  'byZone',
] as const

export type Grouping = (typeof GROUPINGS)[number]

/** What depends on the drawing alone. */
export const CHART_GROUPINGS = [
  'bySection',
  'byCategoryKey',
  'byCategoryLabel',
  'byObjectType',
  'byZone',
] as const satisfies readonly Grouping[]

/** What objects are listed by; not all of it is worth counting. */
export type ReportType = Grouping | 'byLabel' | 'byOrderId'

/** The group of an object in each grouping that there is for it. */
export type GroupKeys = Readonly<Partial<Record<ReportType, string>>>

/** The groups of an object of a drawing. */
export function chartKeysOf(info: ChartObjectInfo) {
  return {
    byLabel: info.label,
    byObjectType: info.objectType,
    byCategoryKey: info.categoryKey ?? NO_CATEGORY,
    byCategoryLabel: info.categoryLabel ?? NO_CATEGORY,
    bySection: info.section ?? 'NO_SECTION',
    byZone: info.zone ?? NO_ZONE,
  } satisfies GroupKeys
}

/** The groups of an object of an event. */
export function eventKeysOf(info: ObjectInfo) {
  const { status, orderId, isAvailable, availabilityReason, channel } = info
  return {
    ...chartKeysOf(info),
    byStatus: status,
    byOrderId: orderId ?? 'NO_ORDER_ID',
    byAvailability: isAvailable ? 'available' : 'not_available',
    byAvailabilityReason: availabilityReason,
    bySelectability: isAvailable ? 'selectable' : 'not_selectable',
    byChannel: channel ?? NO_CHANNEL,
  } satisfies Record<ReportType, string>
}

const NO_CATEGORY = 'NO_CATEGORY'
const NO_ZONE = 'NO_ZONE'

/** Keys of what there is, whether or not anything is in it. */
export interface Venue {
  readonly categories: readonly { readonly key: string; readonly label: string }[]
  readonly zoneKeys: readonly string[]
  /** None of a drawing. */
  readonly channelKeys: readonly string[]
}

/** The groups that a report has in any case, in the order in which they are told. */
export function groupsAlwaysThere(by: ReportType, venue: Venue): readonly string[] {
  return alwaysThere[by]?.(venue) ?? []
}

const alwaysThere: Partial<Record<ReportType, (venue: Venue) => readonly string[]>> = {
  byObjectType: () => ['seat', 'generalAdmission', 'table', 'booth'],
  byCategoryKey: ({ categories }) => [...categories.map(({ key }) => key), NO_CATEGORY],
  byCategoryLabel: ({ categories }) => [...categories.map(({ label }) => label), NO_CATEGORY],
  byZone: ({ zoneKeys }) => [...zoneKeys, NO_ZONE],
  byChannel: ({ channelKeys }) => [...channelKeys, NO_CHANNEL],
  byAvailability: () => ['available', 'not_available'],
  byAvailabilityReason: () => [
    'available',
    'booked',
    // There was such a thing once; whoever reads reports may still look for it.
    'disabled_by_social_distancing',
    'not_for_sale',
    'reservedByToken',
  ],
  bySelectability: () => ['selectable', 'not_selectable'],
}

/** What is counted inside of groups: neither what they are of, nor the same once more under another name. */
export function groupingsWithin(groupings: readonly Grouping[], by: Grouping): Grouping[] {
  const isOfCategories = (one: Grouping) => one === 'byCategoryKey' || one === 'byCategoryLabel'
  return groupings.filter((one) => one !== by && !(isOfCategories(one) && isOfCategories(by)))
}
