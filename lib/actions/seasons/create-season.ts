import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { rosterOf } from '../../rules/season/roster.ts'
import * as stored from '../../store/events/create-events.ts'
import type { Context } from '../context.ts'
import {
  chartToSell,
  refuseTerms,
  withChannels,
  type NewEventInput,
} from '../events/chart-to-sell.ts'
import { newEventHead } from '../events/create-event.ts'
import { recordOf } from '../events/create-events.ts'
import type { DescribedEvent } from '../events/describe-events.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { describeMembers, newMembers, refuseSize } from './new-members.ts'

/** A season to be created on a chart, with the keys of its events in their order. */
export interface NewSeason {
  readonly chartKey: string
  readonly season: NewEventInput
  readonly eventKeys: readonly string[]
}

/**
 * Creates a top-level season with its events, all or none. Refuses what `createEvents` refuses, and more events or words than a season
 * may have.
 */
export async function createSeason(
  context: Context,
  { chartKey, season: wanted, eventKeys }: NewSeason,
): Promise<Outcome<DescribedEvent>> {
  const { store, keyed } = context
  const made = withChannels(context, [wanted])
  if (!made.ok) return made
  const [{ head: given, details: own } = wanted] = made.value
  let left: string | undefined
  return inRoundsOn(context, { what: 'chart', key: chartKey }, async () => {
    const sold = await chartToSell(context, chartKey)
    if (!sold.ok) return sold
    const { facts } = sold.value
    const head = newEventHead(context, sold.value, { ...given, season: { role: 'whole' } })
    const ground = { season: head, roster: rosterOf(own), sold: sold.value }
    const { heads, roster } = newMembers(context, ground, eventKeys)
    const details = { ...own, roster }
    const refused = refuseTerms(made.value, facts) ?? refuseSize({ head, details })
    if (refused !== undefined) return refused
    const season = { head, details }
    const result: DescribedEvent = {
      ...{ event: head, details, facts },
      season: { ...season, partialKeys: [], events: describeMembers(heads, season, facts) },
    }
    const members = heads.map((event) => ({ head: event, details: {} }))
    const records = [recordOf(context, result), ...members]
    const receipt = keyed?.receiptFor(result, left)
    const outcome = await stored.createEvents(store, records, { receipt })
    if (outcome.status === 'created') return succeed(result)
    left = outcome.left ?? left
    if (outcome.status === 'key-taken') {
      return refuse({ code: 'event-key-taken', eventKey: outcome.eventKey })
    }
    return undefined
  })
}
