import type { EventDetails, EventHead, TextRef } from '../../records/records.ts'
import { packText, unpackText, type Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { asDecided } from '../commit/as-decided.ts'
import { batchGet } from '../table/read.ts'
import { memoryOf, type Store } from '../table/store.ts'
import { keys, keyText, type Key } from '../table/table.ts'
import { WeighedCache } from '../../weighed-cache.ts'
import type { TransactItem } from '../table/transact.ts'

/** Characters of details that a process remembers: with what is made of them, some 100 MB at worst. */
const CHARACTERS_CACHED_MAX = 16_000_000

/** Details by their text, which never changes. */
const noDetails = () => new WeighedCache<EventDetails>(CHARACTERS_CACHED_MAX)

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
export function detailsRemoval(port: Port, event: Speaker): TransactItem[] {
  return detailsKeys(event).map((Key) => ({
    Delete: { TableName: port.tableName, Key },
  }))
}

/** Whoever has a text of that kind. */
export type Speaker = Pick<EventHead, 'eventId' | 'details'>

/**
 * Reads what events say beyond their heads, by event id; undefined where it was replaced meanwhile: read the head again. Items that
 * were read along are not read again.
 */
export async function readEventDetails(
  store: Store,
  events: readonly Speaker[],
  along: ReadonlyMap<string, Item> = new Map(),
): Promise<Map<string, EventDetails | undefined>> {
  const cache = memoryOf(store, noDetails)
  // What is known now may be forgotten by the time the rest is read.
  const known = new Map(
    events.flatMap(({ details }): [string, EventDetails][] => {
      const value = details && cache.get(details.textId)
      return details === undefined || value === undefined ? [] : [[details.textId, value]]
    }),
  )
  const unknown = events.filter(({ details }) => details && !known.has(details.textId))
  // What came along may be there only by decision: then it is read as that will make it.
  const isRead = (key: Key) => along.get(keyText(key))?.['data'] !== undefined
  const wanted = unknown.flatMap(detailsKeys).filter((key) => !isRead(key))
  const read = wanted.length === 0 ? [] : await asDecided(store, await batchGet(store, wanted))
  const items = new Map([...along, ...read])
  const found = events.map((event): [string, EventDetails | undefined] => {
    if (event.details === undefined) return [event.eventId, nothing]
    const { textId } = event.details
    const details = known.get(textId)
    if (details !== undefined) return [event.eventId, details]
    const text = textIn(items, event)
    if (text === undefined) return [event.eventId, undefined]
    const value = JSON.parse(text) as EventDetails
    return [event.eventId, cache.add(textId, () => ({ value, weight: text.length }))]
  })
  return new Map(found)
}

function textIn(items: ReadonlyMap<string, Item>, event: Speaker): string | undefined {
  const data = detailsKeys(event).flatMap(
    (key) => (items.get(keyText(key))?.['data'] as Uint8Array | undefined) ?? [],
  )
  return data.length < (event.details?.parts ?? 0) ? undefined : unpackText(data)
}

/** Where they lie; no keys where there are none. */
export function detailsKeys({ eventId, details }: Speaker): Key[] {
  if (details === undefined) return []
  const { textId, parts } = details
  return Array.from({ length: parts }, (_, part) => keys.eventDetails(eventId, textId, part))
}

/** The keys of what an event says that the process does not have yet. */
export function unknownDetailsKeys(store: Store, event: Pick<EventHead, 'eventId' | 'details'>) {
  const { details } = event
  const isKnown = details !== undefined && memoryOf(store, noDetails).has(details.textId)
  return isKnown ? [] : detailsKeys(event)
}
