import { succeed, type Outcome } from '../../refusals.ts'
import { rosterOf } from '../../rules/season/roster.ts'
import type { SeasonNow } from '../../store/events/seasons.ts'
import type { Context } from '../context.ts'
import { chartToSell } from '../events/chart-to-sell.ts'
import type { DescribedEvent } from '../events/describe-events.ts'
import { createInSeason } from './create-in-season.ts'
import { describeMembers, newMembers, refuseSize } from './new-members.ts'

/**
 * Creates events in a season, all or none, in this order: what is sold on the season is taken in them, too. Refuses what is no season,
 * a chart that events cannot be created on any more, a key that is taken, and more events than a season may have.
 */
export function createSeasonEvents(
  context: Context,
  { seasonKey, eventKeys }: { seasonKey: string; eventKeys: readonly string[] },
): Promise<Outcome<readonly DescribedEvent[]>> {
  return createInSeason(context, seasonKey, async ({ head: season, details: former }) => {
    const sold = await chartToSell(context, season.chartKey)
    if (!sold.ok) return sold
    const ground = { season, roster: rosterOf(former), sold: sold.value }
    const { heads, roster } = newMembers(context, ground, eventKeys)
    const details = { ...former, roster }
    const refused = refuseSize({ head: season, details })
    if (refused !== undefined) return refused
    const tell = (then: SeasonNow) => describeMembers(heads, then, sold.value.facts)
    return succeed({ heads, details, tell })
  })
}
