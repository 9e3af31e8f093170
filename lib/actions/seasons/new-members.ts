import type { EventHead, Roster } from '../../records/records.ts'
import { refuse, type Refused } from '../../refusals.ts'
import { SEASON_EVENTS_MAX, TERMS_BYTES_MAX } from '../../limits/limits.ts'
import { withNewEvents } from '../../rules/season/roster.ts'
import type { SeasonNow } from '../../store/events/seasons.ts'
import { isTooLarge } from '../../venue/terms.ts'
import type { Context } from '../context.ts'
import { newEventHead, type ChartToSell } from '../events/create-event.ts'
import type { DescribedEvent } from '../events/describe-events.ts'

/** Events that come into a season: on its chart, with its way to sell tables, in this order. */
export interface NewMembers {
  readonly heads: readonly EventHead[]
  /** The season's, with them. */
  readonly roster: Roster
}

/** Makes the heads of events that are to come into a season, behind those that it has. */
export function newMembers(
  context: Context,
  { season, roster: former, sold }: { season: EventHead; roster: Roster; sold: ChartToSell },
  eventKeys: readonly string[],
): NewMembers {
  const { eventId, shards } = season
  const heads = eventKeys.map((eventKey, place) =>
    newEventHead(context, sold, {
      eventKey,
      season: { role: 'event', eventId, shards, number: former.next + place },
    }),
  )
  return { heads, roster: withNewEvents(former, heads) }
}

/** Refuses a season that would have more events, or say more, than one may. */
export function refuseSize({ head, details }: SeasonNow): Refused | undefined {
  const { eventKey } = head
  if ((details.roster?.events.length ?? 0) > SEASON_EVENTS_MAX) {
    return refuse({
      code: 'season-too-large',
      ...{ seasonKey: eventKey, what: 'events', max: SEASON_EVENTS_MAX },
    })
  }
  if (!isTooLarge(details)) return undefined
  return refuse({ code: 'terms-too-large', eventKey, bytesMax: TERMS_BYTES_MAX })
}

/** New events of a season as they are told: they say nothing of their own, and are in no partial season. */
export function describeMembers(
  heads: readonly EventHead[],
  season: SeasonNow,
  facts: DescribedEvent['facts'],
): DescribedEvent[] {
  return heads.map((event) => ({
    ...{ event, details: {}, facts },
    season: { ...season, partialKeys: [] },
  }))
}
