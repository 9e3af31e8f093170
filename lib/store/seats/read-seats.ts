import type { AreaRead } from '../../rules/area/area-target.ts'
import type { HoldTokenRow } from '../../rules/rows.ts'
import type { ChartHead, DrawingRef, EventHead } from '../../records/records.ts'
import type { SeatRow } from '../../rules/seat.ts'
import type { ChartArea } from '../../venue/chart.ts'
import { nothingForSale, sharersOf, type Inventory, type Terms } from '../../venue/terms.ts'
import { readChartItem, readEventItem } from '../table/heads.ts'
import type { Item } from '../table/items.ts'
import { findManifest, firstSightKeys } from '../charts/manifests.ts'
import { findEvents, forget, isOfOneSeason } from './find-events.ts'
import { holdHeads, isUnchanged, revisionKeyOf, withHeld, type HeadToRead } from './held-heads.ts'
import { newMemory, remember, rememberedInventory, type Memory } from './memory.ts'
import {
  hasRows,
  objectKeys,
  readSeason,
  seasonKeys,
  seasonOf,
  type SeasonHead,
  type SeasonRead,
} from './read-season.ts'
import { batchGet } from '../table/read.ts'
import { REVISION_COPIES } from '../../limits/limits.ts'
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
// 2. One batch reads the revision of the chart, or the heads where they are not remembered under it (held-heads.ts), the rows, those of what shares their places, what is kept of a request with an idempotency key
//    and, at the first sight of a chart, its manifest, and of an event's terms, their text. Of areas that are sold by places it
//    reads the plan, and the blocks that are asked for.
// 3. The revision or the heads say whether what was remembered still holds; if not, forget it and start again.
// 4. Where only the manifest told what shares their places, or that they are areas, those rows are read now.
// 5. Locks that are met are ended, so that what is decided from is what was last committed. Where the other commit is
//    still running, the row's current state stands.

/** Everything that a decision about some objects of one event needs. */
export interface SeatsRead {
  readonly event: EventHead
  /** Undefined when the chart is gone. What is published of it counts; the rest may be of a minute ago, unless all of the event is read. */
  readonly chart: ChartHead | undefined
  /** What the event sells; nothing while its chart is not published. */
  readonly terms: Terms
  /** The labels that were asked for. */
  readonly labels: readonly string[]
  /** Rows by label, of what shares the places of those labels too; absent where an object was never touched. */
  readonly rows: ReadonlyMap<string, SeatRow>
  /** Areas that those labels name, as a whole or by a channel of theirs, whose places are sold one by one; by the label of the area. */
  readonly areas: ReadonlyMap<string, AreaRead>
  /** Of a season, and of what belongs to one. */
  readonly season?: SeasonRead
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
  /** Whether all of the event is to be told: then the heads are read whatever is remembered. */
  readonly isWhole?: boolean
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
    const { turn } = memory
    const heads = await findEvents(store, memory, wanted)
    if (heads.missing !== undefined) return heads
    const now = store.clock.now()
    const toRead =
      wanted.isWhole === true ? heads.found : heads.found.map((it) => withHeld(memory, it, now))
    const read = await readBatch(store, memory, { heads: toRead, wanted, turn })
    if (read === 'raised') continue
    if (read !== undefined) return read
    forget(memory, heads.found)
  }
  throw new Error('Bug: the heads of an event changed under every read')
}

/** The objects of what is published of a chart; undefined when nothing is, or something else by now: read its head again. */
export async function readInventory(
  store: Store,
  chart: ChartHead,
): Promise<Inventory | undefined> {
  if (chart.published === undefined) return undefined
  return readInventoryOf(store, { address: chart, drawing: chart.published })
}

/** The objects of a drawing that was published of a chart; undefined when another is by now, and this one was forgotten. */
export async function readInventoryOf(
  store: Store,
  published: {
    readonly address: Pick<ChartHead, 'workspaceId' | 'chartKey'>
    readonly drawing: DrawingRef
  },
): Promise<Inventory | undefined> {
  const { manifests } = memoryOf(store, newMemory)
  return findManifest(store, manifests, { ...published, items: new Map<string, Item>() })
}

interface Batch {
  readonly heads: readonly HeadToRead[]
  readonly wanted: SeatsToRead
  /** Of the revisions that were known before the heads were read. */
  readonly turn: number
}

/** Undefined when what was remembered no longer holds, 'raised' when it may not: the heads are to be read. */
async function readBatch(
  port: Store,
  memory: Memory,
  {
    heads,
    turn,
    wanted: { workspaceId, holdTokens = [], request, look = lookEverywhere() },
  }: Batch,
): Promise<Extract<Read, { tokens: unknown }> | 'raised' | undefined> {
  const receipt = request === undefined ? [] : [keys.receipt(request)]
  const copy = Math.floor(port.ids.random() * REVISION_COPIES)
  const wanted = [
    ...heads.map((head) => revisionKeyOf(head, copy)),
    ...heads.flatMap((head) => keysOf(port, memory, { head, look })),
    ...holdTokens.map((holdToken) => keys.token(workspaceId, holdToken)),
    ...receipt,
  ]
  const items = await batchGet(port, wanted)
  const asked = new Set(wanted.map(keyText))
  for (const key of receipt) refuseInTheWay(port, items.get(keyText(key)), request ?? {})
  const now = port.clock.now()
  const unchanged = heads.map((head) => isUnchanged(memory, head, { items, copy, now }))
  if (unchanged.includes(false)) return 'raised'
  const reads: SeatsRead[] = []
  for (const head of heads) {
    const isAlone = !heads.some((other) => other !== head && isOfOneSeason(other, head))
    const read = await readPart(port, memory, { head, isAlone, items, asked, look })
    if (read === undefined) return undefined
    reads.push(read)
  }
  holdHeads(memory, { heads, reads }, { turn, now })
  return { events: reads, tokens: await tokensOf(port, { workspaceId, holdTokens, items }) }
}

function keysOf(
  port: Store,
  memory: Memory,
  { head, look }: { head: HeadToRead; look: Look },
): Key[] {
  const { event, isFresh, labels, season, held } = head
  const inventory = rememberedInventory(memory, event)
  const drawingId = memory.published.get(event.chartId)
  const areas = inventory === undefined ? [] : areasLikelyNamed(inventory, labels)
  const lost = inventory === undefined ? [] : labelsLost(inventory, labels)
  return [
    ...(isFresh ? [] : [keys.eventHead(event.workspaceId, event.eventKey)]),
    ...(held === undefined ? [keys.chartHead(event.workspaceId, event.chartKey)] : []),
    ...withSharers(inventory, [...labels, ...ofSeason(event, areas)]).flatMap((label) =>
      objectKeys(event, season?.head, label),
    ),
    ...seasonKeys(port, head),
    ...areaKeys({ event, areas, lost, look }),
    ...manifestKeys(memory, event),
    ...termsKeys(memory.terms, { event, season: season?.head, drawingId }),
  ]
}

/** What a season says of an area stands under the label of that, where the request may name the places of a channel. */
function ofSeason({ season }: EventHead, areas: readonly ChartArea[]): string[] {
  return season === undefined ? [] : areas.map(({ label }) => label)
}

/** The labels, and those that share their places with them. */
function withSharers(inventory: Inventory | undefined, labels: readonly string[]): string[] {
  const sharers =
    inventory === undefined ? [] : labels.flatMap((label) => sharersOf(inventory, label))
  return [...new Set([...labels, ...sharers])]
}

async function readPart(
  port: Store,
  memory: Memory,
  { head, isAlone, items, asked, look }: Part,
): Promise<SeatsRead | undefined> {
  const { event, isFresh, labels } = head
  const eventKey = keys.eventHead(event.workspaceId, event.eventKey)
  const chartKey = keys.chartHead(event.workspaceId, event.chartKey)
  const current = isFresh ? event : readHead(items, eventKey, readEventItem)
  if (current?.eventId !== event.eventId || current.chartId !== event.chartId) return undefined
  if (current.details?.textId !== event.details?.textId) return undefined
  const season = await seasonOf(port, { ...head, event: current }, items)
  if (season === undefined) return undefined
  const chart = head.held?.chart ?? readHead(items, chartKey, readChartItem)
  const terms = await currentTerms(port, memory, { event: current, season, chart, items })
  if (terms === undefined) return undefined
  const named = areasNamed(terms, labels)
  const wanted = withSharers(terms.inventory, [...labels, ...ofSeason(event, named)])
  const late = wanted
    .flatMap((label) => objectKeys(event, head.season?.head, label))
    .filter((key) => !asked.has(keyText(key)))
  const all = new Map([...items, ...(await batchGet(port, late))])
  const rows = await rowsOf(port, { event, labels: hasRows(event) ? wanted : [], items: all })
  const lost = labelsLost(terms.inventory, labels)
  const wantedAreas = { event: current, areas: named, lost, look }
  const areas = await readAreas(port, wantedAreas, { items, asked })
  const read = { event: current, chart, terms, labels, rows, areas }
  if (season === 'none') return read
  const seen = look.isNarrow ? [] : [...areas.keys()]
  const ofLabels = { season, event: current, labels: wanted, areas: seen, items: all, isAlone }
  const found = await readSeason(port, memory, ofLabels)
  return found && { ...read, season: found }
}

interface Part {
  readonly head: HeadToRead
  readonly isAlone: boolean
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
  port: Store,
  { published, manifests, terms }: Memory,
  seen: {
    event: EventHead
    season: SeasonHead | 'none'
    chart: ChartHead | undefined
    items: ReadonlyMap<string, Item>
  },
): Promise<Terms | undefined> {
  const { event, season, chart, items } = seen
  if (chart?.published === undefined || chart.chartId !== event.chartId) return nothingForSale
  remember(published, chart.chartId, chart.published.drawingId)
  const { drawingId } = chart.published
  const inventory = await findManifest(port, manifests, {
    address: event,
    drawing: chart.published,
    items,
  })
  if (inventory === undefined) return undefined
  const above = season === 'none' || event.season?.role === 'whole' ? undefined : season.head
  return findTerms(port, terms, { event, season: above, inventory, drawingId, items })
}

function readHead<T>(
  items: ReadonlyMap<string, Item>,
  key: Key,
  read: (item: Item) => T,
): T | undefined {
  const item = items.get(keyText(key))
  return item === undefined ? undefined : read(item)
}
