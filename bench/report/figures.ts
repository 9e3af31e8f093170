import type { AreasResult } from '../chapters/areas.ts'
import type { BestResult } from '../chapters/best.ts'
import type { BoundRow } from '../chapters/bound.ts'
import type { ContenderName, ContentionRow } from '../chapters/contention.ts'
import type { DeadlinesResult } from '../chapters/deadlines.ts'
import type { LatenessResult } from '../chapters/lateness.ts'
import type { LatencyRow } from '../chapters/latency.ts'
import type { UnitsRow } from '../chapters/units.ts'
import type { PartitionsResult } from '../chapters/partitions.ts'
import { sellerNames } from '../sellers/seller.ts'
import { drawBars } from './bars.ts'

/** Everything that one run measured. */
export interface Results {
  readonly units: readonly UnitsRow[]
  readonly contention: readonly ContentionRow[]
  readonly latency: readonly LatencyRow[]
  readonly bound: readonly BoundRow[]
  readonly areas: AreasResult
  readonly best: BestResult
  readonly partitions: PartitionsResult
  readonly deadlines: DeadlinesResult
  readonly lateness: LatenessResult
}

/** Names of the images, without their ending. */
export type ImageName = 'units' | 'contention' | 'latency' | 'bound' | 'best'

/** Draws the results as SVG. */
export function drawResults(results: Results): Record<ImageName, string> {
  return {
    units: drawUnits(results.units),
    contention: drawContention(results.contention),
    latency: drawLatency(results.latency),
    bound: drawBound(results.bound),
    best: drawBest(results.best),
  }
}

/** Colours that can be told apart without seeing red or green (Okabe and Ito). */
const colours = {
  Holdfast: '#0072b2',
  'Holdfast, with conflicts': '#56b4e9',
  'Write loop': '#e69f00',
  'Lock record': '#009e73',
} satisfies Record<ContenderName, string>

function drawUnits(all: readonly UnitsRow[]): string {
  const holds = all.filter(({ verb }) => verb === 'hold')
  const sizes = [...new Set(holds.map(({ objects }) => objects))]
  const panel = (title: string, pick: (row: UnitsRow) => number) => ({
    title,
    categories: sizes.map(String),
    series: sellerNames.map((name) => ({
      name,
      colour: colours[name],
      values: holds.filter(({ seller }) => seller === name).map(pick),
    })),
  })
  return drawBars([
    panel('Hold: write units per seat', ({ cost, objects }) => cost.writeUnits / objects),
    panel('Hold: read units per seat', ({ cost, objects }) => cost.readUnits / objects),
    { ...panel('Hold: requests', ({ cost }) => cost.requests), isLogarithmic: true },
  ])
}

function drawContention(rows: readonly ContentionRow[]): string {
  const panel = (title: string, pick: (row: ContentionRow) => number) => ({
    title,
    categories: [''],
    series: rows.map((row) => ({
      name: row.contender,
      colour: colours[row.contender],
      values: [pick(row)],
    })),
  })
  return drawBars([
    panel('Write units per sold seat', ({ cost, soldSeats }) => cost.writeUnits / soldSeats),
    panel('Read units per sold seat', ({ cost, soldSeats }) => cost.readUnits / soldSeats),
    { ...panel('Refusals, p99 in ms', ({ refusalMs }) => refusalMs.p99), isLogarithmic: true },
  ])
}

function drawLatency(rows: readonly LatencyRow[]): string {
  const base = rows[0]?.p50 ?? 1
  const panel = {
    title: 'Commit of a hold, against the p50 of the first',
    categories: rows.map(({ objects }) => String(objects)),
    series: [
      { name: 'p50', colour: '#0072b2', values: rows.map(({ p50 }) => p50 / base) },
      { name: 'p99', colour: '#56b4e9', values: rows.map(({ p99 }) => p99 / base) },
    ],
  }
  return drawBars([panel])
}

function drawBound(all: readonly BoundRow[]): string {
  const keyed = all.filter(({ isKeyed }) => isKeyed)
  const panelOf = (title: string) => {
    const shown = keyed.filter((row) => boundTitle(row) === title)
    const measured = shown.map(({ writeUnits }) => writeUnits)
    return {
      title,
      categories: shown.map(({ verb }) => verb),
      series: [
        { name: 'measured', colour: '#0072b2', values: measured },
        { name: 'bound', colour: '#bbbbbb', values: shown.map(({ bound }) => bound) },
      ],
    }
  }
  return drawBars([...new Set(keyed.map(boundTitle))].map(panelOf))
}

/** What a crowd gets against a queue. */
export function drawBest({ crowds }: Pick<BestResult, 'crowds'>): string {
  const panel = (title: string, pick: (row: BestResult['crowds'][number]) => number) => ({
    title,
    categories: ['arena', 'hall', 'nearly sold'],
    series: [
      { name: 'in turn', colour: '#bbbbbb', values: crowds.filter((it) => !it.isAtOnce).map(pick) },
      { name: 'at once', colour: '#0072b2', values: crowds.filter((it) => it.isAtOnce).map(pick) },
    ],
  })
  return drawBars([
    panel('Rows away, on average', ({ rowsAway }) => rowsAway),
    panel('Parties that are split', ({ split }) => split),
    panel('Rounds, p95', ({ rounds }) => rounds.p95),
  ])
}

function boundTitle({ objects, events }: BoundRow): string {
  return `Write units, ${objects} seats in ${events === 1 ? 'one event' : `${events} events`}`
}
