import type { AreaRead } from '../../rules/area/area-target.ts'
import type { HoldTokenRow } from '../../rules/rows.ts'
import type { ChartHead, EventHead } from '../../records/records.ts'
import type { SeatRow } from '../../rules/seat.ts'
import { nothingForSale, sharersOf, type Inventory, type Terms } from '../../venue/terms.ts'
import { asDecided } from '../commit/as-decided.ts'
import { getEvent } from '../events/events.ts'
import { readChartItem, readEventItem } from '../table/heads.ts'
import type { Item } from '../table/items.ts'
import { findManifest, firstSightKeys } from '../charts/manifests.ts'
import { newMemory, remember, rememberedInventory, type Memory } from './memory.ts'
import type { Port } from '../table/port.ts'
import { batchGet } from '../table/read.ts'
import { refuseInTheWay, type RequestName } from '../table/receipts.ts'
import { memoryOf, type Store } from '../table/store.ts'
import { keys, keyText, type Key } from '../table/table.ts'
import {
  areaKeys,
  areasLikelyNamed,
  areasNamed,
  labelsLost,
  lookEverywhere,
  readAreas,
  type Look,
} from './read-areas.ts'
import { findTerms, termsKeys } from '../events/terms.ts'
import { rowsOf, tokensOf } from './rows-read.ts'

// Reading for a decision, over one event or many:
//
// 1. The first sight of events in a process reads their heads, for the ids that the other keys are made of; they are
//    remembered afterwards.
// 2. One batch reads the heads, the rows, those of what shares their places, what is kept of a request with an idempotency key
//    and, at the first sight of a chart, its manifest, and of an event's terms, their text. Of areas that are sold by places it
//    reads the plan, and the blocks that are asked for.
// 3. The heads say whether what was remembered still holds; if not, forget it and start again.
// 4. Where only the manifest told what shares their places, or that they are areas, those rows are read now.
// 5. Locks that are met are ended, so that what is decided from is what was last committed. Where the other commit is
//    still running, the row's current state stands.

/** Everything that a decision about some objects of one event needs. */
export interface SeatsRead {
  readonly event: EventHead
  /** Undefined when the chart is gone. */
  readonly chart: ChartHead | undefined
  /** What the event sells; nothing while its chart is not published. */
  readonly terms: Terms
  /** The labels that were asked for. */
  readonly labels: readonly string[]
  /** Rows by label, of what shares the places of those labels too; absent where an object was never touched. */
  readonly rows: ReadonlyMap<string, SeatRow>
  /** Areas that those labels name, as a whole or by a channel of theirs, whose places are sold one by one; by the label of the area. */
  readonly areas: ReadonlyMap<string, AreaRead>
}

/** Labels of one event. */
export interface EventPart {
  readonly eventKey: string
  readonly labels: readonly string[]
}

/** What to read: each event once. */
export interface SeatsToRead {
  readonly workspaceId: string
  readonly parts: readonly EventPart[]
  /** Hold tokens that the request names. */
  readonly holdTokens?: readonly string[]
  /** How the request looks at areas; all of one is read where it does not say. */
  readonly look?: Look
  /** The request that is being answered, where it has an idempotency key. */
  readonly request?: (RequestName & { readonly replaces?: string }) | undefined
}

/** One read for each part, or the first event that there is not. */
export type Read =
  | {
      readonly missing?: undefined
      readonly events: readonly SeatsRead[]
      /** Those hold tokens that were issued here, expired ones too. */
      readonly tokens: ReadonlyMap<string, HoldTokenRow>
    }
  | { readonly missing: string; readonly events?: undefined }

/** Reads that may find heads changed under them before the last is taken for a bug. */
const SIGHTS_MAX = 5

/** Reads the given labels of events; throws when the request turns out to be recorded already. */
export async function readSeats(store: Store, wanted: SeatsToRead): Promise<Read> {
  const memory = memoryOf(store, newMemory)
  for (let sight = 1; sight <= SIGHTS_MAX; sight += 1) {
    const heads = await findEvents(store, memory, wanted)
    if (heads.missing !== undefined) return heads
    const read = await readBatch(store, memory, { heads: heads.found, wanted })
    if (read !== undefined) return read
    for (const { event } of heads.found) memory.events.delete(nameOf(event))
  }
  throw new Error('Bug: the heads of an event changed under every read')
}

/** The objects of what is published of a chart; undefined when nothing is, or something else by now: read its head again. */
export async function readInventory(
  store: Store,
  chart: ChartHead,
): Promise<Inventory | undefined> {
  if (chart.published === undefined) return undefined
  const { manifests } = memoryOf(store, newMemory)
  const wanted = { address: chart, drawing: chart.published, items: new Map<string, Item>() }
  return findManifest(store, manifests, wanted)
}

/** An event to read, with the labels wanted of it. */
interface Head {
  readonly event: EventHead
  /** The head was read just now, so the batch need not check it. */
  readonly isFresh: boolean
  readonly labels: readonly string[]
}

async function findEvents(
  port: Port,
  memory: Memory,
  { workspaceId, parts }: SeatsToRead,
): Promise<{ missing?: undefined; found: Head[] } | { missing: string }> {
  const nameFor = (eventKey: string) => nameOf({ workspaceId, eventKey })
  const unknown = parts.filter(({ eventKey }) => !memory.events.has(nameFor(eventKey)))
  const headKeys = unknown.map(({ eventKey }) => keys.eventHead(workspaceId, eventKey))
  const items = await asDecided(port, await batchGet(port, headKeys))
  const fresh = new Map(
    [...items.values()].map(readEventItem).map((event) => [event.eventKey, event]),
  )
  for (const event of fresh.values()) remember(memory.events, nameOf(event), event)
  const found: Head[] = []
  for (const { eventKey, labels } of parts) {
    const event = fresh.get(eventKey) ?? memory.events.get(nameFor(eventKey))
    if (event === undefined) return { missing: eventKey }
    found.push({ event, isFresh: fresh.has(eventKey), labels })
  }
  return { found }
}

/** An event as it is remembered, or as it is read at first sight; what is remembered may be out of date. */
export async function findEvent(store: Store, wanted: EventName): Promise<EventHead | undefined> {
  const { events } = memoryOf(store, newMemory)
  const known = events.get(nameOf(wanted))
  if (known !== undefined) return known
  const event = await getEvent(store, wanted.workspaceId, wanted.eventKey)
  if (event !== undefined) remember(events, nameOf(wanted), event)
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
  readonly heads: readonly Head[]
  readonly wanted: SeatsToRead
}

/** Undefined when what was remembered no longer holds. */
async function readBatch(
  port: Port,
  memory: Memory,
  { heads, wanted: { workspaceId, holdTokens = [], request, look = lookEverywhere() } }: Batch,
): Promise<Extract<Read, { tokens: unknown }> | undefined> {
  const receipt = request === undefined ? [] : [keys.receipt(request)]
  const wanted = [
    ...heads.flatMap((head) => keysOf(memory, head, look)),
    ...holdTokens.map((holdToken) => keys.token(workspaceId, holdToken)),
    ...receipt,
  ]
  const items = await batchGet(port, wanted)
  const asked = new Set(wanted.map(keyText))
  for (const key of receipt) refuseInTheWay(port, items.get(keyText(key)), request ?? {})
  const reads: SeatsRead[] = []
  for (const head of heads) {
    const read = await readPart(port, memory, { head, items, asked, look })
    if (read === undefined) return undefined
    reads.push(read)
  }
  return { events: reads, tokens: await tokensOf(port, { workspaceId, holdTokens, items }) }
}

function keysOf(memory: Memory, { event, isFresh, labels }: Head, look: Look): Key[] {
  const inventory = rememberedInventory(memory, event)
  const areas = inventory === undefined ? [] : areasLikelyNamed(inventory, labels)
  const lost = inventory === undefined ? [] : labelsLost(inventory, labels)
  return [
    ...(isFresh ? [] : [keys.eventHead(event.workspaceId, event.eventKey)]),
    keys.chartHead(event.workspaceId, event.chartKey),
    ...withSharers(inventory, labels).map((label) => keys.seat(event, label)),
    ...areaKeys({ event, areas, lost, look }),
    ...manifestKeys(memory, event),
    ...termsKeys(memory.terms, { event, drawingId: memory.published.get(event.chartId) }),
  ]
}

/** The labels, and those that share their places with them. */
function withSharers(inventory: Inventory | undefined, labels: readonly string[]): string[] {
  const sharers =
    inventory === undefined ? [] : labels.flatMap((label) => sharersOf(inventory, label))
  return [...new Set([...labels, ...sharers])]
}

async function readPart(
  port: Port,
  memory: Memory,
  { head, items, asked, look }: Part,
): Promise<SeatsRead | undefined> {
  const { event, isFresh, labels } = head
  const eventKey = keys.eventHead(event.workspaceId, event.eventKey)
  const chartKey = keys.chartHead(event.workspaceId, event.chartKey)
  const current = isFresh ? event : readHead(items, eventKey, readEventItem)
  if (current?.eventId !== event.eventId || current.chartId !== event.chartId) return undefined
  if (current.details?.textId !== event.details?.textId) return undefined
  const chart = readHead(items, chartKey, readChartItem)
  const terms = await currentTerms(port, memory, { event: current, chart, items })
  if (terms === undefined) return undefined
  const wanted = withSharers(terms.inventory, labels)
  const late = wanted
    .map((label) => keys.seat(event, label))
    .filter((key) => !asked.has(keyText(key)))
  const others = await batchGet(port, late)
  const rows = await rowsOf(port, { event, labels: wanted, items: new Map([...items, ...others]) })
  const lost = labelsLost(terms.inventory, labels)
  const wantedAreas = { event: current, areas: areasNamed(terms, labels), lost, look }
  const areas = await readAreas(port, wantedAreas, { items, asked })
  return { event: current, chart, terms, labels, rows, areas }
}

interface Part {
  readonly head: Head
  /** Of the batch, with the keys that it asked for. */
  readonly items: ReadonlyMap<string, Item>
  readonly asked: ReadonlySet<string>
  readonly look: Look
}

/** The manifest comes along unless the process already has what it last saw published. */
function manifestKeys({ published, manifests }: Memory, event: EventHead): Key[] {
  const drawingId = published.get(event.chartId)
  return drawingId !== undefined && manifests.has(drawingId) ? [] : firstSightKeys(event)
}

/** Undefined when the chart was published anew, or the event got other terms, between two reads. */
async function currentTerms(
  port: Port,
  { published, manifests, terms }: Memory,
  seen: { event: EventHead; chart: ChartHead | undefined; items: ReadonlyMap<string, Item> },
): Promise<Terms | undefined> {
  const { event, chart, items } = seen
  if (chart?.published === undefined || chart.chartId !== event.chartId) return nothingForSale
  remember(published, chart.chartId, chart.published.drawingId)
  const { drawingId } = chart.published
  const inventory = await findManifest(port, manifests, {
    address: event,
    drawing: chart.published,
    items,
  })
  return inventory && findTerms(terms, { event, inventory, drawingId, items })
}

function readHead<T>(
  items: ReadonlyMap<string, Item>,
  key: Key,
  read: (item: Item) => T,
): T | undefined {
  const item = items.get(keyText(key))
  return item === undefined ? undefined : read(item)
}
