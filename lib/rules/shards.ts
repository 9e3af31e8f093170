import type { ChartFacts } from '../records/records.ts'
import { EVENT_SHARDS_MAX, EVENT_SHARDS_MIN, ROWS_PER_SHARD } from '../limits/limits.ts'
import { blocksFor } from './area/plan.ts'

/**
 * Shards of a new event: a power of two, by the rows that it can come to have. Rows, and history, are spread over as many partition keys; who
 * reads the whole event asks each of them. Fixed for an event's life: its rows are found by it.
 */
export function shardsFor(facts: Pick<ChartFacts, 'objects' | 'areas'> | undefined): number {
  const { objects = 0, areas = [] } = facts ?? {}
  const blocks = areas.reduce((all, [, capacity]) => all + blocksFor(capacity) - 1, 0)
  let shards = EVENT_SHARDS_MIN
  while (shards < EVENT_SHARDS_MAX && shards * ROWS_PER_SHARD < objects + blocks) shards *= 2
  return shards
}
