import type { EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { rosterOf } from '../../rules/season/roster.ts'
import { readEventDetails } from '../../store/events/event-details.ts'
import { getEvent } from '../../store/events/events.ts'
import { getEventsByKey, type SeasonNow } from '../../store/events/seasons.ts'
import type { Context } from '../context.ts'

/** Reads a top-level season by its key; refuses what is none. Undefined where it was replaced meanwhile: read it again. */
export async function readSeason(
  { store, caller }: Context,
  seasonKey: string,
): Promise<Outcome<SeasonNow> | undefined> {
  const head = await getEvent(store, caller.workspaceId, seasonKey)
  if (head?.season?.role !== 'whole') return refuse({ code: 'season-not-found', seasonKey })
  const details = (await readEventDetails(store, [head])).get(head.eventId)
  return details && succeed({ head, details })
}

/**
 * The numbers of events of a season by their keys; refuses the first that is none of them, and as unknown where the one in the path is
 * no event at all. Undefined where they are others by now than the season knows.
 */
export async function readNumbers(
  { store, caller }: Context,
  { head, details }: SeasonNow,
  { eventKeys, isInPath = false }: { eventKeys: readonly string[]; isInPath?: boolean },
): Promise<Outcome<readonly number[]> | undefined> {
  const heads = await getEventsByKey(store, caller.workspaceId, eventKeys)
  const known = new Set(rosterOf(details).events.map(({ number }) => number))
  const numbers: number[] = []
  for (const eventKey of new Set(eventKeys)) {
    const event = heads.get(eventKey)
    if (event === undefined && isInPath) return refuse({ code: 'event-not-found', eventKey })
    const number = numberIn(head, event)
    if (number === undefined) {
      return refuse({ code: 'event-of-another-season', eventKey, seasonKey: head.eventKey })
    }
    if (!known.has(number)) return undefined
    numbers.push(number)
  }
  return succeed(numbers)
}

function numberIn({ eventId }: EventHead, event: EventHead | undefined): number | undefined {
  const { season } = event ?? {}
  return season?.role === 'event' && season.eventId === eventId ? season.number : undefined
}
