import type * as z from 'zod'
import { defined } from '../defined.ts'
import { draftOf } from '../venue/chart-versions.ts'
import type { ChartFacts, ChartHead, DrawingRef } from '../records/records.ts'
import type { chartReply, Expandable, listedChartReply } from './charts/chart-shapes.ts'
import { toEvent, type ToldEvent } from './events/event-translate.ts'
import { withinAnswer } from './paging.ts'

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
    ...defined({ events: events && withinAnswer(events, toEvent) }),
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
