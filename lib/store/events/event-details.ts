import type { EventDetails, EventHead, TextRef } from '../../records/records.ts'
import { packText, unpackText, type Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { batchGet } from '../table/read.ts'
import { memoryOf, type Store } from '../table/store.ts'
import { keys, keyText, type Key } from '../table/table.ts'
import type { TransactItem } from '../table/transact.ts'

/** Events whose details a process remembers. */
const DETAILS_CACHED_MAX = 200

/** Details by their text, which never changes. */
const noDetails = () => new Map<string, EventDetails>()

const nothing: EventDetails = {}

/** Details under a new id, as items; none where there is nothing to say. */
export function detailsItems(
  { ids }: Pick<Port, 'ids'>,
  eventId: string,
  details: EventDetails,
): { readonly ref: TextRef | undefined; readonly items: { key: Key; data: Uint8Array }[] } {
  if (Object.values(details).every((value) => value === undefined)) {
    return { ref: undefined, items: [] }
  }
  const textId = ids.ulid()
  const parts = packText(JSON.stringify(details))
  const items = parts.map((data, part) => ({
    key: keys.eventDetails(eventId, textId, part),
    data,
  }))
  return { ref: { textId, parts: parts.length }, items }
}

/** Writes details under a new id. */
export function detailsWrites(
  port: Port,
  eventId: string,
  details: EventDetails,
): { readonly ref: TextRef | undefined; readonly writes: TransactItem[] } {
  const { ref, items } = detailsItems(port, eventId, details)
  const writes = items.map(({ key, data }) => ({
    Put: { TableName: port.tableName, Item: { ...key, data } },
  }))
  return { ref, writes }
}

/** Takes away details that a head no longer points to. */
export function detailsRemoval(
  port: Port,
  event: Pick<EventHead, 'eventId' | 'details'>,
): TransactItem[] {
  return detailsKeys(event).map((Key) => ({
    Delete: { TableName: port.tableName, Key },
  }))
}

/** Reads what events say beyond their heads, by event id; undefined where it was replaced meanwhile: read the head again. */
export async function readEventDetails(
  store: Store,
  events: readonly EventHead[],
): Promise<Map<string, EventDetails | undefined>> {
  const cache = memoryOf(store, noDetails)
  const unknown = events.filter(({ details }) => details && !cache.has(details.textId))
  const wanted = unknown.flatMap(detailsKeys)
  const items = wanted.length === 0 ? new Map<string, Item>() : await batchGet(store, wanted)
  const found = events.map((event): [string, EventDetails | undefined] => {
    if (event.details === undefined) return [event.eventId, nothing]
    const known = cache.get(event.details.textId)
    if (known !== undefined) return [event.eventId, known]
    const details = detailsIn(items, event)
    if (details === undefined) return [event.eventId, undefined]
    if (cache.size >= DETAILS_CACHED_MAX) cache.clear()
    cache.set(event.details.textId, details)
    return [event.eventId, details]
  })
  return new Map(found)
}

/** What an event says beyond its head, from items that were read; undefined where one of them was not there. */
export function detailsIn(
  items: ReadonlyMap<string, Item>,
  event: Pick<EventHead, 'eventId' | 'details'>,
): EventDetails | undefined {
  if (event.details === undefined) return nothing
  const data = detailsKeys(event).flatMap(
    (key) => (items.get(keyText(key))?.['data'] as Uint8Array | undefined) ?? [],
  )
  return data.length < event.details.parts
    ? undefined
    : (JSON.parse(unpackText(data)) as EventDetails)
}

/** Where they lie; no keys where there are none. */
export function detailsKeys({ eventId, details }: Pick<EventHead, 'eventId' | 'details'>) {
  if (details === undefined) return []
  const { textId, parts } = details
  return Array.from({ length: parts }, (_, part) => keys.eventDetails(eventId, textId, part))
}
