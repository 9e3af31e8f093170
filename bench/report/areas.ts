import {
  BUSY_SHARE_MAX,
  type AreasResult,
  type PlaceOrderRow,
  type PlacesPlan,
} from '../chapters/areas.ts'
import { placeSellerNames } from '../areas/place-seller.ts'
import { CAPACITY } from '../areas/crowd.ts'
import type { Cost } from '../meter.ts'
import { figure, ratio, table } from './markdown.ts'
import { READS_PER_WRITE } from './sections.ts'

/** What selling the places of an area cost, and how many buyers were served. */
export function areasText(
  { orders, refusals, rates, ending }: AreasResult,
  { ending: { perSecond } }: PlacesPlan,
): string {
  return `One area of ${figure(CAPACITY)} places; each buyer asks once for one to four of them. Compared are:

- **Holdfast**: places in blocks, each with a row of its own; the action behind every endpoint.
- **One row**: the same rule and the same writes with one row for the whole area, read and written under its version.
- **Counter and order**: one transaction of a counter, if so many are left, and of the order.
- **Counter alone**: one write of the counter under that condition. It does not know whose the places are: holds cannot end, be paid or
  be given back, unless somebody else remembers them.

All try again as often, after the same pauses. \`bench/areas\` has them, and the table that they sell from: the embedded one in virtual time. There a transaction is
refused that meets another one on one of its items, as on AWS, and a partition takes 1,000 write units and 3,000 read units a second and
throttles the rest. A call travels half a millisecond to one and a half each way and takes 1 to 4 ms in the table, a transaction
6 to 14: assumed, not measured. **So the rates below say how the sellers relate, and not what AWS will do.** They are the same in each run.

### Units of one order of an area

Nobody else is there, and hardly anything is held yet: an order costs the same for one place and for four. Holdfast writes one block, one line of history and, for a
hold, one entry under its token, two units each. Each live hold takes some bytes of its block's row until it is paid or over.

${placeOrdersTable(orders)}

### Told that it is sold out

One place is asked for of an area that has none left. Whoever says so must know of every block, so Holdfast reads all 64, and writes nothing;
at list price these reads cost as much as ${figure(soldOutReads(refusals) / READS_PER_WRITE)} write units.

${table(
  ['', 'requests', 'read units', 'write units'],
  refusals.map(({ seller, cost }) => [seller, ...costCells(cost)]),
)}

### Buyers a second

Buyers come at random moments, more a second in each run, until more than ${figure(BUSY_SHARE_MAX * 100)} % of them are told to try again later, because others or the table
were in the way five times. What limits them: for one row and for counter and order, transactions that meet on one item; for the counter alone, the
write units of one partition; for Holdfast, the same in 64 blocks, and what every order reads, as the event's head, of which a partition
gives 3,000 a second.

${ratesTable(rates)}

### The last places

${figure(perSecond)} buyers a second come to Holdfast until everything is sold, and after that. Whenever one is told that there are not enough places left, the
table is looked at: there never were. At the end exactly ${figure(CAPACITY)} are taken. While the last places go, most blocks have none left, and whoever finds
that reads all of them; afterwards everybody does, and at this rate that is what the partitions have: reads are throttled and asked again.

${endingTable(ending)}`
}

function soldOutReads(refusals: AreasResult['refusals']): number {
  return refusals.find(({ seller }) => seller === 'Holdfast')?.cost.readUnits ?? 0
}

/** What orders cost with nobody else there: one line a seller, since all sizes cost the same. */
export function placeOrdersTable(orders: readonly PlaceOrderRow[]): string {
  return table(
    [
      '',
      'hold: requests',
      'read units',
      'write units',
      'book: requests',
      'read units',
      'write units',
      'write units per sold place: orders of 1',
      'of 2',
      'of 3',
      'of 4',
    ],
    placeSellerNames.flatMap((name) => {
      const own = orders.filter(({ seller }) => seller === name)
      const [first] = own
      if (first === undefined) return []
      const perPlace = own.map(({ hold, book, places }) => {
        return figure((hold.writeUnits + book.writeUnits) / places)
      })
      return [[name, ...costCells(first.hold), ...costCells(first.book), ...perPlace]]
    }),
  )
}

function costCells({ requests, readUnits, writeUnits }: Cost): string[] {
  return [requests, readUnits, writeUnits].map(figure)
}

function ratesTable(rates: AreasResult['rates']): string {
  const base = rates.find(({ seller }) => seller === 'Holdfast')?.perSecond ?? 1
  return table(
    [
      '',
      'buyers a second',
      'Holdfast, against it',
      'told to try again',
      'of somewhat more a second',
      'so many of them',
      'write units per held place',
      'of them refused',
      'read units per held place',
    ],
    rates.map(({ seller, perSecond, sale, beyond }) => {
      const { cost, places, busyShare } = sale
      return [
        seller,
        figure(perSecond),
        ratio(base, perSecond),
        percent(busyShare),
        figure(beyond.perSecond),
        percent(beyond.busyShare),
        ...[cost.writeUnits, cost.refusedUnits, cost.readUnits].map((it) => figure(it / places)),
      ]
    }),
  )
}

function endingTable(ending: AreasResult['ending']): string {
  return table(
    [
      '',
      'buyers',
      'held',
      'not enough left',
      'told to try again',
      'write units per buyer',
      'read units per buyer',
      'p50 ms',
      'p99 ms',
    ],
    ending.map(({ phase, sale, ms }) => [
      phase,
      ...[sale.buyers, sale.held, sale.soldOut].map(figure),
      percent(sale.busyShare),
      ...[sale.cost.writeUnits, sale.cost.readUnits].map((it) => figure(it / sale.buyers)),
      figure(ms.p50),
      figure(ms.p99),
    ]),
  )
}

function percent(share: number): string {
  return `${figure(Number((100 * share).toFixed(1)))} %`
}
