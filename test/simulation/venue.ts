import { createChart } from '../../lib/actions/create-chart.ts'
import { createEvent } from '../../lib/actions/create-event.ts'
import { publishChart } from '../../lib/actions/publish-chart.ts'
import type { Caller, Context } from '../../lib/actions/context.ts'
import { instant, type Clock } from '../../lib/clock.ts'
import type { Outcome } from '../../lib/inventory/refusals.ts'
import { runtimeOver } from '../../lib/open.ts'
import { rowDrawing } from '../support/drawings.ts'
import type { MemorySnapshot } from '../support/memory-store.ts'
import { openMemoryTable, type MemoryTable } from '../support/memory-table.ts'
import { seededIds } from '../support/seeded-ids.ts'

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

export interface VenueEvent {
  readonly eventKey: string
  readonly eventId: string
}

/** A table with a few small events on sale, which every run finds as it was. */
export interface Venue {
  readonly table: MemoryTable
  readonly events: readonly VenueEvent[]
  /** Of each event. */
  readonly labels: readonly string[]
  /** Puts the table back, and lets its time come from this clock. */
  reset(now: () => number): void
}

const EVENTS = 3
const ROWS = ['A', 'B']
const SEATS_PER_ROW = 4

/** Builds the venue: through the production actions, with nothing going wrong yet. */
export async function openVenue(): Promise<Venue> {
  let now = () => START
  const clock: Clock = { now: () => instant(now()), sleep: () => Promise.resolve() }
  const table = await openMemoryTable(clock)
  const events = await makeEvents(table, clock)
  const labels = ROWS.flatMap((row) =>
    Array.from({ length: SEATS_PER_ROW }, (_, seat) => `${row}-${seat + 1}`),
  )
  const snapshot: MemorySnapshot = table.snapshot()
  return {
    table,
    events,
    labels,
    reset: (time) => {
      now = time
      table.restore(snapshot)
    },
  }
}

async function makeEvents(table: MemoryTable, clock: Clock): Promise<VenueEvent[]> {
  const ids = seededIds(clock, 'venue')
  const client = table.client()
  const { tableName } = table
  const log = () => undefined
  const port = {
    tableName,
    reader: client,
    writer: client,
    clock,
    ids,
    log,
    transactionItemsMax: 100,
  }
  const { store, backOff } = runtimeOver(port)
  const context: Context = { now: () => clock.now(), backOff, ids, store, caller }
  const drawing = rowDrawing({ rows: ROWS.length, seatsPerRow: SEATS_PER_ROW })
  const chart = valueOf(await createChart(context, { name: 'Hall', drawing }, (it) => it))
  const { chartKey } = chart
  valueOf(await publishChart(context, chartKey, (it) => it))
  const events: VenueEvent[] = []
  for (let night = 1; night <= EVENTS; night += 1) {
    const request = { chartKey, eventKey: `night-${night}` }
    const { event } = valueOf(await createEvent(context, request, (it) => it))
    events.push({ eventKey: event.eventKey, eventId: event.eventId })
  }
  return events
}

function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (outcome.ok) return outcome.value
  throw new Error(`The venue was refused: ${JSON.stringify(outcome.refusal)}`)
}
