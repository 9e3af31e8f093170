import type { ChartFacts, EventDetails } from '../../records/records.ts'
import { refuse, succeed, type Outcome, type Refused } from '../../refusals.ts'
import { offeredCategories, splitByOffer } from '../../venue/categories.ts'
import { validatorFor } from '../charts/chart-validation.ts'
import { ROUNDS_MAX, type Context } from '../context.ts'
import { newEventHead, type NewHead } from './create-event.ts'
import { describeChart, type DescribedEvent } from './describe-events.ts'
import { getChart } from '../../store/charts/charts.ts'
import * as stored from '../../store/events/create-events.ts'

/** Events to be created on one chart, each with a key of its own. */
export interface NewEvents {
  readonly chartKey: string
  readonly events: readonly [NewEventInput, ...NewEventInput[]]
}

interface NewEventInput {
  readonly head: NewHead
  readonly details: EventDetails
  /** In the request, where that has several. */
  readonly place?: number
}

/**
 * Creates events, all or none, in the order of the request. Refuses an unknown chart, an unpublished one, one that breaks a
 * rule which the account takes for an error, objects with a category that there is not, and a key that is taken.
 */
export async function createEvents(
  context: Context,
  { chartKey, events }: NewEvents,
): Promise<Outcome<readonly [DescribedEvent, ...DescribedEvent[]]>> {
  const { store, caller, keyed } = context
  let left: string | undefined
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const chart = await getChart(store, caller.workspaceId, chartKey)
    if (chart === undefined) return refuse({ code: 'chart-not-found', chartKey })
    if (chart.published === undefined) return refuse({ code: 'chart-not-published', chartKey })
    const facts = await describeChart(context, chart)
    const validate = await validatorFor(context, [facts])
    const { errors, warnings } = validate(facts?.broken ?? [])
    if (errors.length > 0) {
      return refuse({ code: 'drawing-invalid', chartKey, version: 'published', errors, warnings })
    }
    const unknown = refuseUnknown(events, facts)
    if (unknown !== undefined) return unknown
    const describe = ({ head, details }: NewEventInput): DescribedEvent => {
      return { event: newEventHead(context, chart, head), details, facts }
    }
    const [first, ...rest] = events
    const made = [describe(first), ...rest.map(describe)] as const
    const records = made.map(({ event: head, details }) => ({ head, details }))
    const outcome = await stored.createEvents(store, records, keyed?.receiptFor(made, left))
    if (outcome.status === 'created') return succeed(made)
    left = outcome.left ?? left
    if (outcome.status === 'key-taken') {
      return refuse({ code: 'event-key-taken', eventKey: outcome.eventKey })
    }
    await context.backOff(round)
  }
  return refuse({ code: 'record-busy', what: 'chart', key: chartKey })
}

/** Refuses the first object whose category neither its event nor the chart has. */
function refuseUnknown(
  events: readonly NewEventInput[],
  facts: ChartFacts | undefined,
): Refused | undefined {
  // Without facts the chart is being published anew: what counts then is told at reading.
  if (facts === undefined) return undefined
  for (const { details, place } of events) {
    const { objectCategories = {}, categories = [] } = details
    const offered = offeredCategories(facts.categories, categories)
    const [label] = splitByOffer(objectCategories, offered).unknown
    if (label === undefined) continue
    const categoryKey = String(objectCategories[label])
    const at = place === undefined ? {} : { place }
    return refuse({ code: 'category-unknown', label, categoryKey, ...at })
  }
  return undefined
}
