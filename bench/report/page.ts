import { areasText } from './areas.ts'
import { bestText } from './best.ts'
import { sellerFacts } from './facts.ts'
import type { ImageName, Results } from './figures.ts'
import {
  boundTable,
  contentionTable,
  latenessTable,
  latencyTable,
  priceTable,
  READS_PER_WRITE,
  refusalsTable,
  unitsTable,
  WRITE_UNITS_PRICE,
} from './sections.ts'
import { figure } from './markdown.ts'
import { partitionsText } from './partitions.ts'
import { verbs } from '../sellers/seller.ts'
import type { Plan } from '../plans.ts'

/** How a run was made. */
export interface Setting {
  readonly plan: Plan
  readonly seed: number
  /** Node.js and processor cores. */
  readonly machine: string
}

export interface Section {
  readonly heading: string
  readonly text: string
  readonly image?: ImageName
}

/** The whole page as Markdown. */
export function writePage(results: Results, setting: Setting): string {
  const sections = [unitsSection(results), contentionSection(results, setting)]
  const areas = { heading: 'Places of an area', text: areasText(results.areas, setting.plan.areas) }
  const best = {
    ...{ heading: 'The best seats', image: 'best' as const },
    text: bestText(results.best, setting.plan.best),
  }
  const partitions = {
    heading: 'Partitions of a table',
    text: partitionsText(results.partitions, setting.plan.partitions),
  }
  const more = [latencySection(results), boundSection(results), areas, best, partitions]
  const parts = [...sections, ...more, latenessSection(results)].map(
    ({ heading, text, image }: Section) =>
      [`## ${heading}`, ...(image === undefined ? [] : [`![${heading}](${image}.svg)`]), text].join(
        '\n\n',
      ),
  )
  return [introduction(setting), sellerFacts, ...parts].join('\n\n')
}

function introduction({ seed, machine }: Setting): string {
  return `# What selling seats costs

Written by \`npm run bench -- --seed ${seed}\` (${machine}). \`--quick\` takes a short look and writes nothing.

Everything here ran on the embedded DynamoDB, in one process, through the AWS SDK's document client: **not on AWS**. Requests and capacity
units are counted as DynamoDB documents them, so those figures carry over. Times do not: they say how the cases relate on one machine.
The embedded engine takes writes one after the other and answers within a millisecond; DynamoDB takes them in parallel and
needs several. [The end of holds](#the-end-of-holds) alone was measured from outside, over HTTP, on the product as \`npm start\` runs it,
and [places of an area](#places-of-an-area) and [the best seats](#the-best-seats) are sold in virtual time, from a table that refuses and throttles as DynamoDB does.
[Partitions of a table](#partitions-of-a-table) are a simulation: keys and units are the product's, the table is a model.`
}

function unitsSection({ units }: Results): Section {
  const tables = verbs.map((verb) => `### ${verb}\n\n${unitsTable(units, verb)}`)
  return {
    heading: 'Requests and capacity units of one order',
    image: 'units',
    text: `Nobody else is buying, and the process has seen the event before, so every figure is exact and the same in each run.
Objects lie in one event unless it says otherwise. *By the formula* stands what an order is documented to cost: one transaction of at most 100
items takes two units for each started KB of each item; above that, an order takes at most 2n + history + hold entries +
details + 6, all in started KB.

Holdfast reads one item more than the seats: a copy of the chart's revision, so that a deleted event or a new chart is
noticed at once; a hold also looks whether its token was issued here. Above one transaction, locks and effects travel 25 a request. It writes one history entry an event, a hold or extend also one hold entry an event, and every seat twice: in a transaction, which counts
double, or by locking it first. The patterns write each seat once, and nothing about it: half of Holdfast's write units for many
seats, a sixth for one.

${tables.join('\n\n')}

### A million orders

Each is held once and booked once: read and write units of the table, at the list price of ${WRITE_UNITS_PRICE} dollars for a million write units, a read unit being a fifth of one
([costs.md](../costs.md) has the rest of the bill).

${priceTable(units)}`,
  }
}

function contentionSection({ contention }: Results, { plan }: Setting): Section {
  const { buyers, rows, seatsPerRow, atOnce } = plan.crowds.shown
  const count = (value: number) => value.toLocaleString('en-US')
  return {
    heading: `${count(buyers)} buyers for ${rows * seatsPerRow} seats`,
    image: 'contention',
    text: `${rows} rows of ${seatsPerRow} seats. Each buyer asks once for one to four seats beside each other, anywhere, and books them if they were held;
${atOnce} are under way at a time, in one process. The same crowd comes to each seller. Afterwards the answers are compared with the
table: no seat was sold twice, and what was sold is booked.

${contentionTable(contention)}

${refusalsTable(contention)}

- Refused writes are charged too. A conditional write that fails is counted as one unit, as documented. A cancelled
  transaction carries no figure; it is counted as if it had been applied, which is the most it can cost.
- *With conflicts*: DynamoDB cancels a transaction that meets another one on one of its items. The embedded engine
  never does by itself; in that line each such transaction is cancelled, and Holdfast tries again. A transaction counts as under way for as long
  as it waits in this busy process, so that line has rather too many.
- *At list price*: an on-demand write unit costs as much as ${READS_PER_WRITE} read units.
- Holdfast refuses from a read: two read units (the chart's revision, the hold token) and one for each seat, no write. The write loop refuses by a write that fails. A
  partition takes 1,000 write units and 3,000 read units a second; in the embedded engine, writes wait for each other and reads do not.
- A Holdfast refusal that takes long was refused late: others took one of its seats while it wrote, and it waited a moment
  before it decided again.
- The lock record lets one order at a time into an event. Who has just unlocked is first to lock again while all others
  wait for their next try: hence the short p50 and the long p99.`,
  }
}

function latencySection({ latency }: Results): Section {
  return {
    heading: 'Commit latency',
    image: 'latency',
    text: `Holds with an idempotency key, one at a time, on an otherwise idle process; only the commit is timed, not reading and deciding before it.
With the key, the history entry and the hold entry, 97 seats are the most that one transaction takes; from 98 on an order is locked, decided and
applied. The ratios are to the first line of the same run. The p99 of 100 commits is their second slowest, of fewer their slowest.

${latencyTable(latency)}

This is the embedded engine on one machine: it takes the writes of a large commit one after the other. DynamoDB takes them in
parallel, but each over the network; so neither the times nor the ratios are those of AWS, which is unmeasured.`,
  }
}

function boundSection({ bound }: Results): Section {
  return {
    heading: 'The bound on large commits',
    image: 'bound',
    text: `Above one transaction an order may write at most 2n + history + hold entries + details + 6 units, in started KB of each item as it lies in the
table afterwards. That is for rows as they are here, well below 1 KB. While a row is locked it carries what it is and what it is to be, so a row with much extra
data is charged for the KB of both.

${boundTable(bound)}`,
  }
}

function latenessSection({ deadlines, lateness }: Results): Section {
  const { holds, refusedBefore, takenAt } = deadlines
  const { endings, before, untold } = lateness
  const count = (value: number) => value.toLocaleString('en-US')
  const { min, max } = endings.seconds
  return {
    heading: 'The end of holds',
    text: `**To the millisecond.** ${count(holds)} seats are held for different times under a clock that is moved from deadline to deadline. A second
buyer asks for each twice: one millisecond before its deadline ${count(refusedBefore)} of ${count(holds)} were refused, at the deadline
${count(takenAt)} of ${count(holds)} got the seat. Nothing ran in between.

**Told in time.** The local product, started as a process of its own, in memory, in real time: ${count(endings.holds)} seats, each held by a buyer of its
own for ${min} to ${max} s, so that some ${figure(endings.holds / (max - min))} holds end in a second. A webhook receiver on the same machine notes when
\`seat.hold_expired\` arrives. Every ${endings.rivalEvery}th seat has a second buyer, who asks at the deadline; where they had their answer before it,
${count(before.refused)} of ${count(before.refused + before.accepted)} were refused. Ends that were not told: ${count(untold)}.

${latenessTable(lateness)}

The promise is two seconds at p99. Buyers, product, workers and receiver share the machine, and the product is one process on one core; a timer is a message whose delay is in
whole seconds, so that up to one second is lost by design where the relay was behind. These are times of this machine, not of AWS, which is
unmeasured.`,
  }
}
