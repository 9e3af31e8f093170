import type * as z from 'zod'
import { toIso } from '../clock.ts'
import { draftOf } from '../inventory/chart-versions.ts'
import type {
  ChartFacts,
  ChartHead,
  DrawingRef,
  EventDetails,
  EventHead,
  Workspace,
} from '../inventory/records.ts'
import type { chartReply } from './chart-shapes.ts'
import type { eventReply } from './event-shapes.ts'
import type { testCompanyReply, workspaceReply } from './workspace-shapes.ts'

/** A workspace in this API's words. */
export function toWorkspace(
  workspace: Workspace & { secretKey: string; isDefault: boolean },
): z.output<typeof workspaceReply> {
  const { serial, name, workspaceKey, secretKey, isTest, isActive, isDefault } = workspace
  return {
    id: serial,
    name,
    key: workspaceKey,
    secretKey,
    isTest,
    isActive,
    isDefault,
    settings: {},
  }
}

/** A company for tests, with the only workspace that it has. */
export function toTestCompany(made: {
  email: string
  adminKey: string
  designerKey: string
  workspaces: readonly (Workspace & { secretKey: string })[]
}): z.output<typeof testCompanyReply> {
  const { email, adminKey: secretKey, designerKey } = made
  const [workspace] = made.workspaces.map((it) => toWorkspace({ ...it, isDefault: true }))
  if (workspace === undefined) throw new Error('Bug: a company without a workspace')
  return { admin: { email, secretKey, designerKey }, workspace }
}

/** An event with what is told of it beyond its head. */
export interface ToldEvent {
  readonly event: EventHead
  readonly details: EventDetails
  readonly facts: ChartFacts | undefined
}

/** An event in this API's words. */
export function toEvent({ event, details, facts }: ToldEvent): z.output<typeof eventReply> {
  const { name = '', date, version } = event
  const { objectCategories } = details
  return {
    id: event.serial,
    key: event.eventKey,
    chartKey: event.chartKey,
    ...(name === '' ? {} : { name }),
    ...(date === undefined ? {} : { date }),
    tableBookingConfig: toTableBooking(event, details),
    supportsBestAvailable: facts?.supportsBestAvailable ?? false,
    categories: [...(facts?.categories ?? []), ...(details.categories ?? [])],
    ...(objectCategories === undefined || Object.keys(objectCategories).length === 0
      ? {}
      : { objectCategories: { ...objectCategories } }),
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
  readonly events?: readonly ToldEvent[]
}

/** A chart in this API's words; the origin is where its pictures are found. */
export function toChart(
  { chart, facts, events }: ToldChart,
  origin: string,
): z.output<typeof chartReply> {
  const { published, draft } = chart
  const hasDraft = draftOf(chart) !== undefined
  const used = hasDraft ? ('PUBLISHED_WITH_DRAFT' as const) : ('PUBLISHED' as const)
  const zones = facts?.zones ?? []
  return {
    id: chart.serial,
    key: chart.chartKey,
    name: chart.name,
    status: chart.events === 0 ? 'NOT_USED' : used,
    tags: [],
    archived: false,
    publishedVersionThumbnailUrl: toThumbnailUrl(published ?? draft, origin),
    ...(hasDraft ? { draftVersionThumbnailUrl: toThumbnailUrl(draft, origin) } : {}),
    venueType: facts?.venueType ?? 'SIMPLE',
    // Every rule is off until accounts can say otherwise.
    validation: { errors: [], warnings: [] },
    ...(zones.length === 0 ? {} : { zones: [...zones] }),
    ...(events === undefined ? {} : { events: events.map(toEvent) }),
  }
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
