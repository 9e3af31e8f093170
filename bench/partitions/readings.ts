import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb'
import type { EventRef } from '../../lib/rules/seat.ts'
import { readEventRows } from '../../lib/store/seats/read-event.ts'
import type { Item } from '../../lib/store/table/items.ts'
import type { Port } from '../../lib/store/table/port.ts'
import { getItem } from '../../lib/store/table/read.ts'
import { keys } from '../../lib/store/table/table.ts'
import { mustSend, orderOf, partsOf } from '../chapters/orders.ts'
import { percentile } from '../chapters/percentile.ts'
import { createMeter, type Cost } from '../meter.ts'
import { openHoldfast } from '../sellers/holdfast.ts'
import { openWorld } from '../world.ts'

/** What reading every row of an event once costs. */
export interface ReadingRow {
  readonly shards: number
  /** Seats that were touched. */
  readonly rows: number
  readonly cost: Cost
  readonly p50: number
}

/** Of a hall that nobody has bought in, and of one that is sold. */
const touched = [0, 3_000]

/** Items of one batch of writes. */
const BATCH = 25

/** Reads events of every number of shards as a whole. */
export async function measureReadings(
  shardCounts: readonly number[],
  { readings }: { readings: number },
  seed: number,
): Promise<ReadingRow[]> {
  const meter = createMeter()
  const world = await openWorld({ rows: 2, seatsPerRow: 20, events: 1 }, { seed, wrap: meter.wrap })
  const parts = partsOf(world, 1, 1)
  for (const verb of ['hold', 'book'] as const) {
    await mustSend(openHoldfast(world), orderOf(world, { verb, token: 'token-of-ada', parts }))
  }
  const [head] = world.events.values()
  const sold = head && (await getItem(world.port, keys.seat(head, world.labels[0] ?? '')))
  if (sold === undefined) throw new Error('Nothing was sold')
  const found: ReadingRow[] = []
  for (const shards of shardCounts) {
    for (const rows of touched) {
      const event = { eventId: `event-${shards}-${rows}`, shards }
      await putRows(world.port, { sold, event, rows })
      meter.take()
      await readEventRows(world.port, event)
      const cost = meter.take()
      const times: number[] = []
      for (let reading = 0; reading < readings; reading += 1) {
        const from = performance.now()
        await readEventRows(world.port, event)
        times.push(performance.now() - from)
      }
      found.push({ shards, rows, cost, p50: percentile(times, 0.5) })
    }
  }
  await world.engine.close()
  return found
}

interface WantedRows {
  readonly sold: Item
  readonly event: EventRef
  readonly rows: number
}

async function putRows(port: Port, { sold, event, rows }: WantedRows): Promise<void> {
  const requests = Array.from({ length: rows }, (_, seat) => {
    const key = keys.seat(event, `Parquet-${Math.floor(seat / 50)}-${seat % 50}`)
    return { PutRequest: { Item: { ...sold, ...key, e: event.eventId, sh: event.shards } } }
  })
  for (let at = 0; at < rows; at += BATCH) {
    const RequestItems = { [port.tableName]: requests.slice(at, at + BATCH) }
    await port.writer.send(new BatchWriteCommand({ RequestItems }))
  }
}
