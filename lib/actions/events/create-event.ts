import { defined } from '../../defined.ts'
import type { ChartFacts, ChartHead, Demand, EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { shardsFor } from '../../rules/shards.ts'
import { capacitiesKept } from '../../venue/area-capacities.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { describeChart } from './describe-events.ts'
import type { EventWithChart } from './get-event.ts'
import { getChart } from '../../store/charts/charts.ts'
import { createEvents } from '../../store/events/create-events.ts'
import { newSerial } from '../../store/table/serials.ts'

/** Hexadecimal characters that make a key of ours unique. */
const KEY_TAIL_LENGTH = 8

/** Characters of the event's name that its key takes over. */
const KEY_SLUG_LENGTH_MAX = 40

export interface NewEvent {
  readonly chartKey: string
  readonly name?: string
  /** The caller's own key; without one the event gets one made from its name. */
  readonly eventKey?: string
  /** Whose holds need an admission token. */
  readonly admission?: Demand
}

/** Creates an event; refuses an unknown chart, an unpublished one, and a key that is taken. */
export async function createEvent(
  context: Context,
  request: NewEvent,
): Promise<Outcome<EventWithChart>> {
  const { chartKey, name, admission } = request
  const { store, caller, keyed, ids } = context
  let left: string | undefined
  return inRoundsOn(context, { what: 'chart', key: chartKey }, async () => {
    const chart = await getChart(store, caller.workspaceId, chartKey)
    if (chart === undefined) return refuse({ code: 'chart-not-found', chartKey })
    if (chart.published === undefined) return refuse({ code: 'chart-not-published', chartKey })
    const eventKey = request.eventKey ?? makeKey(name, ids.hex(KEY_TAIL_LENGTH))
    const named = defined({ name, admission })
    const facts = await describeChart(context, chart)
    const event = newEventHead(context, { chart, facts }, { eventKey, ...named })
    const result = { event, chart }
    const record = { head: event, details: {} }
    const receipt = keyed?.receiptFor(result, left)
    const outcome = await createEvents(store, [record], { receipt })
    if (outcome.status === 'created') return succeed(result)
    left = outcome.left ?? left
    const isTaken = outcome.status === 'key-taken' && request.eventKey !== undefined
    if (isTaken) return refuse({ code: 'event-key-taken', eventKey })
    return undefined
  })
}

/** What an event's head begins with beyond what is given to every event. */
export type NewHead = Pick<
  EventHead,
  'eventKey' | 'name' | 'admission' | 'date' | 'isInThePast' | 'tableBooking' | 'season'
>

/** A chart, and what is published of it; undefined while that is being replaced. */
export interface ChartToSell {
  readonly chart: ChartHead
  readonly facts: ChartFacts | undefined
}

/** The head of a new event on a chart, with a new id and number. */
export function newEventHead(
  context: Context,
  { chart, facts }: ChartToSell,
  given: NewHead,
): EventHead {
  const now = context.now()
  return {
    ...given,
    workspaceId: context.caller.workspaceId,
    eventId: context.ids.ulid(),
    serial: newSerial(context.store),
    shards: shardsFor(facts),
    chartKey: chart.chartKey,
    chartId: chart.chartId,
    ...capacitiesKept(facts?.areas ?? []),
    version: 1,
    createdAt: now,
    updatedAt: now,
  }
}

function makeKey(name: string | undefined, tail: string): string {
  const slug = (name ?? '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, KEY_SLUG_LENGTH_MAX)
    .replace(/^-+|-+$/g, '')
  return slug === '' ? `evt_${tail}` : `evt_${slug}-${tail}`
}
