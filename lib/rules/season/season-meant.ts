import type { Instant } from '../../clock.ts'
import type { SeasonChange } from '../machine.ts'
import { atRest } from '../seat.ts'
import type { Target } from '../situations.ts'
import { partOf, type SeasonSeen } from './season-row.ts'

/**
 * The season that a change of an object of an event means: the one that it names, else the only one in which somebody has the object,
 * else the top-level one. Whether it is overridden already makes no difference: who asks twice, or wants it back, means the same.
 */
export function seasonMeant(
  { seasonId }: SeasonChange,
  { event, label }: Pick<Target, 'event' | 'label'>,
  { seen, now }: { seen: SeasonSeen; now: Instant },
): string {
  if (seasonId !== undefined) return seasonId
  const { season, roster, seasonRow } = seen
  const number = event.season?.role === 'event' ? event.season.number : -1
  const partials = roster.partials.filter(({ events }) => events.includes(number))
  const row = seasonRow(label)
  const [only = season.eventId, ...more] = [season, ...partials]
    .map(({ eventId }) => eventId)
    .filter(
      (id) => atRest(partOf(row, id), now).status !== 'free' || row?.places?.[id] !== undefined,
    )
  return more.length === 0 ? only : season.eventId
}
