import type { Instant } from '../../clock.ts'
import type { ChartHead, EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import {
  soldChanges,
  soldReport,
  type SoldChange,
  type SoldReport,
  type SoldRows,
} from '../../rules/sold.ts'
import type { Chart } from '../../venue/chart.ts'
import {
  inventoryChanges,
  labelsChanged,
  type InventoryChanges,
} from '../../venue/inventory-changes.ts'
import { isByPlaces } from '../../venue/chart.ts'
import { inventoryOf, termsOf, type Inventory } from '../../venue/terms.ts'
import { BATCH_KEYS_MAX } from '../../limits/aws-limits.ts'
import { EVENTS_LISTED_MAX } from '../../limits/limits.ts'
import { SECOND_MS } from '../../limits/durations.ts'
import { readInventory } from '../../store/seats/read-seats.ts'
import { readEventRows, readRows } from '../../store/seats/read-event.ts'
import { seasonOfPart } from '../../rules/season/season-row.ts'
import { readWordsThatCount, type WordsThatCount } from '../../store/events/seasons.ts'
import { listEventsOfCharts } from '../../store/events/events.ts'
import type { Context } from '../context.ts'
import { readWholeEvent } from '../seats/whole-event.ts'

// What a drawing takes from sold objects when it takes the place of another one, in all events of the chart:
//
// 1. Compare the drawings. Where no label means something else, no event is read.
// 2. Read the events, the newest first, a few at a time, and of each what is sold under the labels that differ: one by one if
//    they are few, else all. It ends where there is no time left for more, and tells of how many events it does not know.
// 3. A pure function says what vanishes, and what changes category.
//
// Sales go on meanwhile, and none of them waits: what is sold while this is read, or by a request that has read the former
// drawing, is not in it. Afterwards every read tells what is sold and not on the chart.

/** What a caller wants to know before a drawing is published, or to be sure of. */
export interface SoldCare {
  /** Nothing is to be written: the caller asks what would come of it. */
  readonly isDryRun?: boolean
  /** It is to be refused where it would take something from a sold object. */
  readonly ifUnsold?: boolean
  /** What it takes is to be told. */
  readonly isTold?: boolean
}

/** Whether the caller cares at all. */
export function isAsked({ isDryRun, ifUnsold, isTold }: SoldCare): boolean {
  return isDryRun === true || ifUnsold === true || isTold === true
}

/** Milliseconds after which no further event is read: publishing has to end in time, too. */
const READ_MS_MAX = 12 * SECOND_MS

/** Events that are read at once. */
const EVENTS_AT_ONCE = 8

/** A drawing that is to be published, and the head of its chart as it is, if there is one. */
interface Publishing {
  readonly chart: ChartHead | undefined
  readonly after: Chart
}

/**
 * What says of drawings that are to be published what they take from sold objects, nothing to a caller who does not care. It refuses
 * where the caller wants nothing taken, also where not every event could be read; and answers `again` where the chart was
 * published anew meanwhile. All that it is asked has one time limit.
 */
export function soldWatch(
  context: Context,
  care: SoldCare = {},
): (publishing: Publishing) => Promise<Outcome<SoldReport | undefined> | 'again'> {
  const until = (context.now() + READ_MS_MAX) as Instant
  return async (publishing) => {
    if (!isAsked(care)) return succeed(undefined)
    const report = await soldUnder(context, publishing, until)
    if (report === undefined) return 'again'
    return care.ifUnsold === true ? refuseTaken(report) : succeed(report)
  }
}

/** Refuses to take anything from sold objects, as far as is known, and what is not known. */
export function refuseTaken(report: SoldReport): Outcome<SoldReport> {
  const { vanishing, recategorized, exceeding, eventsUnread } = report
  if (vanishing + recategorized + exceeding > 0)
    return refuse({ code: 'sold-objects-affected', ...report })
  if (eventsUnread > 0) return refuse({ code: 'sold-objects-unread', eventsUnread })
  return succeed(report)
}

async function soldUnder(
  context: Context,
  { chart, after: drawn }: Publishing,
  until: Instant,
): Promise<SoldReport | undefined> {
  const { store, caller } = context
  if (chart === undefined) return soldReport([])
  const before = chart.published && (await readInventory(store, chart))
  if (chart.published !== undefined && before === undefined) return undefined
  const after = inventoryOf(drawn)
  const changes = before && inventoryChanges(before, after)
  const isSame = changes?.labels.size === 0 && changes.categoryKeys.size === 0
  if (isSame || chart.events === 0) return soldReport([])
  const wanted = [{ chart, limit: EVENTS_LISTED_MAX }]
  const events = (await listEventsOfCharts(store, caller.workspaceId, wanted)).get(chart.chartId)
  const change = { before, after, changes }
  const found: { eventKey: string; changes: readonly SoldChange[] }[] = []
  for (let place = 0; events !== undefined && place < events.length; place += EVENTS_AT_ONCE) {
    if (context.now() >= until) break
    const some = events.slice(place, place + EVENTS_AT_ONCE)
    found.push(...(await soldInEvents(context, some, change)))
  }
  return soldReport(found, Math.max(0, chart.events - found.length))
}

interface InventoryChange {
  readonly before: Inventory | undefined
  readonly after: Inventory
  /** Undefined where nothing was published before. */
  readonly changes: InventoryChanges | undefined
}

/** Of events whose own words were replaced in this moment nothing is told: they are not read. */
async function soldInEvents(
  context: Context,
  events: readonly EventHead[],
  change: InventoryChange,
): Promise<{ eventKey: string; changes: readonly SoldChange[] }[]> {
  const known = await readWordsThatCount(context.store, events)
  const found = await Promise.all(
    events.map(async (event) => {
      const words = known.get(event.eventId)
      if (words === undefined) return []
      const changes = await soldInEvent(context, { event, ...words }, change)
      return [{ eventKey: event.eventKey, changes }]
    }),
  )
  return found.flat()
}

async function soldInEvent(
  context: Context,
  { event, head, details }: { event: EventHead } & WordsThatCount,
  { before, after, changes }: InventoryChange,
): Promise<SoldChange[]> {
  const labels = changes && labelsChanged(changes, details)
  const rows = await rowsUnder(context, event, { labels, before })
  if (rows.seats.length + rows.blocks.length === 0) return []
  const [was, is] = [before && termsOf(before, head, details), termsOf(after, head, details)]
  const shared = await sharedSums(context, event, rows)
  return soldChanges({ ...rows, ...shared }, { before: was, after: is }, context.now())
}

/** Where a season, its parts and its events share places of areas, what is taken of them by all; of an event that is gone, what was read. */
async function sharedSums(
  context: Context,
  { eventKey, season }: EventHead,
  { blocks }: SoldRows,
): Promise<Pick<SoldRows, 'sharedSumsOf'>> {
  if (season === undefined || blocks.length === 0) return {}
  const whole = await readWholeEvent(context, eventKey)
  return whole.ok ? { sharedSumsOf: whole.value.areaOf } : {}
}

/** The rows of these labels; without them, of all that there are. */
async function rowsUnder(
  { store }: Context,
  event: EventHead,
  { labels, before }: { labels: ReadonlySet<string> | undefined; before: Inventory | undefined },
): Promise<SoldRows> {
  const isFew =
    labels !== undefined && labels.size <= BATCH_KEYS_MAX && seasonOfPart(event) === undefined
  if (isFew && ![...labels].some((label) => isOfArea(before, label))) {
    return { seats: [...(await readRows(store, event, [...labels]))], blocks: [] }
  }
  const { seats, blocks } = await readEventRows(store, event)
  if (labels === undefined) return { seats, blocks }
  return {
    seats: seats.filter(([label]) => labels.has(label)),
    blocks: blocks.filter(({ label }) => labels.has(label)),
  }
}

/** Whether places were sold under the label: they lie in more rows than one. */
function isOfArea(before: Inventory | undefined, label: string): boolean {
  const named = before?.named.get(label)
  return named !== undefined && [named].flat().some(isByPlaces)
}
