import type { DynamoDBRecord } from 'aws-lambda'
import { recover } from '../../functions/workers/recover-operations.ts'
import { watchBatch } from '../../functions/workers/watch-table.ts'
import type { Runtime } from '../../lib/open.ts'
import { OPERATION_MS_MAX } from '../../lib/store/commit/lease.ts'
import { RECOVERY_GRACE_MS } from '../../lib/store/commit/recoveries.ts'
import type { MemoryTable } from './memory-table.ts'
import type { MovedClock } from './moved-clock.ts'

/** Records that the stream hands over at a time. */
const BATCH_RECORDS = 100

/** Hands the table's stream, from that record on, to the worker that watches large commits; answers where it ends. */
export async function watchFrom(
  { table, runtime }: { table: MemoryTable; runtime: Runtime },
  from: number,
): Promise<number> {
  let at = from
  while (at < table.records.length) {
    const batch = table.records.slice(at, at + BATCH_RECORDS)
    const Records = batch as unknown as DynamoDBRecord[]
    const { batchItemFailures } = await watchBatch(runtime, { Records })
    if (batchItemFailures.length > 0) throw new Error('The worker failed')
    at += batch.length
  }
  return at
}

/** Lets stream and timer do their work, once every operation is past its time. */
export async function recoverAll(
  world: { table: MemoryTable; runtime: Runtime; clock: MovedClock },
  from: number,
): Promise<void> {
  const watched = await watchFrom(world, from)
  world.clock.advance(OPERATION_MS_MAX + RECOVERY_GRACE_MS)
  await recover(world.runtime)
  await watchFrom(world, watched)
}
