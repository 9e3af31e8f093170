import { createMeter } from '../meter.ts'
import { openHoldfast, withKey } from '../sellers/holdfast.ts'
import { verbs, type Verb } from '../sellers/seller.ts'
import { openWorld, type Hall, type World } from '../world.ts'
import { mustSend, orderOf, partsOf } from './orders.ts'
import { writtenBy, type Written } from './written.ts'
import type { Size } from './units.ts'

/** What a large commit wrote, and what it may have written at most. */
export interface BoundRow {
  readonly verb: Verb
  readonly objects: number
  readonly events: number
  readonly isKeyed: boolean
  readonly written: Written
  readonly writeUnits: number
  readonly bound: number
}

const hall: Hall = { rows: 10, seatsPerRow: 20, events: 50 }

/** Of the formula: header, decision, end and the like. */
const STEPS_UNITS_MAX = 6

/** Units that a large commit may write: 2n + history KB + hold entry KB + details + 6, for rows of up to 1 KB. */
export function boundOf(objects: number, { history, holds, details }: Written): number {
  return 2 * objects + history + holds + details + STEPS_UNITS_MAX
}

/** Compares large commits with the bound, with and without an idempotency key. */
export async function measureBound(sizes: readonly Size[], seed: number): Promise<BoundRow[]> {
  const meter = createMeter()
  const world = await openWorld(hall, { seed, wrap: meter.wrap })
  const rows: BoundRow[] = []
  for (const isKeyed of [false, true]) {
    for (const size of sizes) {
      for (const verb of verbs) {
        meter.take()
        const written = await writtenBy(world, () => sendOne(world, { verb, isKeyed, ...size }))
        const { writeUnits } = meter.take()
        const { objects, perEvent } = size
        const events = Math.ceil(objects / perEvent)
        const bound = boundOf(objects, written)
        rows.push({ verb, objects, events, isKeyed, written, writeUnits, bound })
      }
    }
  }
  await world.engine.close()
  return rows
}

async function sendOne(
  world: World,
  { verb, isKeyed, objects, perEvent }: Size & { verb: Verb; isKeyed: boolean },
): Promise<void> {
  const context = isKeyed ? withKey(world.context) : world.context
  const parts = partsOf(world, objects, perEvent)
  const order = orderOf(world, { verb, token: 'token-of-ada', parts })
  await mustSend(openHoldfast({ context }), order)
}
