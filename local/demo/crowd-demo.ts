import { changeSeats } from '../../lib/actions/seats/change-seats.ts'
import type { Context } from '../../lib/actions/context.ts'
import { addSeconds } from '../../lib/clock.ts'
import type { Runtime } from '../../lib/open.ts'
import type { Change } from '../../lib/rules/machine.ts'
import { DEMO_EVENT_KEY, demoContext, must } from './seed-demo.ts'

/** As long as a hold may be. */
const HOLD_SECONDS = 7_200

const sold = [...row('D', 5, 12), ...row('E', 7, 8), ...row('F', 10, 15), ...row('H', 1, 4)]

const baskets = [
  { holdToken: 'demo-basket-of-two', labels: row('E', 11, 12) },
  { holdToken: 'demo-basket-of-five', labels: row('G', 8, 12) },
]

/** Sells some seats of the demo event, and has some held for two hours: an event with nobody in it shows little. */
export async function crowdDemo(runtime: Runtime): Promise<void> {
  const context = demoContext(runtime)
  const until = addSeconds(runtime.clock.now(), HOLD_SECONDS)
  await change(context, sold, { kind: 'set-booked', orderId: 'demo-order' })
  for (const { holdToken, labels } of baskets) {
    await change(context, labels, { kind: 'hold', holdToken, until })
  }
}

async function change(context: Context, labels: readonly string[], how: Change): Promise<void> {
  const parts = [{ eventKey: DEMO_EVENT_KEY, labels }] as const
  must(await changeSeats(context, { parts, change: how }))
}

/** Seats of the stalls. */
function row(label: string, from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, at) => `S-${label}-${from + at}`)
}
