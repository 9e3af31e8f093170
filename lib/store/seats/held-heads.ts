import type { Instant } from '../../clock.ts'
import { SECOND_MS } from '../../limits/durations.ts'
import type { ChartHead, EventHead } from '../../records/records.ts'
import { revisionIn } from '../charts/revisions.ts'
import type { Item } from '../table/items.ts'
import { keys, keyText, type Key } from '../table/table.ts'
import { nameOf, type Head } from './find-events.ts'
import { remember, type HeldHeads, type Memory } from './memory.ts'

// The heads of an event, its season and its chart are single items that every request goes by: what is remembered of them holds as long
// as the revision of the chart, of which each request reads one copy of many.
//
// 1. Every request reads a copy, strongly, in its batch. Whoever changed a head has raised all copies by the time that is answered: so a
//    request that begins later sees another revision than that under which a head is remembered.
// 2. Heads are remembered under a revision that was known before they were read: read together, a head from before a change could go
//    with the revision from after it, and be believed for ever.
// 3. The items of a transaction may show within moments of each other: what is read right after a revision was first seen is read
//    once more a little later. And nothing is believed for longer than a minute, whoever forgot to raise.

/** Milliseconds after which all items of a transaction show, once one does: far above what is ever seen. */
const SHOWING_MS = SECOND_MS

/** Milliseconds for which heads are believed without being read. */
export const HEADS_HELD_MS = 60 * SECOND_MS

/** A head as the process knows it already, where what it knows still may hold: the batch tells. */
export function withHeld(memory: Memory, head: Head, now: Instant): HeadToRead {
  const held = memory.held.get(nameOf(head.event))
  const seen = held && memory.revisions.get(held.event.chartId)
  if (held === undefined || held.revision !== seen?.revision) return head
  const isShown = now >= seen.at + SHOWING_MS
  const isOfThen = held.at < seen.at + SHOWING_MS
  const ageMs = now - held.at
  if (ageMs < 0 || ageMs >= HEADS_HELD_MS || (isShown && isOfThen)) return head
  const { event, season } = held
  return {
    labels: head.labels,
    event,
    isFresh: true,
    ...(season === undefined ? {} : { season: { head: season, isFresh: true } }),
    held,
  }
}

/** A head, and what is remembered of it and its chart where that need not be read. */
export type HeadToRead = Head & { readonly held?: HeldHeads }

/** The copy of an event's chart's revision that a request reads. */
export function revisionKeyOf({ event }: Head, copy: number): Key {
  return keys.revision(event.chartId, copy)
}

/** Notes the revision that a batch has brought, and says whether what was remembered still holds. */
export function isUnchanged(
  memory: Memory,
  { event, held }: HeadToRead,
  { items, copy, now }: { items: ReadonlyMap<string, Item>; copy: number; now: Instant },
): boolean {
  const { chartId } = event
  const revision = revisionIn(items.get(keyText(keys.revision(chartId, copy))))
  if (memory.revisions.get(chartId)?.revision !== revision) {
    memory.turn += 1
    remember(memory.revisions, chartId, { revision, turn: memory.turn, at: now })
  }
  return held === undefined || held.revision === revision
}

/** What was read of the events of a request. */
interface HeadsRead {
  readonly heads: readonly HeadToRead[]
  /** Of each of them. */
  readonly reads: readonly {
    readonly event: EventHead
    readonly chart: ChartHead | undefined
    readonly season?: { readonly head: EventHead }
  }[]
}

/** Remembers heads that were read, each under the revision of its chart if that was known before: at that turn or earlier. */
export function holdHeads(
  memory: Memory,
  { heads, reads }: HeadsRead,
  { turn, now }: { turn: number; now: Instant },
): void {
  for (const [at, { event, chart, season: around }] of reads.entries()) {
    const head = heads[at]
    const { chartId } = event
    const seen = memory.revisions.get(chartId)
    if (head === undefined || head.held !== undefined) continue
    if (seen === undefined || seen.turn > turn || chart?.chartId !== chartId) continue
    const season = head.season && around?.head
    if (season !== undefined && season.chartId !== chartId) continue
    const held = { event, season, chart, revision: seen.revision, at: now }
    remember(memory.held, nameOf(event), held)
  }
}
