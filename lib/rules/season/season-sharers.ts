import type { Roster, RosterEvent } from '../../records/records.ts'
import type { EventRef, SeatRow } from '../seat.ts'
import type { Sharer } from '../situations.ts'
import { eventIn, partOf, partialOf, wholeOf, type SeasonSeen } from './season-row.ts'

/** An object of a season, a partial season or an event in one. */
export interface SeasonObject {
  readonly event: EventRef
  readonly label: string
  /** Labels of what shares its places at a table. */
  readonly others: readonly string[]
  /** Rows of its own event or part, by label. */
  readonly ownRow: (label: string) => SeatRow | undefined
}

/**
 * Everything else that has the same places, in the order in which it is told as what takes them: its own event or part under the other
 * labels, then seasons, the top-level one first, then events. 'unread' where a row is not known that counts, or an event.
 */
export function sharersInSeason(of: SeasonObject, seen: SeasonSeen): readonly Sharer[] | 'unread' {
  const { event, others, ownRow } = of
  const own = others.map((label): Sharer => ({ event, label, row: ownRow(label) }))
  const { season } = event
  if (season?.role === 'event') return [...own, ...overEvent(of, seen, season.number)]
  const [seasons, events] = [besidePart(of, seen), insidePart(of, seen)]
  return events === 'unread' ? events : [...own, ...seasons, ...events]
}

/** Of an event: the seasons that it is in, save those whose status it overrides under that very label. */
function overEvent(of: SeasonObject, seen: SeasonSeen, number: number): Sharer[] {
  const { roster } = seen
  const partials = roster.partials.filter(({ events }) => events.includes(number))
  return labelsOf(of).flatMap((label) => {
    const overridden = of.ownRow(label)?.overridden ?? []
    return partsNamed(seen, partials, label).filter(({ event }) => {
      return !overridden.includes(event.eventId)
    })
  })
}

/** Of a season: the partial seasons that have events; of a partial one the season, and those that have an event in common with it. */
function besidePart(of: SeasonObject, seen: SeasonSeen): Sharer[] {
  const { eventId } = of.event
  const own = seen.roster.partials.find((partial) => partial.eventId === eventId)
  const isPart = of.event.season?.role === 'part'
  const partials = seen.roster.partials.filter(({ events }) => {
    return isPart ? events.some((number) => own?.events.includes(number)) : events.length > 0
  })
  return labelsOf(of)
    .flatMap((label) => partsNamed(seen, partials, label))
    .filter(({ event }) => event.eventId !== eventId)
}

/** Of a season: its events that are not past and in which somebody has the object, or what shares its places. */
function insidePart(of: SeasonObject, seen: SeasonSeen): Sharer[] | 'unread' {
  const { season, roster, seasonRow, eventRow } = seen
  const takenUnder = labelsOf(of).map((label) => ({ label, taken: seasonRow(label)?.taken ?? [] }))
  if (takenUnder.some(({ taken }) => taken.some((number) => number >= roster.next))) return 'unread'
  const sharers: Sharer[] = []
  for (const event of eventsOf(of.event, roster)) {
    for (const { label, taken } of takenUnder) {
      if (!taken.includes(event.number)) continue
      const row = eventRow(event, label)
      if (row === 'unread') return row
      sharers.push({ event: eventIn(season, event), label, row })
    }
  }
  return sharers
}

/** The events of a season or a partial one that are not past, in order of creation. */
export function eventsOf({ eventId, season }: EventRef, roster: Roster): RosterEvent[] {
  const own = roster.partials.find((partial) => partial.eventId === eventId)
  return roster.events.filter(({ number, isInThePast }) => {
    if (isInThePast === true) return false
    return season?.role !== 'part' || own?.events.includes(number) === true
  })
}

function labelsOf({ label, others }: SeasonObject): string[] {
  return [label, ...others]
}

/** The season, then these partial ones. */
function partsNamed(
  { season, seasonRow }: SeasonSeen,
  partials: Roster['partials'],
  label: string,
): Sharer[] {
  const row = seasonRow(label)
  const parts = [wholeOf(season), ...partials.map(({ eventId }) => partialOf(season, eventId))]
  return parts.map((event) => ({ event, label, row: partOf(row, event.eventId) }))
}
