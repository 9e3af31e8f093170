import { createHash } from 'node:crypto'
import { partitionStarts } from '../../lib/store/table/partitions.ts'
import type { Touched, UnitLimits } from '../areas/partition-limits.ts'

/** Seconds of units that a partition has saved up at most. */
const AHEAD_SECONDS = 1

const PLENTY = 1_000_000

/** Partitions of the table onto which keys are thrown. */
const PARTITIONS = 8

/** What every request of an event reads, whoever asks for whatever. */
const HEADS: readonly string[] = Object.entries(partitionStarts).flatMap(([name, start]) =>
  ['events', 'charts', 'revisions'].includes(name) ? [start] : [],
)

/** One limit, with the units that it let through. */
export interface Overloaded extends UnitLimits {
  /** Units a second that it lets through in all. */
  readonly perSecond: number
  units: number
}

/** What is in the way of a sale, each at a hundredth of what DynamoDB lets through. */
export const overloads = {
  /** Units of the partitions on which rows lie. */
  rows: (isOff: boolean) =>
    limited({ perSecond: 160, partitions: PARTITIONS, isOff }, ({ partition, isWritten }) =>
      isWritten && partition.startsWith(partitionStarts.seats) ? evenly(partition) : undefined,
    ),
  /** Units of the partition on which everything lies that all requests read. */
  heads: (isOff: boolean) =>
    limited({ perSecond: 60, isOff }, ({ partition, isWritten }) =>
      !isWritten && HEADS.some((start) => partition.startsWith(start)) ? 'heads' : undefined,
    ),
  /** Units of the partition of the block of an area that all want. */
  block: (isOff: boolean) =>
    limited({ perSecond: 60, isOff }, ({ partition, isWritten }) =>
      isWritten && partition.startsWith(partitionStarts.seats) ? 'block' : undefined,
    ),
  /** Write units of the whole table. */
  table: (isOff: boolean) =>
    limited({ perSecond: 400, isOff }, ({ isWritten }) => (isWritten ? 'table' : undefined)),
  /** Units of all partitions, with what a refused transaction took of others. */
  partitions: (isOff: boolean) =>
    limited({ perSecond: 400, partitions: PARTITIONS, isOff }, ({ partition, isWritten }) =>
      isWritten ? partitionOf(partition) : undefined,
    ),
} as const satisfies Record<string, (isOff: boolean) => Overloaded>

/** A limit by its name. */
export type OverloadName = keyof typeof overloads

/** Keys of shards, spread as evenly as can be. */
function evenly(key: string): string {
  return `partition ${Number(key.split('#').at(-1)) % PARTITIONS}`
}

function partitionOf(key: string): string {
  return `partition ${createHash('md5').update(key).digest().readUInt32BE() % PARTITIONS}`
}

function limited(
  { perSecond, partitions = 1, isOff }: { perSecond: number; partitions?: number; isOff: boolean },
  nameOf: (touched: Touched) => string | undefined,
): Overloaded {
  const limits: Overloaded = {
    perSecond,
    units: 0,
    limitOf: (touched) => {
      const name = nameOf(touched)
      if (name === undefined || isOff) {
        if (name !== undefined) limits.units += touched.units
        return { name: touched.partition, perSecond: PLENTY }
      }
      return { name, perSecond: perSecond / partitions }
    },
    aheadSeconds: AHEAD_SECONDS,
    failedTake: true,
  }
  return limits
}
