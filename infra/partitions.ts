import { partitionStarts, type PartitionName } from '../lib/store/table/partitions.ts'

/** The pattern by which policies name the partitions of a kind: many with one start, or the only one. */
export function patternOf(name: PartitionName): string {
  const start = partitionStarts[name]
  return start.endsWith('#') ? `${start}*` : start
}
