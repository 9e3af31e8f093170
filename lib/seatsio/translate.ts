import type * as z from 'zod'
import { toIso } from '../clock.ts'
import { defined } from '../defined.ts'
import { offeredCategories, splitByOffer } from '../venue/categories.ts'
import { draftOf } from '../venue/chart-versions.ts'
import type {
  ChartFacts,
  ChartHead,
  DrawingRef,
  EventDetails,
  EventHead,
} from '../records/records.ts'
import type { chartReply, Expandable, listedChartReply } from './charts/chart-shapes.ts'
import type { eventReply } from './events/event-shapes.ts'
import { withinAnswer } from './paging.ts'
import { toChannel, toForSaleConfig } from './events/terms-translate.ts'

/** An event with what is told of it beyond its head. */
export interface ToldEvent {
  readonly event: EventHead
  readonly details: EventDetails
  readonly facts: ChartFacts | undefined
}

/** An event in this API's words. */
export function toEvent({ event, details, facts }: ToldEvent): z.output<typeof eventReply> {
  const { name = '', date, version } = event
  const categories = offeredCategories(facts?.categories ?? [], details.categories ?? [])
  // What the chart no longer has counts for nothing, until it has it again.
  const { known: objectCategories } = splitByOffer(details.objectCategories ?? {}, categories)
  const { channels, saleRules } = details
  return {
    id: event.serial,
    key: event.eventKey,
    chartKey: event.chartKey,
    ...(name === '' ? {} : { name }),
    ...defined({ date }),
    tableBookingConfig: toTableBooking(event, details),
    supportsBestAvailable: facts?.supportsBestAvailable ?? false,
    ...(saleRules === undefined ? {} : { forSaleConfig: toForSaleConfig(saleRules) }),
    ...defined({ channels: channels?.map(toChannel) }),
    categories: [...categories],
    ...(Object.keys(objectCategories).length === 0 ? {} : { objectCategories }),
    isSeason: false,
    isTopLevelSeason: false,
    isPartialSeason: false,
    isEventInSeason: false,
    isInThePast: event.isInThePast ?? false,
    createdOn: toIso(event.createdAt),
    // Only changes of what is told here raise the version.
    ...(version > 1 ? { updatedOn: toIso(event.updatedAt) } : {}),
  }
}

function toTableBooking({ tableBooking }: EventHead, { tables }: EventDetails) {
  const mode = tableBooking ?? ('INHERIT' as const)
  return mode === 'CUSTOM' ? { mode, tables: { ...tables } } : { mode }
}

/** A chart with its events where they are asked for. */
export interface ToldChart {
  readonly chart: ChartHead
  readonly facts: ChartFacts | undefined
  readonly validation: { readonly errors: readonly string[]; readonly warnings: readonly string[] }
  readonly events?: readonly ToldEvent[]
}

/** A chart in this API's words; the origin is where its pictures are found. */
export function toChart(told: ToldChart, origin: string): z.output<typeof chartReply> {
  return { ...toChartHead(told.chart, origin), ...toChartFacts(told) }
}

/** A chart of a list, with as much of it as is asked for. */
export function toListedChart(
  told: ToldChart,
  origin: string,
  expand: readonly Expandable[],
): z.output<typeof listedChartReply> {
  const facts = Object.entries(toChartFacts(told))
  const shown = facts.filter(([name]) => expand.some((wanted) => wanted === name))
  return { ...toChartHead(told.chart, origin), ...Object.fromEntries(shown) }
}

function toChartHead(chart: ChartHead, origin: string) {
  const { published, draft } = chart
  const hasDraft = draftOf(chart) !== undefined
  const used = hasDraft ? ('PUBLISHED_WITH_DRAFT' as const) : ('PUBLISHED' as const)
  return {
    id: chart.serial,
    key: chart.chartKey,
    name: chart.name,
    status: chart.events === 0 ? ('NOT_USED' as const) : used,
    tags: [...(chart.tags ?? [])],
    archived: chart.isArchived ?? false,
    publishedVersionThumbnailUrl: toThumbnailUrl(published ?? draft, origin),
    ...(hasDraft ? { draftVersionThumbnailUrl: toThumbnailUrl(draft, origin) } : {}),
  }
}

function toChartFacts({ facts, validation, events }: ToldChart) {
  const zones = facts?.zones ?? []
  return {
    venueType: facts?.venueType ?? ('SIMPLE' as const),
    validation: toValidation(validation),
    ...(zones.length === 0 ? {} : { zones: [...zones] }),
    ...defined({ events: events && withinAnswer(events.map(toEvent)) }),
  }
}

/** What rules of the account a drawing breaks. */
export function toValidation({ errors, warnings }: ToldChart['validation']) {
  return { errors: [...errors], warnings: [...warnings] }
}

function toThumbnailUrl({ drawingId, parts }: DrawingRef, origin: string): string {
  return `${origin}/thumbnails/${drawingId}-${parts}`
}

/** The drawing that a thumbnail is of, undefined when its name is none. */
export function toDrawingRef(thumbnailId: string): DrawingRef | undefined {
  const [, drawingId, parts] = /^([0-9A-Z]{26})-([0-9]{1,2})$/.exec(thumbnailId) ?? []
  if (drawingId === undefined) return undefined
  return { drawingId, parts: Number(parts) }
}
