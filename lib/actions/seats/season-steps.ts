import { defined } from '../../defined.ts'
import type { EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { AnyTarget, Step } from '../../rules/decide.ts'
import type { SeasonStep, StatusStep } from '../../rules/machine.ts'

import { atRest } from '../../rules/seat.ts'
import { partOf } from '../../rules/season/season-row.ts'
import type { Instant } from '../../clock.ts'
import type { SeatsRead } from '../../store/seats/read-seats.ts'
import type { SeasonRead } from '../../store/seats/read-season.ts'

// Steps that say whether the status of a season counts for objects of one of its events. The season is named by its key; where it is
// not, it is the top-level one, unless an object is taken in exactly one partial season and not in that.

/** A step that is asked for: of what objects are, or of what seasons mean to them. */
export type AnyStep = StatusStep | SeasonStep

/** Whether a step is about seasons. */
export function isSeasonStep(step: AnyStep): step is SeasonStep {
  return step.change.kind === 'override-season' || step.change.kind === 'use-season'
}

/** Keys of the events that a step is about, and of the season that it names. */
export function keysOf(step: AnyStep): readonly string[] {
  const named = isSeasonStep(step) ? step.change.seasonKey : undefined
  return named === undefined ? step.eventKeys : [...step.eventKeys, named]
}

interface Seen {
  readonly events: ReadonlyMap<string, SeatsRead>
  readonly now: Instant
}

/** The steps to decide about, one for each object; refuses an event that is not in the season that is meant. */
export function seasonStepsOf(
  { eventKeys: [eventKey = ''], change, place }: SeasonStep,
  targets: readonly AnyTarget[],
  { events, now }: Seen,
): Outcome<readonly Step[]> {
  const { kind, seasonKey } = change
  const read = events.get(eventKey)
  const named = seasonKey === undefined ? undefined : events.get(seasonKey)?.event
  const isIn = read !== undefined && isInSeason(read, named)
  if (!isIn || read.season === undefined) {
    return refuse({ code: 'event-not-in-season', eventKey, ...defined({ seasonKey, place }) })
  }
  const { season } = read
  const seasonIdOf = ({ label }: AnyTarget) =>
    named?.eventId ?? countingSeason(season, { event: read.event, label, now })
  return succeed(
    targets.map((target) => ({
      targets: [target],
      change: { kind, seasonId: seasonIdOf(target) },
    })),
  )
}

/** Whether it is an event of a season, and of the one that is named, if any. */
function isInSeason({ event, season }: SeatsRead, named: EventHead | undefined): boolean {
  if (season === undefined || event.season?.role !== 'event') return false
  if (named === undefined || named.eventId === season.head.eventId) return true
  const { number } = event.season
  return partialsOf(season, number).some(({ eventId }) => eventId === named.eventId)
}

function partialsOf({ roster }: SeasonRead, number: number) {
  return roster.partials.filter(({ events }) => events.includes(number))
}

/** The season that somebody has an object in, where that is a partial one and the only one; else the top-level season. */
function countingSeason(
  season: SeasonRead,
  { event, label, now }: { event: EventHead; label: string; now: Instant },
): string {
  const { head, rows } = season
  const number = event.season?.role === 'event' ? event.season.number : -1
  const ids = [head.eventId, ...partialsOf(season, number).map(({ eventId }) => eventId)]
  const row = rows.get(label)
  const counting = ids.filter((id) => {
    return atRest(partOf(row, id), now).status !== 'free' || row?.places?.[id] !== undefined
  })
  const [first = head.eventId] = counting
  return counting.length === 1 ? first : head.eventId
}
