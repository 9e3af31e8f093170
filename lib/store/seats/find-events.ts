import type { EventHead } from '../../records/records.ts'
import { asDecided } from '../commit/as-decided.ts'
import { getEvent } from '../events/events.ts'
import { readEventItem } from '../table/heads.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { batchGet } from '../table/read.ts'
import { memoryOf, type Store } from '../table/store.ts'
import { keys } from '../table/table.ts'
import { newMemory, remember, type Memory } from './memory.ts'

// The heads of the events that a request names, and of the seasons that they belong to: remembered, since the other keys are made
// of what they say, and checked with every read.

/** An event to read, with the labels wanted of it. */
export interface Head {
  readonly event: EventHead
  /** The head was read just now, so the batch need not check it. */
  readonly isFresh: boolean
  readonly labels: readonly string[]
  /** The top-level season of a part or an event of one. */
  readonly season?: { readonly head: EventHead; readonly isFresh: boolean }
}

/** An event by the key that it has in its workspace. */
export interface EventName {
  readonly workspaceId: string
  readonly eventKey: string
}

interface Wanted {
  readonly workspaceId: string
  readonly parts: readonly { readonly eventKey: string; readonly labels: readonly string[] }[]
}

type Found = { readonly missing?: undefined; readonly found: Head[] } | { readonly missing: string }

/** The events of a request, or the first that there is not: what belongs to a season that has gone has gone with it. */
export async function findEvents(
  port: Port,
  memory: Memory,
  { workspaceId, parts }: Wanted,
): Promise<Found> {
  const nameFor = (eventKey: string) => nameOf({ workspaceId, eventKey })
  // What is known now another request may have forgotten by the time the rest is read.
  const known = new Map(
    parts.map(({ eventKey }) => [eventKey, memory.events.get(nameFor(eventKey))]),
  )
  const unknown = parts.filter(({ eventKey }) => known.get(eventKey) === undefined)
  const headKeys = unknown.map(({ eventKey }) => keys.eventHead(workspaceId, eventKey))
  const items = await asDecided(port, await batchGet(port, headKeys))
  const fresh = new Map(
    [...items.values()].map(readEventItem).map((event) => [event.eventKey, event]),
  )
  for (const event of fresh.values()) remember(memory.events, nameOf(event), event)
  const found: Head[] = []
  for (const { eventKey, labels } of parts) {
    const event = fresh.get(eventKey) ?? known.get(eventKey)
    if (event === undefined) return { missing: eventKey }
    found.push({ event, isFresh: fresh.has(eventKey), labels })
  }
  return withSeasons(port, memory, found)
}

/** Seasons are found by their ids: all of those that are not remembered in one request. */
async function withSeasons(port: Port, memory: Memory, heads: readonly Head[]): Promise<Found> {
  const seasonIds = new Set(heads.flatMap(({ event }) => seasonIdOf(event) ?? []))
  const known = new Map([...seasonIds].map((seasonId) => [seasonId, memory.seasons.get(seasonId)]))
  const unknown = [...seasonIds].filter((seasonId) => known.get(seasonId) === undefined)
  const items = await asDecided(port, await batchGet(port, unknown.map(keys.eventById)))
  const fresh = new Map(
    [...items.values()].filter(isThere).map((item) => [String(item['id']), readEventItem(item)]),
  )
  for (const [seasonId, season] of fresh) remember(memory.seasons, seasonId, season)
  const found: Head[] = []
  for (const each of heads) {
    const seasonId = seasonIdOf(each.event)
    const head = seasonId && (fresh.get(seasonId) ?? known.get(seasonId))
    if (seasonId !== undefined && !head) return { missing: each.event.eventKey }
    found.push(head ? { ...each, season: { head, isFresh: fresh.has(head.eventId) } } : each)
  }
  return { found }
}

/** The top-level season of what belongs to one; undefined of that season itself, as of all other events. */
export function seasonIdOf({ season }: Pick<EventHead, 'season'>): string | undefined {
  return season === undefined || season.role === 'whole' ? undefined : season.eventId
}

/** Whether two events belong to the same season. */
export function isOfOneSeason(one: Head, other: Head): boolean {
  const [first, second] = [one, other].map(({ event }) => {
    return event.season?.role === 'whole' ? event.eventId : seasonIdOf(event)
  })
  return first !== undefined && first === second
}

/** Whether an event that is read by its id is there still: those that were deleted stay for a while, for what is to be told of them. */
export function isThere(item: Item | undefined): item is Item {
  return item?.['id'] !== undefined && item['ttl'] === undefined
}

/** Forgets what turned out to be out of date. */
export function forget(memory: Memory, heads: readonly Head[]): void {
  for (const { event } of heads) {
    memory.events.delete(nameOf(event))
    memory.held.delete(nameOf(event))
    const seasonId = seasonIdOf(event)
    if (seasonId !== undefined) memory.seasons.delete(seasonId)
  }
}

/** Forgets an event that turned out to be called otherwise. */
export function forgetEvent(store: Store, name: EventName): void {
  memoryOf(store, newMemory).events.delete(nameOf(name))
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

/** The name by which an event is remembered. */
export function nameOf({ workspaceId, eventKey }: EventName): string {
  return `${workspaceId}\n${eventKey}`
}
