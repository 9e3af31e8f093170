// Which records of the table's stream call a worker: the others would only be paid for. A filter must pass whatever the worker
// does something about; the tests hand a worker what its filter drops, and see that it does nothing.

/** A pattern as event source mappings take it. */
export type StreamFilter = Readonly<Record<string, unknown>>

const partitionStarts = (...prefixes: string[]) => ({
  Keys: { pk: { S: prefixes.map((prefix) => ({ prefix })) } },
})

/** By the worker's name; a worker that is not here gets every record. */
export const streamFilters: Readonly<Record<string, readonly StreamFilter[]>> = {
  'relay-changes': [
    // Rows that have a state: what was removed with its event tells nothing.
    {
      eventName: ['INSERT', 'MODIFY'],
      dynamodb: { ...partitionStarts('S#'), NewImage: { v: { N: [{ exists: true }] } } },
    },
    // Holds that begin, and entries that TTL tidies up.
    {
      eventName: ['INSERT', 'REMOVE'],
      dynamodb: { Keys: { pk: { S: [{ prefix: 'T#' }] }, sk: { S: [{ prefix: 'H#' }] } } },
    },
  ],
  'watch-table': [
    // Events and charts that changed or went.
    { eventName: ['MODIFY', 'REMOVE'], dynamodb: partitionStarts('E#', 'C#') },
    // Large commits that begin.
    { eventName: ['INSERT'], dynamodb: partitionStarts('O#') },
    // Rows and tokens with a lock on them.
    {
      dynamodb: {
        ...partitionStarts('S#', 'T#'),
        NewImage: { lk: { S: [{ exists: true }] } },
      },
    },
  ],
}
