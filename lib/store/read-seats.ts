import type { ChartHead, EventHead } from '../inventory/records.ts'
import type { SeatRow } from '../inventory/seat.ts'
import { getEvent } from './events.ts'
import { readChartItem, readEventItem } from './heads.ts'
import { readSeatItem, type Item } from './items.ts'
import { findManifest, firstSightKeys, ManifestCache, type ChartIndex } from './manifests.ts'
import type { Port } from './port.ts'
import { batchGet } from './read.ts'
import { keys, keyText, type Key } from './table.ts'

// Reading for a decision:
//
// 1. The first sight of an event in a process reads its head, for the ids that the other keys are made of; they are
//    remembered afterwards.
// 2. One batch reads the heads, the rows and, at the first sight of a chart, its manifest.
// 3. The heads say whether what was remembered still holds; if not, forget it and start again.

/** Everything that a decision about some objects of one event needs. */
export interface SeatsRead {
  readonly event: EventHead
  /** Undefined when the chart is gone. */
  readonly chart: ChartHead | undefined
  /** Objects of the published chart; empty while nothing is published. */
  readonly objects: ChartIndex
  /** Rows by label; absent where an object was never touched. */
  readonly rows: ReadonlyMap<string, SeatRow>
}

/** Events whose ids a process remembers. */
const EVENTS_REMEMBERED_MAX = 10_000

/** Reads that may find heads changed under them before the last is taken for a bug. */
const SIGHTS_MAX = 5

/** What a process remembers of events and charts: hints, checked against the heads that every read brings along. */
export interface Memory {
  readonly events: Map<string, EventHead>
  readonly published: Map<string, string>
  readonly manifests: ManifestCache
}

/** An empty memory. */
export function newMemory(): Memory {
  return { events: new Map(), published: new Map(), manifests: new ManifestCache() }
}

/** Reads the given labels of an event; undefined when there is no such event. */
export async function readSeats(
  port: Port,
  memory: Memory,
  wanted: { workspaceId: string; eventKey: string; labels: readonly string[] },
): Promise<SeatsRead | undefined> {
  for (let sight = 1; sight <= SIGHTS_MAX; sight += 1) {
    const known = memory.events.get(nameOf(wanted))
    const event = known ?? (await findEvent(port, memory, wanted))
    if (event === undefined) return undefined
    const read = await readBatch(port, memory, {
      event,
      isFresh: known === undefined,
      labels: wanted.labels,
    })
    if (read !== undefined) return read
    memory.events.delete(nameOf(wanted))
  }
  throw new Error('Bug: the heads of an event changed under every read')
}

/** An event as it is remembered, or as it is read at first sight; what is remembered may be out of date. */
export async function findEvent(
  port: Port,
  memory: Memory,
  wanted: EventName,
): Promise<EventHead | undefined> {
  const known = memory.events.get(nameOf(wanted))
  if (known !== undefined) return known
  const event = await getEvent(port, wanted.workspaceId, wanted.eventKey)
  if (event !== undefined) remember(memory.events, nameOf(wanted), event)
  return event
}

interface EventName {
  readonly workspaceId: string
  readonly eventKey: string
}

function nameOf({ workspaceId, eventKey }: EventName): string {
  return `${workspaceId}\n${eventKey}`
}

interface Batch {
  readonly event: EventHead
  /** The head was read just now, so the batch need not check it. */
  readonly isFresh: boolean
  readonly labels: readonly string[]
}

/** Undefined when what was remembered no longer holds. */
async function readBatch(port: Port, memory: Memory, batch: Batch): Promise<SeatsRead | undefined> {
  const { event, labels } = batch
  const eventKey = keys.eventHead(event.workspaceId, event.eventKey)
  const chartKey = keys.chartHead(event.workspaceId, event.chartKey)
  const rowKeys = labels.map((label) => keys.seat(event, label))
  const items = await batchGet(port, [
    ...(batch.isFresh ? [] : [eventKey]),
    chartKey,
    ...rowKeys,
    ...manifestKeys(memory, event),
  ])
  const current = batch.isFresh ? event : readHead(items, eventKey, readEventItem)
  if (current?.eventId !== event.eventId) return undefined
  const chart = readHead(items, chartKey, readChartItem)
  const objects = await publishedObjects(port, memory, { event, chart, items })
  if (objects === undefined) return undefined
  return { event: current, chart, objects, rows: rowsOf(labels, rowKeys, items) }
}

/** The manifest comes along unless the process already has what it last saw published. */
function manifestKeys({ published, manifests }: Memory, event: EventHead): Key[] {
  const drawingId = published.get(event.chartId)
  return drawingId !== undefined && manifests.has(drawingId) ? [] : firstSightKeys(event)
}

/** Undefined when the chart was published anew between two reads. */
async function publishedObjects(
  port: Port,
  { published, manifests }: Memory,
  seen: { event: EventHead; chart: ChartHead | undefined; items: ReadonlyMap<string, Item> },
): Promise<ChartIndex | undefined> {
  const { event, chart, items } = seen
  if (chart?.published === undefined || chart.chartId !== event.chartId) return new Map()
  remember(published, chart.chartId, chart.published.drawingId)
  return findManifest(port, manifests, { address: event, drawing: chart.published, items })
}

function readHead<T>(
  items: ReadonlyMap<string, Item>,
  key: Key,
  read: (item: Item) => T,
): T | undefined {
  const item = items.get(keyText(key))
  return item === undefined ? undefined : read(item)
}

function rowsOf(
  labels: readonly string[],
  rowKeys: readonly Key[],
  items: ReadonlyMap<string, Item>,
): Map<string, SeatRow> {
  const rows = new Map<string, SeatRow>()
  for (const [index, key] of rowKeys.entries()) {
    const row = readSeatItem(items.get(keyText(key)))
    const label = labels[index]
    if (row !== undefined && label !== undefined) rows.set(label, row)
  }
  return rows
}

function remember<T>(map: Map<string, T>, name: string, value: T): void {
  map.delete(name)
  map.set(name, value)
  if (map.size <= EVENTS_REMEMBERED_MAX) return
  const oldest = map.keys().next()
  if (oldest.done !== true) map.delete(oldest.value)
}
