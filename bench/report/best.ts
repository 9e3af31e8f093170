import type { BestPlan, BestResult, ChoiceRow, CrowdRow } from '../chapters/best.ts'
import { figure, ratio, table } from './markdown.ts'

/** How the best seats are found, and what many get who want them at once. */
export function bestText({ choices, crowds }: BestResult, { buyers }: BestPlan): string {
  return `For who names no seats: the nearest to one point, side by side, with no seat left alone where that is possible.

### Choosing

Four seats of an arena of 9,000, half of them sold, here and there; only the choice is timed, in milliseconds of processor, those of compiler and garbage collector too, each time of a hall that is sold otherwise.
Rows are looked at from the nearest on, until none can be better: against it stands the same choice with every row looked at.

${choicesTable(choices)}

### Many at once

${figure(buyers)} parties of four want the best seats of one event at the very same moment, through eight processes, and see the event as it was before: all choose the same.
Against them stand as many who come one after the other, each with the best that is left. It is sold from the table of the [areas](#places-of-an-area), in virtual time.
*Rows away* is the mean distance of a seat from the point; *split* are parties that do not sit side by side; *left alone* are free seats that have lost their last free neighbour.

${crowdsTable(crowds)}

Who loses seats leaves them to others and takes one of the best few: so the crowd of the arena sits some rows farther away than a queue would, and where less is left hardly.
In the arena nobody is split; in the half-sold hall, where parties of four that leave nobody alone are rare, a few who lost twice are. *Rounds* are transactions until others are
not in the way any more.`
}

function choicesTable(rows: readonly ChoiceRow[]): string {
  const [base] = rows
  if (base === undefined) return ''
  return table(
    ['', 'seats looked at', 'first time, ms', 'p50 ms', 'p99 ms', 'p50, ratio'],
    rows.map(({ looksAtAll, seats, firstMs, p50, p99 }) => [
      looksAtAll ? 'every row' : 'until none can be better',
      figure(Math.round(seats)),
      ...[firstMs, p50, p99].map(figure),
      ratio(p50, base.p50),
    ]),
  )
}

/** What crowds got, and what queues. */
export function crowdsTable(rows: readonly CrowdRow[]): string {
  return table(
    [
      '',
      'held',
      'rounds, p50',
      'p95',
      'rows away',
      'split',
      'left alone',
      'p50 ms',
      'p95 ms',
      'read units per buyer',
      'write units per buyer',
    ],
    rows.map(({ hall, isAtOnce, buyers, held, rounds, ms, cost, ...quality }) => [
      `${hall}: ${isAtOnce ? 'at once' : 'in turn'}`,
      figure(held),
      ...[rounds.p50, rounds.p95].map(figure),
      ...[quality.rowsAway, quality.split, quality.orphans].map(figure),
      ...[ms.p50, ms.p95, cost.readUnits / buyers, cost.writeUnits / buyers].map(figure),
    ]),
  )
}
