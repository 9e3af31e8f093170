import type { EventRef } from '../inventory/seat.ts'
import { deletePartition } from './delete-partition.ts'
import type { Port } from './port.ts'
import { historyPartition, seatPartition } from './table.ts'

/** Removes the rows and the history of an event that is gone; may be repeated. Its hold entries go by TTL. */
export async function purgeEvent(port: Port, event: EventRef): Promise<void> {
  for (let shard = 0; shard < event.shards; shard += 1) {
    await deletePartition(port, seatPartition(event, shard))
    await deletePartition(port, historyPartition(event, shard))
  }
}
