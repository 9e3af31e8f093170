import { createChart } from '../../lib/actions/charts/create-chart.ts'
import { publishChart } from '../../lib/actions/charts/publish-chart.ts'
import { createEvent } from '../../lib/actions/events/create-event.ts'
import { changeSeats } from '../../lib/actions/seats/change-seats.ts'
import { instant } from '../../lib/clock.ts'
import { Fault } from '../../lib/faults.ts'
import type { Refusal } from '../../lib/refusals.ts'
import type { Change } from '../../lib/rules/machine.ts'
import { blockName } from '../../lib/rules/area/block-name.ts'
import { bookedIn, heldIn } from '../../lib/rules/area/block.ts'
import { blocksFor } from '../../lib/rules/area/plan.ts'
import { readBlockItem } from '../../lib/store/table/area-items.ts'
import { batchGet } from '../../lib/store/table/read.ts'
import { keys } from '../../lib/store/table/table.ts'
import { contextOver, resultOf } from '../world.ts'
import type { LoadedTable } from './loaded-table.ts'
import type { PlaceAnswer, PlaceOrder, PlaceSeller } from './place-seller.ts'

// Sells through the action that every endpoint calls which holds and books.

const EVENT_KEY = 'night-1'
const LABEL = 'Lawn'

/** Milliseconds that holds last: longer than a sale. */
const HOLD_MS = 15 * 60 * 1000

/** Opens an event on a chart with nothing but the area, as a process knows it that has sold before. */
export async function openHoldfastPlaces(
  { port, idle }: LoadedTable,
  capacity: number,
): Promise<PlaceSeller> {
  const context = contextOver(port)
  const chart = { name: 'Meadow', drawing: drawMeadow(capacity) }
  const { chartKey } = resultOf(await createChart(context, chart))
  resultOf(await publishChart(context, chartKey))
  const { event } = resultOf(await createEvent(context, { chartKey, eventKey: EVENT_KEY }))
  const names = Array.from({ length: blocksFor(capacity) }, (_, block) => {
    return keys.seat(event, blockName({ label: LABEL, block }))
  })
  const change = async (order: PlaceOrder, wanted: Change): Promise<PlaceAnswer> => {
    const parts = [{ eventKey: EVENT_KEY, labels: [LABEL] }] as const
    try {
      const outcome = await changeSeats(context, { parts, change: wanted, places: order.places })
      return outcome.ok ? 'done' : answerTo(outcome.refusal)
    } catch (error) {
      // What the endpoint answers with a 503.
      if (error instanceof Fault && error.outcome === 'not-applied') return 'busy'
      if ((error as Error).name.startsWith('Provisioned')) return 'busy'
      throw error
    }
  }
  const seller: PlaceSeller = {
    hold: (order) => {
      const until = instant(port.clock.now() + HOLD_MS)
      return change(order, { kind: 'hold', holdToken: order.token, until })
    },
    book: (order) => change(order, { kind: 'book-held', holdToken: order.token }),
    taken: async () => {
      const blocks = [...(await batchGet(idle, names)).values()].flatMap((item) => {
        return readBlockItem(item) ?? []
      })
      return blocks.reduce((all, it) => all + bookedIn(it) + heldIn(it, port.clock.now()), 0)
    },
  }
  // The first sight of an event costs a read more, once in a process; more places than there are are refused, and leave nothing.
  await seller.hold({ token: 'token-of-warm-up', places: capacity + 1 })
  return seller
}

function answerTo(refusal: Refusal): PlaceAnswer {
  if (refusal.code === 'store-slow') return 'busy'
  if (refusal.code !== 'seats-refused') throw new Error(`The bench was refused: ${refusal.code}`)
  const codes = new Set(refusal.seats.map(({ code }) => code))
  if (codes.has('busy')) return 'busy'
  if (codes.has('not-enough-places')) return 'sold-out'
  throw new Error(`The bench was refused: ${[...codes].join(', ')}`)
}

/** The drawing of a chart with nothing but an area. */
export function drawMeadow(capacity: number): object {
  const list = [{ key: 1, label: 'Standard', color: '#2b8a3e', accessible: false }]
  const box = { type: 'rectangle', center: { x: 200, y: 250 }, width: 120, height: 60 }
  const area = { objectType: 'generalAdmission', label: LABEL, categoryKey: 1, capacity, ...box }
  return { name: 'Meadow', categories: { list }, subChart: { generalAdmissionAreas: [area] } }
}
