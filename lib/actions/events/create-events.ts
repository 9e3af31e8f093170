import { defined } from '../../defined.ts'
import { assert } from '../../faults.ts'
import type { ChartFacts, EventDetails } from '../../records/records.ts'
import { refuse, succeed, type Outcome, type Refused } from '../../refusals.ts'
import { offeredCategories, splitByOffer } from '../../venue/categories.ts'
import { addChannels, type NewChannel } from '../../venue/channels.ts'
import { refuseAreaPlaces } from '../../venue/channel-places.ts'
import { validatorFor } from '../charts/chart-validation.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { logLines } from '../seats/log-lines.ts'
import { newChannelId } from './change-channels.ts'
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
  readonly channels?: readonly NewChannel[]
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
  const { store, caller, keyed } = context
  const wanted = withChannels(context, events)
  if (!wanted.ok) return wanted
  let left: string | undefined
  return inRoundsOn(context, { what: 'chart', key: chartKey }, async () => {
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
    const refused = unknown ?? refuseAreas(wanted.value, facts)
    if (refused !== undefined) return refused
    const describe = ({ head, details }: WithTerms): DescribedEvent => {
      return { event: newEventHead(context, { chart, facts }, head), details, facts }
    }
    const [first, ...rest] = wanted.value.map(describe)
    assert(first !== undefined, 'no events are to be created')
    const made = [first, ...rest] as const
    const records = made.map((it) => recordOf(context, it))
    const outcome = await stored.createEvents(store, records, keyed?.receiptFor(made, left))
    if (outcome.status === 'created') return succeed(made)
    left = outcome.left ?? left
    if (outcome.status === 'key-taken') {
      return refuse({ code: 'event-key-taken', eventKey: outcome.eventKey })
    }
    return undefined
  })
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
    const at = defined({ place })
    return refuse({ code: 'category-unknown', label, categoryKey, ...at })
  }
  return undefined
}

/** Refuses the first area of which the channels of an event would have more than there is. */
function refuseAreas(
  events: readonly WithTerms[],
  facts: ChartFacts | undefined,
): Refused | undefined {
  for (const { details } of events) {
    const refused = refuseAreaPlaces([], details.channels ?? [], facts?.areas ?? [])
    if (refused !== undefined) return refused
  }
  return undefined
}

type WithTerms = Pick<NewEventInput, 'head' | 'details'>

/** Gives the channels of new events their ids; refuses those that cannot be beside each other. */
function withChannels(context: Context, events: readonly NewEventInput[]): Outcome<WithTerms[]> {
  const made: WithTerms[] = []
  for (const { head, details, channels: wanted = [] } of events) {
    const channels = addChannels([], wanted, () => newChannelId(context))
    if (!channels.ok) return channels
    const own = channels.value.length === 0 ? {} : { channels: channels.value }
    made.push({ head, details: { ...details, ...own } })
  }
  return succeed(made)
}

/** An event is created without a line in the company's log, unless it is sold by rules. */
function recordOf(
  context: Context,
  { event: head, details }: DescribedEvent,
): stored.NewEventRecord {
  const kinds = details.saleRules === undefined ? [] : (['event-sale-changed'] as const)
  return { head, details, log: logLines(context, { key: head.eventKey }, kinds) }
}
