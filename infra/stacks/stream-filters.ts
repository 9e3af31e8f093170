import { partitionStarts, type PartitionName } from '../../lib/store/table/partitions.ts'
import { HOLD_PREFIX } from '../../lib/store/table/table.ts'

// Which records of the table's stream call a worker: the others would only be paid for. A filter must pass whatever the worker
// does something about; the tests hand a worker what its filter drops, and see that it does nothing.

/** A pattern as event source mappings take it. */
export type StreamFilter = Readonly<Record<string, unknown>>

const partitionsOf = (...names: PartitionName[]) => ({
  pk: { S: names.map((name) => ({ prefix: partitionStarts[name] })) },
})

/** By the worker's name; a worker that is not here gets every record. */
export const streamFilters: Readonly<Record<string, readonly StreamFilter[]>> = {
  'relay-changes': [
    // Rows that have a state: what was removed with its event tells nothing.
    {
      eventName: ['INSERT', 'MODIFY'],
      dynamodb: { Keys: partitionsOf('seats'), NewImage: { v: { N: [{ exists: true }] } } },
    },
    // Events that say something else of themselves, or were deleted.
    { eventName: ['MODIFY'], dynamodb: { Keys: partitionsOf('eventsById') } },
    // Holds that begin, and entries that TTL tidies up.
    {
      eventName: ['INSERT', 'REMOVE'],
      dynamodb: { Keys: { ...partitionsOf('holds'), sk: { S: [{ prefix: HOLD_PREFIX }] } } },
    },
  ],
  'watch-table': [
    // Events and charts that changed or went.
    { eventName: ['MODIFY', 'REMOVE'], dynamodb: { Keys: partitionsOf('events', 'charts') } },
    // Large commits that begin.
    { eventName: ['INSERT'], dynamodb: { Keys: partitionsOf('operations') } },
    // Rows and tokens with a lock on them.
    {
      dynamodb: {
        Keys: partitionsOf('seats', 'holds'),
        NewImage: { lk: { S: [{ exists: true }] } },
      },
    },
  ],
}
