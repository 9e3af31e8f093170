import type { EventRef } from '../../rules/seat.ts'
import { deletePartition } from '../table/delete-partition.ts'
import type { Port } from '../table/port.ts'
import {
  detailsPartition,
  historyPartition,
  seatPartition,
  snapshotPartition,
} from '../table/table.ts'

/**
 * Removes the rows, the history, the details and the snapshot of an event that is gone; may be repeated. Its hold entries go by TTL. Answers false
 * where there was no time for all of it: then it must be called again, and goes on.
 */
export async function purgeEvent(
  port: Port,
  event: EventRef,
  hasTime: () => boolean = () => true,
): Promise<boolean> {
  const shards = Array.from({ length: event.shards }, (_, shard) => shard)
  const partitions = [
    detailsPartition(event.eventId),
    snapshotPartition(event.eventId),
    ...shards.flatMap((shard) => [seatPartition(event, shard), historyPartition(event, shard)]),
  ]
  for (const partition of partitions) {
    if (!hasTime() || !(await deletePartition(port, partition, hasTime))) return false
  }
  return true
}
