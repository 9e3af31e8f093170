import { defined } from '../../defined.ts'
import { PARTIAL_SEASONS_MAX } from '../../limits/limits.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { rosterOf, withPartial } from '../../rules/season/roster.ts'
import type { SeasonNow } from '../../store/events/seasons.ts'
import type { Context } from '../context.ts'
import { chartToSell } from '../events/chart-to-sell.ts'
import { newEventHead } from '../events/create-event.ts'
import { describeWithEvents, type DescribedEvent } from '../events/describe-events.ts'
import { createInSeason } from './create-in-season.ts'
import { refuseSize } from './new-members.ts'
import { readNumbers } from './read-season.ts'

/** A partial season that is wanted, and the keys of its events. */
export interface NewPartialSeason {
  readonly seasonKey: string
  readonly eventKey: string
  readonly name?: string
  readonly eventKeys: readonly string[]
}

/**
 * Creates a partial season of events that a season has, or of none. Refuses what is no season, events of others, a key that is taken,
 * and more partial seasons than a season may have.
 */
export function createPartialSeason(
  context: Context,
  { seasonKey, eventKey, name, eventKeys }: NewPartialSeason,
): Promise<Outcome<DescribedEvent>> {
  return createInSeason(context, seasonKey, async (now) => {
    const { head: season, details: former } = now
    const numbers = await readNumbers(context, now, { eventKeys })
    if (!numbers?.ok) return numbers
    const sold = await chartToSell(context, season.chartKey)
    if (!sold.ok) return sold
    const { eventId, shards } = season
    const place = { role: 'part', eventId, shards } as const
    const given = { eventKey, ...defined({ name }), season: place }
    const head = { ...newEventHead(context, sold.value, given), shards }
    const roster = withPartial(rosterOf(former), head.eventId, numbers.value)
    if (roster.partials.length > PARTIAL_SEASONS_MAX) {
      return refuse({
        code: 'season-too-large',
        ...{ seasonKey, what: 'partial seasons', max: PARTIAL_SEASONS_MAX },
      })
    }
    const details = { ...former, roster }
    const refused = refuseSize({ head: season, details })
    if (refused !== undefined) return refused
    const tell = (then: SeasonNow) =>
      describeWithEvents(context, { event: head, season: then, heads: [head] })
    return succeed({ heads: [head], details, tell })
  })
}
