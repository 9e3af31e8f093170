import {
  BURST_SHARDS,
  partitionCounts,
  WAITING_MS_MAX,
  type PartitionsPlan,
  type PartitionsResult,
} from '../chapters/partitions.ts'
import { ASKED, HOLD_UNITS, RUSH_SECONDS, UNEVEN, warmFor } from '../partitions/warm.ts'
import { figure, table } from './markdown.ts'

/** How many holds of one event the partitions of a table let pass, and what many shards cost. */
export function partitionsText(result: PartitionsResult, plan: PartitionsPlan): string {
  const { shares, burst } = result
  const units = (pick: 'readUnits' | 'writeUnits') =>
    shares.reduce((all, share) => all + share[pick], 0)
  const passed = burst.map(({ partitions, p50 }) => `${figure(holds(p50))} on ${partitions}`)
  return `A table lies on [partitions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html), each with a range of the hashes of partition keys; each takes 1,000 write and 3,000 read units a second.
A [new on-demand table](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput-scenarios.html) takes 4,000 and 12,000 at once, which is 4 partitions. An event's rows and its history have as many partition keys as the event has *shards*; by chance several
come to lie on one partition. Holds of two seats with an idempotency key come at random moments, any seats, however those before fared; each takes
${figure(units('writeUnits'))} write and ${figure(units('readUnits'))} read units of the keys that the product's own requests name. What is throttled is tried again as the product does it. A rate passes
if 99 in a hundred holds wait less than ${WAITING_MS_MAX} ms; times of network and table are left out. ${plan.events} events with keys elsewhere, ${plan.seconds} s each, in virtual time.

### Holds of two seats a second that one event passes

Half of the events pass the first figure, and all of them the one in brackets.

${passingTable(result)}

*Split*: DynamoDB splits partitions that stay hot ([split for heat](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/throttling-key-range-limit-exceeded-mitigation.html); how soon is not documented). Here every partition that would be hot at twice the rate was cut in two, once:
half of the events then pass so many. *Burst* is left out: DynamoDB keeps units that were not used [for up to 300 s](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html), promises none of them, and [none beyond what a partition takes](https://repost.aws/knowledge-center/dynamodb-spiky-workloads-short-intervals). Were it to grant all of it, events of ${BURST_SHARDS} shards would pass for a minute: ${passed.join(', ')} partitions.

### Reading a whole event

Who reads all rows, to build a snapshot or a report, asks each shard: a request each, and a unit at least.

${readingsTable(result)}

### Warm throughput for an on-sale

All buyers hold two seats within ${RUSH_SECONDS} s, and ask ${ASKED} times: b / ${RUSH_SECONDS} × ${HOLD_UNITS.writes} × ${UNEVEN} write units (partitions are not hit evenly) and b / ${RUSH_SECONDS} × ${HOLD_UNITS.reads} × ${ASKED} read units for b buyers.

${warmTable()}`
}

/** Whole tens: more figures would say more than a search by halves knows. */
const holds = (perSecond: number) => Math.round(perSecond / 10) * 10

/** Shards by partitions. */
export function passingTable({ passing }: Pick<PartitionsResult, 'passing'>): string {
  const counts = [...new Set(passing.map(({ shards }) => shards))]
  return table(
    ['shards', ...partitionCounts.flatMap((count) => [`${count} partitions`, 'split'])],
    counts.map((shards) => [
      shards,
      ...passing
        .filter((row) => row.shards === shards)
        .flatMap(({ p50, least, afterSplit }) => [
          `${figure(holds(p50))} (${figure(holds(least))})`,
          figure(holds(afterSplit)),
        ]),
    ]),
  )
}

function readingsTable({ readings }: PartitionsResult): string {
  return table(
    ['shards', 'seats touched', 'requests', 'read units', 'p50 ms'],
    readings.map(({ shards, rows, cost, p50 }) => [
      ...[shards, rows, cost.requests, cost.readUnits, p50].map(figure),
    ]),
  )
}

/** What to order before an on-sale. */
export function warmTable(): string {
  return table(
    ['buyers', 'holds a second', 'write units a second', 'read units a second'],
    [1_000, 10_000, 50_000, 200_000].map((buyers) => {
      const { holdsPerSecond, writeUnits, readUnits } = warmFor(buyers)
      return [buyers, holdsPerSecond, writeUnits, readUnits].map(figure)
    }),
  )
}
