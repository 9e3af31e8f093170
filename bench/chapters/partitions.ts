import {
  afterSplits,
  AHEAD_SECONDS,
  groundOf,
  mostOf,
  waitingOf,
  type Ground,
} from '../partitions/arrivals.ts'
import { loadOfHold, type Share } from '../partitions/hold-load.ts'
import { evenLayout } from '../partitions/layout.ts'
import { measureReadings, type ReadingRow } from '../partitions/readings.ts'
import { percentile } from './percentile.ts'

/** Milliseconds of waiting that 99 in a hundred holds may have. */
export const WAITING_MS_MAX = 200

/** Shards of an event, and partitions of its table, that are looked at. */
export const shardCounts = [16, 32, 64, 128, 256, 512] as const
const readCounts = [16, 64, 256]
export const partitionCounts = [4, 16, 40] as const

/** How much of it to measure. */
export interface PartitionsPlan {
  /** Events, each with keys elsewhere. */
  readonly events: number
  /** Seconds of each sale. */
  readonly seconds: number
  /** Times that a whole event is read. */
  readonly readings: number
}

/** What holds a second pass. */
export interface PassingRow {
  readonly shards: number
  readonly partitions: number
  /** Of half the events, and of all of them; then of half of them after hot partitions were split once. */
  readonly p50: number
  readonly least: number
  readonly afterSplit: number
}

export interface PartitionsResult {
  readonly shares: readonly Share[]
  readonly passing: readonly PassingRow[]
  /** The same for a minute, where partitions have kept what was unused for 300 s: of half the events. */
  readonly burst: readonly { readonly partitions: number; readonly p50: number }[]
  readonly readings: readonly ReadingRow[]
}

/** Shards of the line with burst. */
export const BURST_SHARDS = 128

/** Seconds of burst and of the sale, a tenth of each: what passes is the same. */
const BURST = { aheadSeconds: 30, seconds: 6 }

/** Searches the most holds a second that pass, for each number of shards and partitions; then reads whole events. */
export async function measurePartitions(
  plan: PartitionsPlan,
  seed: number,
): Promise<PartitionsResult> {
  const shares = await loadOfHold(seed)
  const passing = shardCounts.flatMap((shards) =>
    partitionCounts.map((partitions) => passingOf(plan, { shares, shards, partitions, seed })),
  )
  const burst = partitionCounts.map((partitions) => {
    const found = eventsOf(plan, { shares, shards: BURST_SHARDS, partitions }).map((ground) =>
      search(ground, { ...BURST, seed }),
    )
    return { partitions, p50: percentile(found, 0.5) }
  })
  return { shares, passing, burst, readings: await measureReadings(readCounts, plan, seed) }
}

interface Wanted {
  readonly shares: readonly Share[]
  readonly shards: number
  readonly partitions: number
}

function eventsOf({ events }: PartitionsPlan, { shares, shards, partitions }: Wanted): Ground[] {
  return Array.from({ length: events }, (_, number) =>
    groundOf(evenLayout(partitions), { eventId: `event-${number}`, shards }, shares),
  )
}

function passingOf(plan: PartitionsPlan, wanted: Wanted & { seed: number }): PassingRow {
  const { shards, partitions, seed } = wanted
  const sale = { seconds: plan.seconds, aheadSeconds: AHEAD_SECONDS, seed }
  const grounds = eventsOf(plan, wanted)
  const found = grounds.map((ground) => search(ground, sale))
  const split = grounds.map((ground) => search(afterSplits(ground, 2 * mostOf(ground), 1), sale))
  const p50 = percentile(found, 0.5)
  return { shards, partitions, p50, least: Math.min(...found), afterSplit: percentile(split, 0.5) }
}

/** Steps of the search: to one in fifty of what the busiest partition has units for. */
const STEPS = 5

function search(
  ground: Ground,
  sale: { seconds: number; aheadSeconds: number; seed: number },
): number {
  const most = mostOf(ground) * (1 + (sale.aheadSeconds > 1 ? sale.aheadSeconds / sale.seconds : 0))
  let [passes, fails] = [0.3 * most, 1.1 * most]
  for (let step = 0; step < STEPS; step += 1) {
    const perSecond = (passes + fails) / 2
    if (waitingOf(ground, { ...sale, perSecond }) < WAITING_MS_MAX) passes = perSecond
    else fails = perSecond
  }
  return passes
}
