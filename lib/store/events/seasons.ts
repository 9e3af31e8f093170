import type { EventDetails, EventHead } from '../../records/records.ts'
import { detailsInSeason } from '../../venue/season-terms.ts'
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

/** What says how the objects of an event are sold: of one in a season, the season's words with its own. */
export interface WordsThatCount {
  readonly head: Pick<EventHead, 'tableBooking'>
  readonly details: EventDetails
}

/** Reads what counts of the words of events, by event id; absent where something of it was replaced in this moment. */
export async function readWordsThatCount(
  store: Store,
  events: readonly EventHead[],
): Promise<Map<string, WordsThatCount>> {
  const seasonIds = events.flatMap(({ season }) =>
    season === undefined || season.role === 'whole' ? [] : season.eventId,
  )
  const [known, seasons] = await Promise.all([
    readEventDetails(store, events),
    readSeasons(store, seasonIds),
  ])
  return new Map(
    events.flatMap((head): [string, WordsThatCount][] => {
      const { eventId, season: place } = head
      const own = known.get(eventId)
      if (own === undefined) return []
      if (place === undefined || place.role === 'whole') return [[eventId, { head, details: own }]]
      const season = seasons.get(place.eventId)
      return season === undefined ? [] : [[eventId, wordsIn(season, own)]]
    }),
  )
}

/** What counts of an event's own words in a season. */
export function wordsIn({ head, details }: SeasonNow, own: EventDetails): WordsThatCount {
  return { head, details: detailsInSeason(details, own) }
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
