import { chooseBest } from '../../lib/rules/best/choose.ts'
import { termsOf } from '../../lib/venue/terms.ts'
import { sellBest, PARTY, type Sale, type Served } from '../best/crowd.ts'
import { arena, drawnHall, ROW_UNITS, soldOf, type BestHall } from '../best/hall.ts'
import type { Cost } from '../meter.ts'
import { percentile } from './percentile.ts'

// The best available seats:
//
// 1. How long choosing takes of how many seats, against looking at all of them.
// 2. What 64 who want the same at the same moment get, against what they would have got one after the other.

/** How much of it to measure. */
export interface BestPlan {
  readonly buyers: number
  /** Choices that are timed, each of a hall that is sold otherwise. */
  readonly choices: number
}

export interface BestResult {
  readonly choices: readonly ChoiceRow[]
  readonly crowds: readonly CrowdRow[]
}

/** The halls that the crowd comes to, by what they are called. */
const halls: Readonly<Record<string, BestHall>> = {
  'an arena of 9,000, half sold': { ...arena, sold: 0.5 },
  'a hall of 2,400, half sold': { rows: 40, seatsPerRow: 60, sold: 0.5 },
  'the same, 85 % sold': { rows: 40, seatsPerRow: 60, sold: 0.85 },
}

/** Measures all of it. */
export async function measureBest(plan: BestPlan, seed: number): Promise<BestResult> {
  return {
    choices: measureChoices(plan.choices, seed),
    crowds: await measureCrowds(plan.buyers, seed),
  }
}

/** So many buyers of each hall, in turn and at once: the same in each run. */
export async function measureCrowds(buyers: number, seed: number): Promise<CrowdRow[]> {
  const crowds: CrowdRow[] = []
  for (const [name, hall] of Object.entries(halls)) {
    for (const isAtOnce of [false, true]) {
      const sale = await sellBest(hall, { buyers, seed, isAtOnce })
      crowds.push({ hall: name, isAtOnce, ...summary(sale) })
    }
  }
  return crowds
}

/** Rounds of the arena's crowd, until 95 in a hundred had seats; far too many where somebody has none. */
export function worstRounds({ crowds }: Pick<BestResult, 'crowds'>): number {
  const [crowd] = crowds.filter(({ isAtOnce }) => isAtOnce)
  return crowd === undefined || crowd.held < crowd.buyers ? Infinity : crowd.rounds.p95
}

/** How long it took to choose for a party of four. */
export interface ChoiceRow {
  readonly looksAtAll: boolean
  /** Milliseconds of processor: the first time, and then. */
  readonly firstMs: number
  readonly p50: number
  readonly p99: number
  /** Seats that were looked at, on average. */
  readonly seats: number
}

function measureChoices(choices: number, seed: number): ChoiceRow[] {
  return [false, true].map((looksAtAll) => {
    const times: number[] = []
    let seats = 0
    const { inventory } = drawnHall({ ...arena, sold: 0.5 }, seed)
    const terms = termsOf(blindIf(looksAtAll, inventory), {}, {})
    for (let turn = 0; turn < choices; turn += 1) {
      const sold = soldOf(inventory, 0.5, seed + turn)
      const isFree = (label: string) => {
        seats += 1
        return !sold.has(label)
      }
      const state = { terms, isFree, roomIn: () => 0 }
      const from = process.cpuUsage()
      const wish = { number: PARTY, preventsOrphans: true }
      const choice = chooseBest(state, wish, { objectsMax: 1_000 })
      const { user, system } = process.cpuUsage(from)
      if (choice?.labels.length !== PARTY) throw new Error('Nothing was chosen of half an arena')
      times.push((user + system) / 1_000)
    }
    const [firstMs = 0, ...more] = times
    const [p50, p99] = [percentile(more, 0.5), percentile(more, 0.99)]
    return { looksAtAll, firstMs, p50, p99, seats: seats / choices }
  })
}

type Drawn = ReturnType<typeof drawnHall>['inventory']

/** A hall of which nobody knows what is near: every row may have the nearest seats. */
function blindIf(isBlind: boolean, inventory: Drawn): Drawn {
  if (!isBlind) return inventory
  const { hall } = inventory
  const nearest = new Float64Array(hall.fromChart.nearest.length)
  return { ...inventory, hall: { ...hall, fromChart: { ...hall.fromChart, nearest } } }
}

/** What a crowd got. */
export interface CrowdRow extends Quality {
  readonly hall: string
  readonly isAtOnce: boolean
  readonly buyers: number
  readonly held: number
  /** Rounds until a buyer had seats: half, and 95 in a hundred of them. */
  readonly rounds: { readonly p50: number; readonly p95: number }
  readonly ms: { readonly p50: number; readonly p95: number }
  readonly cost: Cost
}

interface Quality {
  /** From the focal point to a seat, on average, in rows. */
  readonly rowsAway: number
  /** Parties that do not sit side by side. */
  readonly split: number
  /** Free seats that have come to stand alone. */
  readonly orphans: number
}

function summary(sale: Sale): Omit<CrowdRow, 'hall' | 'isAtOnce'> {
  const { served, cost } = sale
  const held = served.filter(({ choice }) => choice !== undefined)
  const of = (pick: (it: Served) => number) => {
    const all = served.map(pick)
    return { p50: percentile(all, 0.5), p95: percentile(all, 0.95) }
  }
  return {
    ...{ buyers: served.length, held: held.length, cost, ...qualityOf(sale) },
    rounds: of(({ rounds }) => rounds),
    ms: of(({ ms }) => ms),
  }
}

function qualityOf({ inventory, sold, served }: Sale): Quality {
  const { rows, fromChart } = inventory.hall
  const choices = served.flatMap(({ choice }) => choice ?? [])
  const taken = new Set(choices.flatMap(({ labels }) => labels))
  let distance = 0
  for (const { at, seats } of rows) {
    for (const [place, { label }] of seats.entries()) {
      if (taken.has(label)) distance += fromChart.distances[at + place] ?? 0
    }
  }
  const now = new Set([...sold, ...taken])
  return {
    rowsAway: distance / Math.max(1, taken.size) / 1_000 / ROW_UNITS,
    split: choices.filter(({ isNextToEachOther }) => isNextToEachOther !== true).length,
    orphans: aloneIn(inventory, now) - aloneIn(inventory, sold),
  }
}

/** Free seats without a free neighbour. */
function aloneIn({ hall }: Drawn, sold: ReadonlySet<string>): number {
  return hall.rows.reduce((all, { seats }) => {
    const isFree = seats.map(({ label }) => !sold.has(label))
    const alone = isFree.filter((it, at) => it && !isFree[at - 1] && !isFree[at + 1])
    return all + alone.length
  }, 0)
}
