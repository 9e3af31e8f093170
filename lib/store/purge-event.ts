import type { EventRef } from '../inventory/seat.ts'
import { deletePartition } from './delete-partition.ts'
import type { Port } from './port.ts'
import { detailsPartition, historyPartition, seatPartition } from './table.ts'

/** Removes the rows, the history and the details of an event that is gone; may be repeated. Its hold entries go by TTL. */
export async function purgeEvent(port: Port, event: EventRef): Promise<void> {
  await deletePartition(port, detailsPartition(event.eventId))
  for (let shard = 0; shard < event.shards; shard += 1) {
    await deletePartition(port, seatPartition(event, shard))
    await deletePartition(port, historyPartition(event, shard))
  }
}
