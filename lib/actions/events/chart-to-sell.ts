import { defined } from '../../defined.ts'
import type { ChartFacts, EventDetails } from '../../records/records.ts'
import { refuse, succeed, type Outcome, type Refused } from '../../refusals.ts'
import { offeredCategories, splitByOffer } from '../../venue/categories.ts'
import { addChannels, type NewChannel } from '../../venue/channels.ts'
import { refuseAreaPlaces } from '../../venue/channel-places.ts'
import { getChart } from '../../store/charts/charts.ts'
import { validatorFor } from '../charts/chart-validation.ts'
import type { Context } from '../context.ts'
import { newChannelId } from './change-channels.ts'
import type { ChartToSell, NewHead } from './create-event.ts'
import { describeChart } from './describe-events.ts'

// What new events are made of, whatever they are: a chart that may be sold, and terms that it can have.

/**
 * Reads a chart on which events are to be created. Refuses an unknown chart, an unpublished one, and one that breaks a rule which the
 * account takes for an error.
 */
export async function chartToSell(
  context: Context,
  chartKey: string,
): Promise<Outcome<ChartToSell>> {
  const chart = await getChart(context.store, context.caller.workspaceId, chartKey)
  if (chart === undefined) return refuse({ code: 'chart-not-found', chartKey })
  if (chart.published === undefined) return refuse({ code: 'chart-not-published', chartKey })
  const facts = await describeChart(context, chart)
  const validate = await validatorFor(context, [facts])
  const { errors, warnings } = validate(facts?.broken ?? [])
  if (errors.length > 0) {
    return refuse({ code: 'drawing-invalid', chartKey, version: 'published', errors, warnings })
  }
  return succeed({ chart, facts })
}

/** An event, or a season, as it is wanted. */
export interface NewEventInput {
  readonly head: NewHead
  readonly details: EventDetails
  /** In the request, where that has several. */
  readonly place?: number
  readonly channels?: readonly NewChannel[]
}

/** The same, its channels among what it says. */
export type WithTerms = Pick<NewEventInput, 'head' | 'details' | 'place'>

/** Gives the channels of new events their ids; refuses those that cannot be beside each other. */
export function withChannels(
  context: Context,
  events: readonly NewEventInput[],
): Outcome<WithTerms[]> {
  const made: WithTerms[] = []
  for (const { channels: wanted = [], details, ...event } of events) {
    const channels = addChannels([], wanted, () => newChannelId(context))
    if (!channels.ok) return channels
    const own = channels.value.length === 0 ? {} : { channels: channels.value }
    made.push({ ...event, details: { ...details, ...own } })
  }
  return succeed(made)
}

/** Refuses the first object whose category neither its event nor the chart has, and the first area of which channels have too much. */
export function refuseTerms(
  events: readonly WithTerms[],
  facts: ChartFacts | undefined,
): Refused | undefined {
  return refuseUnknown(events, facts) ?? refuseAreas(events, facts)
}

function refuseUnknown(
  events: readonly WithTerms[],
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
