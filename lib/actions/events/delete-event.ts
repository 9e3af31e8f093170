import type { EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { rosterOf, withoutEvents, withoutPartial } from '../../rules/season/roster.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { deleteSeason } from '../seasons/delete-season.ts'
import { countBooked } from './count-booked.ts'
import * as stored from '../../store/events/events.ts'
import type { TermsReplacement } from '../../store/events/replace-terms.ts'
import { readSeasons } from '../../store/events/seasons.ts'

/**
 * Deletes an event; its rows follow, by a worker. An event of a season leaves it, a partial season leaves its events, and a season takes
 * its events and partial seasons with it. Refuses an unknown event and, only when asked to, one with bookings:
 * those that are there when the call looks, not those that are being made in the same moment.
 */
export async function deleteEvent(
  context: Context,
  { eventKey, ifUnbooked }: { eventKey: string; ifUnbooked: boolean },
): Promise<Outcome<EventHead>> {
  const { store, caller, keyed } = context
  return inRoundsOn(context, { what: 'event', key: eventKey }, async () => {
    const event = await stored.getEvent(store, caller.workspaceId, eventKey)
    if (event === undefined) return refuse({ code: 'event-not-found', eventKey })
    const booked = ifUnbooked ? await countBooked(context, event) : 0
    if (booked > 0) return refuse({ code: 'event-has-bookings', eventKey, booked })
    if (event.season?.role === 'whole') return deleteSeason(context, event)
    const season = await seasonWithout(context, event)
    if (season === 'again') return undefined
    const removal = { heads: [event], ...season }
    const isDeleted = await stored.deleteEvents(store, removal, keyed?.receiptFor(event))
    return isDeleted ? succeed(event) : undefined
  })
}

/** How the season is replaced that loses an event or a partial season; `again` where it is being deleted. */
async function seasonWithout(
  { store, now }: Context,
  { eventId, season }: EventHead,
): Promise<{ readonly season?: TermsReplacement } | 'again'> {
  if (season === undefined || season.role === 'whole') return {}
  const of = (await readSeasons(store, [season.eventId])).get(season.eventId)
  if (of === undefined) return 'again'
  const { head: before, details } = of
  const former = rosterOf(details)
  const roster =
    season.role === 'event'
      ? withoutEvents(former, new Set([season.number]))
      : withoutPartial(former, eventId)
  const after = { ...before, updatedAt: now() }
  return { season: { before, after, details: { ...details, roster }, log: [] } }
}
