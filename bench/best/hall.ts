import { createChart } from '../../lib/actions/charts/create-chart.ts'
import { publishChart } from '../../lib/actions/charts/publish-chart.ts'
import type { Context } from '../../lib/actions/context.ts'
import { createEvent } from '../../lib/actions/events/create-event.ts'
import { changeStatuses } from '../../lib/actions/seats/change-statuses.ts'
import { OBJECTS_MAX } from '../../lib/limits/limits.ts'
import type { Port } from '../../lib/store/table/port.ts'
import { readChart } from '../../lib/venue/read-chart.ts'
import { inventoryOf, type Inventory } from '../../lib/venue/terms.ts'
import { diceOf } from '../dice.ts'
import { contextOver, resultOf } from '../world.ts'

/** Rows of seats in front of one point, so much of them sold, here and there. */
export interface BestHall {
  readonly rows: number
  readonly seatsPerRow: number
  /** From 0 to 1. */
  readonly sold: number
}

/** As many seats as the largest drawing has that we know. */
export const arena = { rows: 150, seatsPerRow: 60 }

export const EVENT_KEY = 'night-1'

/** Units from one row to the next. */
export const ROW_UNITS = 30

/** The objects of such a hall, and which of them are sold: the same for a seed. */
export function drawnHall(
  hall: BestHall,
  seed: number,
): { inventory: Inventory; sold: ReadonlySet<string> } {
  const inventory = inventoryOf(readChart(draw(hall)))
  return { inventory, sold: soldOf(inventory, hall.sold, seed) }
}

/** So much of a hall, here and there. */
export function soldOf({ named }: Inventory, share: number, seed: number): ReadonlySet<string> {
  const dice = diceOf(seed)
  return new Set([...named.keys()].filter(() => dice() < share))
}

/** An event in such a hall. */
export async function openBestHall(
  port: Port,
  hall: BestHall,
  seed: number,
): Promise<ReturnType<typeof drawnHall>> {
  const context = contextOver(port)
  const { chartKey } = resultOf(await createChart(context, { name: 'Hall', drawing: draw(hall) }))
  resultOf(await publishChart(context, chartKey))
  resultOf(await createEvent(context, { chartKey, eventKey: EVENT_KEY }))
  const drawn = drawnHall(hall, seed)
  await sell(context, [...drawn.sold])
  return drawn
}

async function sell(context: Context, labels: readonly string[]): Promise<void> {
  for (let at = 0; at < labels.length; at += OBJECTS_MAX) {
    const objects = labels.slice(at, at + OBJECTS_MAX).map((label) => ({ label }))
    const step = { eventKeys: [EVENT_KEY], objects, change: { kind: 'set-booked' as const } }
    resultOf(await changeStatuses(context, [step]))
  }
}

function draw({ rows, seatsPerRow }: BestHall): object {
  const list = [{ key: 1, label: 'Standard', color: '#2b8a3e', accessible: false }]
  const drawn = Array.from({ length: rows }, (_, row) => ({
    label: `R${row + 1}`,
    seats: Array.from({ length: seatsPerRow }, (__, seat) => {
      return { label: String(seat + 1), x: seat * 20, y: row * ROW_UNITS, categoryKey: 1 }
    }),
  }))
  const focalPoint = { x: (seatsPerRow - 1) * 10, y: 0 }
  return { name: 'Hall', categories: { list }, subChart: { focalPoint, rows: drawn } }
}
