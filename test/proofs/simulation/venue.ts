import { createChart } from '../../../lib/actions/charts/create-chart.ts'
import { createEvent } from '../../../lib/actions/events/create-event.ts'
import { publishChart } from '../../../lib/actions/charts/publish-chart.ts'
import type { Caller, Context } from '../../../lib/actions/context.ts'
import { instant, type Clock } from '../../../lib/clock.ts'
import type { Outcome } from '../../../lib/refusals.ts'
import { webhookTypes, type WebhookType } from '../../../lib/rules/notice.ts'
import { runtimeOver } from '../../../lib/open.ts'
import type { Port } from '../../../lib/store/table/port.ts'
import { drawArea, drawTable, rowDrawing } from '../../support/drawings.ts'
import type { MemorySnapshot } from '../../support/memory-store.ts'
import { openMemoryTable, type MemoryTable } from '../../support/memory-table.ts'
import { seededIds } from '../../support/seeded-ids.ts'
import type { Subscriber as AnySubscriber } from './receivers.ts'
import { createWebhook } from '../../../lib/store/webhooks/webhook-endpoints.ts'

/** When every run starts. */
export const START = Date.UTC(2027, 2, 4, 18, 20)

/** Whoever asks, in every request. */
export const caller: Caller = {
  keyId: 'one-secret',
  kind: 'secret',
  workspaceId: 'one',
  settings: { publishableMayBook: true },
  address: '127.0.0.1',
}

export interface Subscriber extends AnySubscriber {
  readonly types: readonly WebhookType[]
}

export interface VenueEvent {
  readonly eventKey: string
  readonly eventId: string
}

/** A table with a few small events on sale, which every run finds as it was. */
export interface Venue {
  readonly table: MemoryTable
  readonly events: readonly VenueEvent[]
  /** Of each event, with the table and its seats, of which it sells one or the other. */
  readonly labels: readonly string[]
  /** Webhook endpoints that are on file. */
  readonly subscribers: readonly Subscriber[]
  /** Puts the table back, and lets its time come from this clock. */
  reset(now: () => number): void
}

const EVENTS = 3
const ROWS = ['A', 'B']
const SEATS_PER_ROW = 3

/** The one table of the hall, which the chart sells by seat. */
export const TABLE: { readonly label: string; readonly seats: readonly string[] } = {
  label: 'T',
  seats: ['T-1', 'T-2'],
}

/** Areas of the hall whose places are sold one by one: one of two blocks, and one that is sold out at once. */
export const AREAS: readonly { readonly label: string; readonly capacity: number }[] = [
  { label: 'G', capacity: 60 },
  { label: 'P', capacity: 3 },
]

/** Makes the events of a venue on its chart. */
export type EventMaker = (context: Context, chartKey: string) => Promise<VenueEvent[]>

/** Builds the venue: through the production actions, with nothing going wrong yet. */
export async function openVenue(makeEvents: EventMaker = makeNights): Promise<Venue> {
  let now = () => START
  const clock: Clock = { now: () => instant(now()), sleep: () => Promise.resolve() }
  const table = await openMemoryTable(clock)
  const events = await makeAll(table, clock, makeEvents)
  const labels = ROWS.flatMap((row) =>
    Array.from({ length: SEATS_PER_ROW }, (_, seat) => `${row}-${seat + 1}`),
  )
  labels.push(TABLE.label, ...TABLE.seats)
  await subscribe(table, clock)
  const snapshot: MemorySnapshot = table.snapshot()
  return {
    table,
    events,
    labels,
    subscribers,
    reset: (time) => {
      now = time
      table.restore(snapshot)
    },
  }
}

/** Who subscribes where anybody does: one to everything, one only to what is sold and given back. */
const subscribers: readonly Subscriber[] = [
  { endpointId: 'wh_all', types: webhookTypes, url: 'https://all.tickets.example/seats' },
  {
    endpointId: 'wh_sales',
    types: ['seat.booked', 'seat.released'],
    url: 'https://sales.tickets.example/seats',
  },
]

async function subscribe(table: MemoryTable, clock: Clock): Promise<void> {
  const { store } = runtimeOver(portOver(table, clock))
  for (const [index, subscriber] of subscribers.entries()) {
    const endpoint = {
      ...subscriber,
      workspaceId: caller.workspaceId,
      environment: 'production',
      serial: index + 1,
      isEnabled: true,
      secretGeneration: 1,
      createdAt: clock.now(),
      updatedAt: clock.now(),
    } as const
    await createWebhook(store, endpoint)
  }
}

/** A port over a table in memory, under that clock. */
export function portOver(table: MemoryTable, clock: Clock): Port {
  const client = table.client()
  return {
    tableName: table.tableName,
    reader: client,
    writer: client,
    clock,
    ids: seededIds(clock, 'venue'),
    log: () => undefined,
    transactionItemsMax: 100,
    statementsMax: 25,
  }
}

async function makeAll(
  table: MemoryTable,
  clock: Clock,
  makeEvents: EventMaker,
): Promise<VenueEvent[]> {
  const port = portOver(table, clock)
  const { ids } = port
  const { store, backOff } = runtimeOver(port)
  const context: Context = { now: () => clock.now(), backOff, ids, store, caller }
  const drawing = hallDrawing()
  const chart = valueOf(await createChart(context, { name: 'Hall', drawing }))
  const { chartKey } = chart
  valueOf(await publishChart(context, chartKey))
  return makeEvents(context, chartKey)
}

async function makeNights(context: Context, chartKey: string): Promise<VenueEvent[]> {
  const events: VenueEvent[] = []
  for (let night = 1; night <= EVENTS; night += 1) {
    const request = { chartKey, eventKey: `night-${night}` }
    const { event } = valueOf(await createEvent(context, request))
    events.push({ eventKey: event.eventKey, eventId: event.eventId })
  }
  return events
}

/** The hall, with other capacities of its areas if that is wanted; named for those, so that what is published tells them. */
export function hallDrawing(capacities: Readonly<Record<string, number>> = {}): object {
  const areas = AREAS.map(({ label, capacity }) => [label, capacities[label] ?? capacity] as const)
  return rowDrawing({
    name: `Hall ${areas.map(([label, capacity]) => `${label}=${capacity}`).join(' ')}`,
    rows: ROWS.length,
    seatsPerRow: SEATS_PER_ROW,
    plane: {
      tables: [drawTable(TABLE.label, TABLE.seats.length)],
      generalAdmissionAreas: areas.map(([label, capacity]) => drawArea(label, capacity)),
    },
  })
}

/** What came of a request that nothing may refuse. */
export function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (outcome.ok) return outcome.value
  throw new Error(`The venue was refused: ${JSON.stringify(outcome.refusal)}`)
}
