import { createPartialSeason } from '../../../../lib/actions/seasons/create-partial-season.ts'
import { createSeason } from '../../../../lib/actions/seasons/create-season.ts'
import { openVenue, valueOf, type Venue, type VenueEvent } from '../venue.ts'

/** Keys of what every run over a season finds; the two parts have an event in common. */
export const SEASON = 'season'
export const PARTS = ['early', 'late'] as const
export const MATCHES = ['match-1', 'match-2', 'match-3'] as const

/** A season on sale, with its parts and its events: whoever sells takes each of them for an event. */
export interface SeasonVenue extends Venue {
  readonly season: VenueEvent
  readonly parts: readonly VenueEvent[]
  readonly matches: readonly VenueEvent[]
}

/** Builds it through the production actions. */
export async function openSeasonVenue(): Promise<SeasonVenue> {
  const venue = await openVenue(async (context, chartKey) => {
    const wanted = {
      chartKey,
      season: { head: { eventKey: SEASON }, details: {} },
      eventKeys: MATCHES,
    }
    const made = valueOf(await createSeason(context, wanted))
    const members = (made.season?.events ?? []).map(({ event }) => event)
    const halves = [MATCHES.slice(0, 2), MATCHES.slice(1)]
    const parts: VenueEvent[] = []
    for (const [at, eventKey] of PARTS.entries()) {
      const part = { seasonKey: SEASON, eventKey, eventKeys: halves[at] ?? [] }
      parts.push(valueOf(await createPartialSeason(context, part)).event)
    }
    return [made.event, ...parts, ...members].map(({ eventKey, eventId }) => ({
      eventKey,
      eventId,
    }))
  })
  const named = (key: string) => {
    const found = venue.events.find(({ eventKey }) => eventKey === key)
    if (found === undefined) throw new Error(`There is no ${key}`)
    return found
  }
  return { ...venue, season: named(SEASON), parts: PARTS.map(named), matches: MATCHES.map(named) }
}
