import { assert } from '../../faults.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { logLines } from '../seats/log-lines.ts'
import {
  chartToSell,
  refuseTerms,
  withChannels,
  type NewEventInput,
  type WithTerms,
} from './chart-to-sell.ts'
import { newEventHead } from './create-event.ts'
import type { DescribedEvent } from './describe-events.ts'
import * as stored from '../../store/events/create-events.ts'

/** Events to be created on one chart, each with a key of its own. */
export interface NewEvents {
  readonly chartKey: string
  readonly events: readonly [NewEventInput, ...NewEventInput[]]
}

/**
 * Creates events, all or none, in the order of the request. Refuses an unknown chart, an unpublished one, one that breaks a
 * rule which the account takes for an error, objects with a category that there is not, a key that is taken,
 * channels with the same key or name, and what they cannot have of areas.
 */
export async function createEvents(
  context: Context,
  { chartKey, events }: NewEvents,
): Promise<Outcome<readonly [DescribedEvent, ...DescribedEvent[]]>> {
  const { store, keyed } = context
  const wanted = withChannels(context, events)
  if (!wanted.ok) return wanted
  let left: string | undefined
  return inRoundsOn(context, { what: 'chart', key: chartKey }, async () => {
    const sold = await chartToSell(context, chartKey)
    if (!sold.ok) return sold
    const { facts } = sold.value
    const refused = refuseTerms(wanted.value, facts)
    if (refused !== undefined) return refused
    const describe = ({ head, details }: WithTerms): DescribedEvent => {
      return { event: newEventHead(context, sold.value, head), details, facts }
    }
    const [first, ...rest] = wanted.value.map(describe)
    assert(first !== undefined, 'no events are to be created')
    const made = [first, ...rest] as const
    const records = made.map((it) => recordOf(context, it))
    const receipt = keyed?.receiptFor(made, left)
    const outcome = await stored.createEvents(store, records, { receipt })
    if (outcome.status === 'created') return succeed(made)
    left = outcome.left ?? left
    if (outcome.status === 'key-taken') {
      return refuse({ code: 'event-key-taken', eventKey: outcome.eventKey })
    }
    return undefined
  })
}

/** An event is created without a line in the company's log, unless it is sold by rules. */
export function recordOf(
  context: Context,
  { event: head, details }: Pick<DescribedEvent, 'event' | 'details'>,
): stored.NewEventRecord {
  const kinds = details.saleRules === undefined ? [] : (['event-sale-changed'] as const)
  return { head, details, log: logLines(context, { key: head.eventKey }, kinds) }
}
