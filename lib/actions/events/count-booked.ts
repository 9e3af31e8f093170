import type { EventHead } from '../../records/records.ts'
import { bookedIn } from '../../rules/area/block.ts'
import { rosterOf } from '../../rules/season/roster.ts'
import { getEventsById, readSeasons } from '../../store/events/seasons.ts'
import { readEventRows } from '../../store/seats/read-event.ts'
import type { Context } from '../context.ts'
import { readStatus } from '../seats/read-status.ts'

/** Events that are counted at once. */
const EVENTS_AT_ONCE = 8

/**
 * How many objects and places of an event are booked; of a season, on it, in its parts and in its events; in an event of a season also
 * those that have it with the season.
 */
export async function countBooked(context: Context, event: EventHead): Promise<number> {
  if (event.season?.role === 'event') return countWithSeason(context, event)
  const events = [event, ...(await belongingsOf(context, event))]
  let booked = 0
  for (let place = 0; place < events.length; place += EVENTS_AT_ONCE) {
    const some = events.slice(place, place + EVENTS_AT_ONCE)
    const counts = await Promise.all(some.map((it) => countIn(context, it)))
    booked += counts.reduce((all, count) => all + count, 0)
  }
  return booked
}

/** What goes with an event: of a top-level season its events and partial seasons, of others nothing. */
export async function belongingsOf(
  { store }: Pick<Context, 'store'>,
  { eventId, season }: EventHead,
): Promise<readonly EventHead[]> {
  if (season?.role !== 'whole') return []
  const { details } = (await readSeasons(store, [eventId])).get(eventId) ?? {}
  const { events, partials } = rosterOf(details ?? {})
  const ids = [...events, ...partials].map((it) => it.eventId)
  return [...(await getEventsById(store, ids)).values()]
}

async function countIn({ store }: Context, event: EventHead): Promise<number> {
  const { seats, blocks } = await readEventRows(store, event)
  const booked = seats.filter(([, row]) => row.state.status === 'booked').length
  return blocks.reduce((all, { row }) => all + bookedIn(row), booked)
}

async function countWithSeason(context: Context, { eventKey }: EventHead): Promise<number> {
  const read = await readStatus(context, eventKey)
  if (!read.ok) return 0
  const { taken, areas } = read.value
  const booked = taken.filter(({ state, isOwn }) => isOwn && state.status === 'booked').length
  return areas.reduce((all, { sums }) => all + sums.booked, booked)
}
