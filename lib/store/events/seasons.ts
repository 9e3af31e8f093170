import type { EventDetails, EventHead } from '../../records/records.ts'
import { inRounds } from '../../in-rounds.ts'
import { asDecided } from '../commit/as-decided.ts'
import { readEventItem } from '../table/heads.ts'
import { backOff, type Port } from '../table/port.ts'
import { batchGet } from '../table/read.ts'
import type { Store } from '../table/store.ts'
import { keys, keyText } from '../table/table.ts'
import { readEventDetails } from './event-details.ts'

/** A top-level season, and what it says. */
export interface SeasonNow {
  readonly head: EventHead
  readonly details: EventDetails
}

/**
 * Reads top-level seasons by event id, each with the text that its head names: two batches, and two more where one was replaced
 * meanwhile. Absent where there is none, or others replace it all the time.
 */
export async function readSeasons(
  store: Store,
  eventIds: readonly string[],
): Promise<Map<string, SeasonNow>> {
  const found = new Map<string, SeasonNow>()
  await inRounds(
    (round) => backOff(store, round),
    async () => {
      const missing = [...new Set(eventIds)].filter((eventId) => !found.has(eventId))
      if (missing.length === 0) return true
      const heads = [...(await getEventsById(store, missing)).values()]
      const details = await readEventDetails(store, heads)
      for (const head of heads) {
        const known = details.get(head.eventId)
        if (known !== undefined) found.set(head.eventId, { head, details: known })
      }
      return heads.every(({ eventId }) => found.has(eventId)) ? true : undefined
    },
  )
  return found
}

/** Reads the heads of events by their ids, in batches; absent where the id means no event. Those that were deleted lately are told still. */
export async function getEventsById(
  port: Port,
  eventIds: readonly string[],
): Promise<Map<string, EventHead>> {
  if (eventIds.length === 0) return new Map()
  const items = await asDecided(port, await batchGet(port, eventIds.map(keys.eventById)))
  const heads = [...items.values()].map(readEventItem)
  return new Map(heads.map((head) => [head.eventId, head]))
}

/** Reads the heads of events by their keys, in batches; absent where there is none. */
export async function getEventsByKey(
  port: Port,
  workspaceId: string,
  eventKeys: readonly string[],
): Promise<Map<string, EventHead>> {
  if (eventKeys.length === 0) return new Map()
  const keyOf = (eventKey: string) => keys.eventHead(workspaceId, eventKey)
  const items = await asDecided(port, await batchGet(port, eventKeys.map(keyOf)))
  return new Map(
    eventKeys.flatMap((eventKey): [string, EventHead][] => {
      const item = items.get(keyText(keyOf(eventKey)))
      return item === undefined ? [] : [[eventKey, readEventItem(item)]]
    }),
  )
}
