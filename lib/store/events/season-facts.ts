import type { EventHead, Roster } from '../../records/records.ts'
import type { SeasonTold } from '../../rules/notice.ts'
import { refOf } from '../../rules/season/season-row.ts'
import { eventsOf } from '../../rules/season/season-sharers.ts'
import { asDecided } from '../commit/as-decided.ts'
import { readEventItem } from '../table/heads.ts'
import { batchGet } from '../table/read.ts'
import type { Store } from '../table/store.ts'
import { keys } from '../table/table.ts'
import { readEventDetails } from './event-details.ts'

/** Looks at a season whose roster is replaced just then, before it is taken to be gone. */
const SIGHTS_MAX = 3

/**
 * What notices say of the season of each event that belongs to one or is one, by event id: of an event its key, of a season, and of a
 * partial one, the keys of its events that are not past. As it is at that moment; in three requests, one of them for the events of at
 * most a hundred, and none where no event is of a season.
 */
export async function readSeasonFacts(
  store: Store,
  events: readonly EventHead[],
): Promise<Map<string, SeasonTold>> {
  const ofSeasons = events.flatMap((event) => {
    const seasonId = seasonIdOf(event)
    return seasonId === undefined ? [] : [{ event, seasonId }]
  })
  if (ofSeasons.length === 0) return new Map()
  const heads = await readHeads(store, [...new Set(ofSeasons.map(({ seasonId }) => seasonId))])
  const inSeasons = ofSeasons.filter(({ event }) => event.season?.role === 'event')
  const told = new Map(
    inSeasons.flatMap(({ event: { eventId }, seasonId }): [string, SeasonTold][] => {
      const head = heads.get(seasonId)
      return head === undefined ? [] : [[eventId, { seasonKey: head.eventKey }]]
    }),
  )
  const seasons = ofSeasons.filter(({ event }) => event.season?.role !== 'event')
  const rosters = await readRosters(store, heads, new Set(seasons.map(({ seasonId }) => seasonId)))
  const members = seasons.map(({ event, seasonId }) => {
    const roster = rosters.get(seasonId)
    const ids = roster === undefined ? [] : eventsOf(event, roster).map(({ eventId }) => eventId)
    return { event, ids }
  })
  const known = await readHeads(store, [...new Set(members.flatMap(({ ids }) => ids))])
  for (const { event, ids } of members) {
    const named = ids.flatMap((id) => known.get(id) ?? [])
    told.set(event.eventId, { events: named.map(({ eventKey }) => ({ eventKey })) })
  }
  return told
}

function seasonIdOf({ eventId, season }: EventHead): string | undefined {
  return season?.role === 'whole' ? eventId : season && refOf(season).eventId
}

async function readHeads(
  store: Store,
  eventIds: readonly string[],
): Promise<Map<string, EventHead>> {
  if (eventIds.length === 0) return new Map()
  const items = await asDecided(store, await batchGet(store, eventIds.map(keys.eventById)))
  return new Map([...items.values()].map(readEventItem).map((head) => [head.eventId, head]))
}

/** The rosters of seasons; absent where a season is gone with its text. */
async function readRosters(
  store: Store,
  heads: ReadonlyMap<string, EventHead>,
  seasonIds: ReadonlySet<string>,
): Promise<Map<string, Roster>> {
  const rosters = new Map<string, Roster>()
  let left = [...seasonIds].flatMap((id) => heads.get(id) ?? [])
  for (let sight = 1; left.length > 0 && sight <= SIGHTS_MAX; sight += 1) {
    const details = await readEventDetails(store, left)
    for (const { eventId } of left) {
      const roster = details.get(eventId)?.roster
      if (roster !== undefined) rosters.set(eventId, roster)
    }
    const replaced = left.filter(({ eventId }) => details.get(eventId) === undefined)
    const again = await readHeads(
      store,
      replaced.map(({ eventId }) => eventId),
    )
    left = [...again.values()]
  }
  return rosters
}
