import type { BoundRow } from '../chapters/bound.ts'
import type { ContentionRow } from '../chapters/contention.ts'
import type { LatenessResult } from '../chapters/lateness.ts'
import type { LatencyRow } from '../chapters/latency.ts'
import type { UnitsRow } from '../chapters/units.ts'
import { boundOf } from '../chapters/bound.ts'
import { sellerNames, type SellerName, type Verb } from '../sellers/seller.ts'
import { figure, ratio, table } from './markdown.ts'

/** Read units that cost as much as one write unit, at the list price of on-demand tables. */
export const READS_PER_WRITE = 5

/** What one order of a verb costs each seller, size by size. */
export function unitsTable(all: readonly UnitsRow[], verb: Verb): string {
  const ofVerb = all.filter((row) => row.verb === verb)
  const find = (seller: SellerName, objects: number) =>
    ofVerb.find((row) => row.seller === seller && row.objects === objects)
  const sizes = ofVerb.filter(({ seller }) => seller === 'Holdfast')
  const cells = (row: UnitsRow | undefined) =>
    row === undefined
      ? ['', '', '']
      : [row.cost.requests, row.cost.readUnits, row.cost.writeUnits].map(figure)
  const three = (name: string) => [`${name}: requests`, 'read units', 'write units']
  return table(
    [
      'objects',
      ...three('Holdfast'),
      'by the formula',
      ...three('Write loop'),
      ...three('Lock record'),
    ],
    sizes.map((row) => [
      row.events === 1 ? row.objects : `${figure(row.objects)} in ${row.events} events`,
      ...cells(row),
      formulaOf(row),
      ...cells(find('Write loop', row.objects)),
      ...cells(find('Lock record', row.objects)),
    ]),
  )
}

/** What orders that are held and booked cost of the table, by the million: seller by seller. */
export function priceTable(all: readonly UnitsRow[]): string {
  const sizes = all.filter(({ seller, verb }) => seller === 'Holdfast' && verb === 'hold')
  const priceOf = (seller: SellerName, objects: number) => {
    const both = all.filter((row) => {
      const isOfOrder = row.verb === 'hold' || row.verb === 'book'
      return isOfOrder && row.seller === seller && row.objects === objects
    })
    return both.reduce((sum, { cost }) => sum + priceOfUnits(cost), 0)
  }
  return table(
    ['objects', ...sellerNames.flatMap((name) => [`${name}: $`, 'ratio'])],
    sizes.map(({ objects, events }) => {
      const base = priceOf('Holdfast', objects)
      const prices = sellerNames.map((name) => priceOf(name, objects))
      const name = events === 1 ? objects : `${figure(objects)} in ${events} events`
      return [name, ...prices.flatMap((price) => [figure(price), ratio(price, base)])]
    }),
  )
}

/** Dollars of a million on-demand write units; a read unit is a fifth of one. */
export const WRITE_UNITS_PRICE = 0.625

function priceOfUnits({ writeUnits, readUnits }: UnitsRow['cost']): number {
  return (writeUnits + readUnits / READS_PER_WRITE) * WRITE_UNITS_PRICE
}

/** The formula with this order's figures in it, and what it comes to. */
function formulaOf({ objects, written }: UnitsRow): string {
  const { history, holds, details } = written
  if (details > 0) {
    const terms = `2 × ${objects} + ${history} + ${holds} + ${details} + 6`
    return `≤ ${figure(boundOf(objects, written))} = ${terms}`
  }
  const extra = holds === 0 ? `${history}` : `${history} + ${holds}`
  return `${figure(2 * (objects + history + holds))} = 2 × (${objects} + ${extra})`
}

/** What selling one block of seats to a crowd cost. */
export function contentionTable(rows: readonly ContentionRow[]): string {
  const perSeat = (row: ContentionRow) => {
    const { readUnits, writeUnits } = row.cost
    const price = (writeUnits + readUnits / READS_PER_WRITE) / row.soldSeats
    return { writes: writeUnits / row.soldSeats, reads: readUnits / row.soldSeats, price }
  }
  const [first] = rows
  if (first === undefined) return ''
  const base = perSeat(first)
  return table(
    [
      '',
      'seats sold',
      'write units per sold seat',
      'of them refused',
      'read units per sold seat',
      'both, at list price',
      'requests',
    ],
    rows.map((row) => {
      const { writes, reads, price } = perSeat(row)
      return [
        row.contender,
        row.soldSeats,
        `${figure(writes)} (${ratio(writes, base.writes)})`,
        figure(row.cost.refusedUnits / row.soldSeats),
        `${figure(reads)} (${ratio(reads, base.reads)})`,
        `${figure(price)} (${ratio(price, base.price)})`,
        figure(row.cost.requests),
      ]
    }),
  )
}

/** How those who got nothing were told. */
export function refusalsTable(rows: readonly ContentionRow[]): string {
  const [first] = rows
  if (first === undefined) return ''
  const { p50, p99 } = first.refusalMs
  return table(
    ['', 'served', 'refused: taken', 'refused: busy', 'p50 ms', 'p99 ms', 'whole sale, s'],
    rows.map(({ contender, buyersServed, taken, busy, refusalMs, seconds }) => [
      contender,
      buyersServed,
      figure(taken),
      figure(busy),
      `${figure(refusalMs.p50)} (${ratio(refusalMs.p50, p50)})`,
      `${figure(refusalMs.p99)} (${ratio(refusalMs.p99, p99)})`,
      figure(seconds),
    ]),
  )
}

/** How long commits took, against the smallest size. */
export function latencyTable(rows: readonly LatencyRow[]): string {
  const [first] = rows
  if (first === undefined) return ''
  return table(
    [
      'objects',
      'commits timed',
      'p50 ms',
      'p99 ms',
      'p50, ratio',
      'p99, ratio',
      'p50 per object, ratio',
    ],
    rows.map(({ objects, events, commits, p50, p99 }) => [
      events === 1 ? objects : `${figure(objects)} in ${events} events`,
      commits,
      figure(p50),
      figure(p99),
      ratio(p50, first.p50),
      ratio(p99, first.p99),
      ratio(p50 / objects, first.p50 / first.objects),
    ]),
  )
}

/** Large commits against the bound. */
export function boundTable(rows: readonly BoundRow[]): string {
  return table(
    [
      'order',
      'idempotency key',
      '2n',
      'history',
      'hold entries',
      'details',
      'bound',
      'measured',
      'left',
    ],
    rows.map(({ verb, objects, events, isKeyed, written, writeUnits, bound }) => [
      events === 1 ? `${verb} ${objects}` : `${verb} ${figure(objects)} in ${events} events`,
      isKeyed ? 'yes' : 'no',
      2 * objects,
      written.history,
      written.holds,
      written.details,
      figure(bound),
      figure(writeUnits),
      bound >= writeUnits ? figure(bound - writeUnits) : `**${figure(writeUnits - bound)} over**`,
    ]),
  )
}

/** How late the ends of holds were, in the local product. */
export function latenessTable({ ends, notices, rivals }: LatenessResult): string {
  return table(
    ['from the deadline until', 'holds', 'p50 ms', 'p99 ms', 'longest, ms'],
    [
      { name: 'its end is a change of its own in the table', ...ends },
      { name: 'its notice is at the receiver', ...notices },
      { name: 'a second buyer has the seat', ...rivals },
    ].map(({ name, count, p50, p99, max }) => [name, ...[count, p50, p99, max].map(figure)]),
  )
}
