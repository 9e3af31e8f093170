import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import { createChart } from '../lib/actions/charts/create-chart.ts'
import { createEvent } from '../lib/actions/events/create-event.ts'
import type { Context } from '../lib/actions/context.ts'
import { publishChart } from '../lib/actions/charts/publish-chart.ts'
import { systemClock, type Clock } from '../lib/clock.ts'
import type { EventHead } from '../lib/records/records.ts'
import type { Outcome } from '../lib/refusals.ts'
import { runtimeOver } from '../lib/open.ts'
import { openPort, type Port } from '../lib/store/table/port.ts'
import { createTable } from '../local/data/create-table.ts'
import { createEngine, type Engine } from '@holdfast/dynamodb/engine'
import { inProcess } from '@holdfast/dynamodb/in-process'
import { seededIds } from './dice.ts'

/** An embedded table of its own, in process, with events on one chart. */
export interface World {
  readonly engine: Engine
  readonly port: Port
  readonly context: Context
  readonly events: ReadonlyMap<string, EventHead>
  /** Of every event: `A-1`, `A-2`, …, row by row. */
  readonly labels: readonly string[]
}

export interface Hall {
  readonly rows: number
  readonly seatsPerRow: number
  readonly events: number
}

const TABLE = 'holdfast-bench'

/** Answers the SDK's requests. */
export type RequestHandler = NonNullable<DynamoDBClientConfig['requestHandler']>

export interface WorldOptions {
  readonly seed: number
  /** The machine's clock when absent. */
  readonly clock?: Clock
  /** What stands between the client and the engine. */
  readonly wrap?: (inner: RequestHandler) => RequestHandler
}

/** Opens one; the same hall and seed give the same world. */
export async function openWorld(
  hall: Hall,
  { seed, clock = systemClock, wrap = (inner) => inner }: WorldOptions,
): Promise<World> {
  const engine = await createEngine({ clock })
  const client = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
    requestHandler: wrap(inProcess(engine)),
  }
  await createTable(new DynamoDBClient(client), TABLE)
  const port = openPort({
    tableName: TABLE,
    client,
    clock,
    ids: seededIds(clock, seed),
    log: (line) => {
      console.error(JSON.stringify(line))
    },
  })
  const context = contextOver(port)
  const events = await createEvents(context, hall)
  const labels = rowsOf(hall).flatMap((row) => seatsOf(hall).map((seat) => `${row}-${seat}`))
  return { engine, port, context, events, labels }
}

/** A secret key of the bench's workspace asks. */
export function contextOver(port: Port): Context {
  const { clock, ids, store, backOff } = runtimeOver(port)
  return {
    now: () => clock.now(),
    backOff,
    ids,
    store,
    caller: {
      keyId: 'bench',
      kind: 'secret',
      workspaceId: 'bench',
      settings: { publishableMayBook: true },
      address: '127.0.0.1',
    },
  }
}

async function createEvents(context: Context, hall: Hall): Promise<Map<string, EventHead>> {
  const chart = { name: 'Hall', drawing: draw(hall) }
  const { chartKey } = resultOf(await createChart(context, chart))
  resultOf(await publishChart(context, chartKey))
  const events = new Map<string, EventHead>()
  for (let number = 1; number <= hall.events; number += 1) {
    const eventKey = `night-${number}`
    const { event } = resultOf(await createEvent(context, { chartKey, eventKey }))
    events.set(eventKey, event)
  }
  return events
}

/** The drawing of a hall, for a chart. */
export function draw(hall: Hall): object {
  const list = [{ key: 1, label: 'Standard', color: '#2b8a3e', accessible: false }]
  const rows = rowsOf(hall).map((label, row) => ({
    label,
    seats: seatsOf(hall).map((seat) => ({
      label: String(seat),
      x: seat * 20,
      y: row * 30,
      categoryKey: 1,
    })),
  }))
  return { name: 'Hall', categories: { list }, subChart: { rows } }
}

/** Labels of the rows, at most 26. */
export function rowsOf({ rows }: Hall): string[] {
  return Array.from({ length: rows }, (_, row) => String.fromCharCode(65 + row))
}

/** Numbers of the seats in each row. */
export function seatsOf({ seatsPerRow }: Hall): number[] {
  return Array.from({ length: seatsPerRow }, (_, seat) => seat + 1)
}

/** What came of a request that must not be refused. */
export function resultOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Error(`The bench's hall was refused: ${outcome.refusal.code}`)
}
