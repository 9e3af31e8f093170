import type { EventHead, Roster } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { PARTIAL_SEASONS_MAX, REVISION_COPIES, SEASON_EVENTS_MAX } from '../../limits/limits.ts'
import { rosterOf, withoutEvents, withoutPartial } from '../../rules/season/roster.ts'
import { deleteEvents } from '../../store/events/events.ts'
import { getEventsById, type SeasonNow } from '../../store/events/seasons.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { readSeason } from './read-season.ts'

// A season goes with all that belongs to it, which may be more than one transaction holds:
//
// 1. Its events go, as many at a time as fit, each time with the season that does not have them any more.
// 2. Then its partial seasons, in the same way.
// 3. It goes last, under the version that was read without any: an event that came meanwhile goes first.
//
// So at every moment the season knows all events that there are, and what is left after a process has died is a season with fewer
// events, which can be sold, and deleted by the same call. In the other order an event would be left whose season nobody finds.

/** Writes that an event takes: its head by key and by id, and its places in two lists. */
const WRITES_PER_EVENT = 4

/** Writes besides: two counts, the season's head by key and by id, one part more of its text than it has, and the chart's revision. */
const WRITES_BESIDES = 5 + REVISION_COPIES

/** Steps at the most: one for each, if others add some meanwhile as well. */
const STEPS_MAX = 2 * (SEASON_EVENTS_MAX + PARTIAL_SEASONS_MAX)

/** Deletes a top-level season, its events and its partial seasons. Refuses one that is deleted meanwhile by somebody else. */
export async function deleteSeason(
  context: Context,
  { eventKey, eventId }: EventHead,
): Promise<Outcome<EventHead>> {
  for (let step = 1; step <= STEPS_MAX; step += 1) {
    const done = await inRoundsOn(context, { what: 'event', key: eventKey }, async () => {
      const read = await readSeason(context, eventKey)
      if (read === undefined) return undefined
      if (!read.ok || read.value.head.eventId !== eventId) {
        return refuse({ code: 'event-not-found', eventKey })
      }
      return takeSome(context, read.value)
    })
    if (!done.ok || done.value !== 'more') return done as Outcome<EventHead>
  }
  return refuse({ code: 'record-busy', what: 'event', key: eventKey })
}

/** Takes as much of a season as one transaction holds, at last itself; undefined where others were faster. */
async function takeSome(
  context: Context,
  { head: before, details }: SeasonNow,
): Promise<Outcome<EventHead | 'more'> | undefined> {
  const { store, keyed, now } = context
  const { ids, roster } = without(rosterOf(details), roomFor(store.transactionItemsMax, before))
  if (ids.length === 0) {
    const isDeleted = await deleteEvents(store, { heads: [before] }, keyed?.receiptFor(before))
    return isDeleted ? succeed(before) : undefined
  }
  const heads = [...(await getEventsById(store, ids)).values()]
  const after = { ...before, updatedAt: now() }
  const season = { before, after, details: { ...details, roster }, log: [] }
  return (await deleteEvents(store, { heads, season })) ? succeed('more') : undefined
}

/** How many events go into a transaction with the season's text, which leaves and comes anew. */
function roomFor(itemsMax: number, { details }: EventHead): number {
  const besides = WRITES_BESIDES + 2 * (details?.parts ?? 0)
  return Math.max(1, Math.floor((itemsMax - besides) / WRITES_PER_EVENT))
}

/** Ids of so many events, or of partial seasons where there are no events; and the roster without them. */
function without(roster: Roster, count: number): { ids: readonly string[]; roster: Roster } {
  const events = roster.events.slice(0, count)
  if (events.length > 0) {
    const numbers = new Set(events.map(({ number }) => number))
    return { ids: events.map(({ eventId }) => eventId), roster: withoutEvents(roster, numbers) }
  }
  const ids = roster.partials.slice(0, count).map(({ eventId }) => eventId)
  return { ids, roster: ids.reduce(withoutPartial, roster) }
}
