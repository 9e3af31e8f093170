import type { Instant } from '../../clock.ts'
import type { ChartHead, EventHead } from '../../records/records.ts'
import type { Inventory } from '../../venue/terms.ts'
import { newManifestCache, type ManifestCache } from '../charts/manifests.ts'
import { newTermsCache, type TermsCache } from '../events/terms.ts'

/** Events whose ids a process remembers. */
const EVENTS_REMEMBERED_MAX = 10_000

/** Heads that requests about an event go by. */
export interface HeldHeads {
  readonly event: EventHead
  /** The top-level season of an event or a part of one. */
  readonly season: EventHead | undefined
  readonly chart: ChartHead
  /** Of the chart, known before they were read. */
  readonly revision: number
  readonly at: Instant
}

/** The revision of a chart that was seen last. */
export interface SeenRevision {
  readonly revision: number
  /** Which of the revisions that the process ever saw it was. */
  readonly turn: number
  /** When it was first seen. */
  readonly at: Instant
}

/** What a process remembers of events and charts: hints, checked against the heads or the revision that every read brings along. */
export interface Memory {
  readonly events: Map<string, EventHead>
  /** Heads of top-level seasons, by event id. */
  readonly seasons: Map<string, EventHead>
  readonly published: Map<string, string>
  readonly manifests: ManifestCache
  readonly terms: TermsCache
  /** Parts of seasons that there are no more, by the text that says so. */
  readonly ended: Map<string, true>
  /** Heads that are believed as long as the revision of their chart stays, by the event's name. */
  readonly held: Map<string, HeldHeads>
  /** Revisions of charts as they were seen last, by chart id. */
  readonly revisions: Map<string, SeenRevision>
  /** Revisions that were ever seen anew. */
  turn: number
}

/** Nothing is remembered yet. */
export function newMemory(): Memory {
  return {
    events: new Map(),
    seasons: new Map(),
    published: new Map(),
    manifests: newManifestCache(),
    terms: newTermsCache(),
    ended: new Map(),
    held: new Map(),
    revisions: new Map(),
    turn: 0,
  }
}
/** What was last seen published of the chart of an event, if the process still has it. */
export function rememberedInventory(
  { published, manifests }: Memory,
  { chartId }: EventHead,
): Inventory | undefined {
  const drawingId = published.get(chartId)
  return drawingId === undefined ? undefined : manifests.get(drawingId)
}

/** Remembers a value, in place of the one that was remembered for longest where there are too many. */
export function remember<T>(map: Map<string, T>, name: string, value: T): void {
  map.delete(name)
  map.set(name, value)
  if (map.size <= EVENTS_REMEMBERED_MAX) return
  const oldest = map.keys().next()
  if (oldest.done !== true) map.delete(oldest.value)
}
