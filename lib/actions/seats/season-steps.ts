import { defined } from '../../defined.ts'
import type { EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { AnyTarget, Step } from '../../rules/decide.ts'
import type { SeasonStep, StatusStep } from '../../rules/machine.ts'
import type { SeatsRead } from '../../store/seats/read-seats.ts'
import type { SeasonRead } from '../../store/seats/read-season.ts'

// Steps that say whether the status of a season counts for objects of one of its events. The season is named by its key; where it is
// not, each object says which is meant.

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

/** The step to decide about; refuses an event that is not in the season that is meant. */
export function seasonStepsOf(
  { eventKeys: [eventKey = ''], change: wanted, place }: SeasonStep,
  targets: readonly AnyTarget[],
  events: ReadonlyMap<string, SeatsRead>,
): Outcome<readonly Step[]> {
  const { kind, seasonKey } = wanted
  const read = events.get(eventKey)
  const named = seasonKey === undefined ? undefined : events.get(seasonKey)?.event
  const isIn = read !== undefined && isInSeason(read, named)
  if (!isIn || read.season === undefined) {
    return refuse({ code: 'event-not-in-season', eventKey, ...defined({ seasonKey, place }) })
  }
  const change = { kind, ...defined({ seasonId: named?.eventId }) }
  return succeed([{ targets, change }])
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
