import { createMeter, type Cost } from '../meter.ts'
import { openHoldfast } from '../sellers/holdfast.ts'
import { openLockRecord } from '../sellers/lock-record.ts'
import type { OpenSeller, SellerName, Verb } from '../sellers/seller.ts'
import { verbs } from '../sellers/seller.ts'
import { openWriteLoop } from '../sellers/write-loop.ts'
import { openWorld, type Hall } from '../world.ts'
import { mustSend, orderOf, partsOf } from './orders.ts'
import { writtenBy, type Written } from './written.ts'

/** What one order cost one seller. */
export interface UnitsRow {
  readonly seller: SellerName
  readonly verb: Verb
  readonly objects: number
  readonly events: number
  readonly cost: Cost
  readonly written: Written
}

/** An order of so many objects, at most so many of one event. */
export interface Size {
  readonly objects: number
  readonly perEvent: number
}

const hall: Hall = { rows: 10, seatsPerRow: 20, events: 50 }

/** Holds, extends, books and releases at every size, with every seller; nobody else is there, so each figure is exact. */
export async function measureUnits(sizes: readonly Size[], seed: number): Promise<UnitsRow[]> {
  const rows: UnitsRow[] = []
  for (const open of [openHoldfast, openWriteLoop, openLockRecord]) {
    rows.push(...(await measureSeller(open, sizes, seed)))
  }
  return rows
}

async function measureSeller(open: OpenSeller, sizes: readonly Size[], seed: number) {
  const meter = createMeter()
  const world = await openWorld(hall, { seed, wrap: meter.wrap })
  const seller = open(world)
  const rows: UnitsRow[] = []
  // The first sight of each event costs a read more, once in a process.
  for (const part of partsOf(world, hall.events, 1)) {
    for (const verb of ['hold', 'release'] as const) {
      await mustSend(seller, orderOf(world, { verb, token: 'warming-up', parts: [part] }))
    }
  }
  for (const { objects, perEvent } of sizes) {
    const parts = partsOf(world, objects, perEvent)
    for (const verb of verbs) {
      const order = orderOf(world, { verb, token: 'token-of-ada', parts })
      meter.take()
      const written = await writtenBy(world, () => mustSend(seller, order))
      const cost = meter.take()
      rows.push({ seller: seller.name, verb, objects, events: parts.length, cost, written })
    }
  }
  await world.engine.close()
  return rows
}
