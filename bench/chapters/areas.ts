import { openCounterAlone, openCounterAndOrder, openOneRow } from '../areas/counters.ts'
import { CAPACITY, sell, summary, type Summary, type Told } from '../areas/crowd.ts'
import { openHoldfastPlaces } from '../areas/holdfast.ts'
import { openLoadedTable } from '../areas/loaded-table.ts'
import {
  placeSellerNames,
  type OpenPlaceSeller,
  type PlaceAnswer,
  type PlaceSellerName,
} from '../areas/place-seller.ts'
import type { Cost } from '../meter.ts'
import { percentile } from './percentile.ts'

// An area of 5,000 places is sold by their number, by blocks and in the ways that people write themselves:
//
// 1. What one order costs when nobody else is there.
// 2. How many buyers a second each seller serves, before others are in the way of more than one in a hundred.
// 3. What becomes of buyers while the last places go, and afterwards.

/** How each seller is opened. */
export const placeSellers = {
  Holdfast: openHoldfastPlaces,
  'One row': openOneRow,
  'Counter and order': openCounterAndOrder,
  'Counter alone': openCounterAlone,
} satisfies Record<PlaceSellerName, OpenPlaceSeller>

/** How much of it to measure. */
export interface PlacesPlan {
  /** Who come to find out how many are served in a second: no more than there are places for. */
  readonly buyers: number
  /** Who come to buy everything. */
  readonly ending: { readonly buyers: number; readonly perSecond: number }
}

export interface AreasResult {
  readonly orders: readonly PlaceOrderRow[]
  readonly refusals: readonly RefusalRow[]
  readonly rates: readonly RateRow[]
  readonly ending: readonly EndingRow[]
}

/** Measures all of it. */
export async function measureAreas(plan: PlacesPlan, seed: number): Promise<AreasResult> {
  const orders: PlaceOrderRow[] = []
  const refusals: RefusalRow[] = []
  const rates: RateRow[] = []
  for (const seller of placeSellerNames) {
    orders.push(...(await measurePlaceOrders(seller, seed)))
    refusals.push(await measureRefusal(seller, seed))
    rates.push(await measureRate(seller, { buyers: plan.buyers, seed }))
  }
  const told = await sell(openHoldfastPlaces, { ...plan.ending, seed })
  return { orders, refusals, rates, ending: phasesOf(told) }
}

/** What an order of so many places cost. */
export interface PlaceOrderRow {
  readonly seller: PlaceSellerName
  readonly places: number
  readonly hold: Cost
  readonly book: Cost
}

/** Orders of one to four places, each held and then booked, with nobody else there. */
export async function measurePlaceOrders(
  name: PlaceSellerName,
  seed: number,
): Promise<PlaceOrderRow[]> {
  const { ask, seller } = await openQuiet(name, seed)
  const rows: PlaceOrderRow[] = []
  for (const places of [1, 2, 3, 4]) {
    const order = { token: `token-of-buyer-${places}`, places }
    const hold = await ask(() => seller.hold(order), 'done')
    const book = await ask(() => seller.book(order), 'done')
    rows.push({ seller: name, places, hold, book })
  }
  return rows
}

/** What it cost to be told that nothing is left. */
export interface RefusalRow {
  readonly seller: PlaceSellerName
  readonly cost: Cost
}

/** One place is asked for of an area that is sold out, with nobody else there. */
export async function measureRefusal(name: PlaceSellerName, seed: number): Promise<RefusalRow> {
  const { ask, seller } = await openQuiet(name, seed)
  for (let buyer = 1; buyer <= CAPACITY / 4; buyer += 1) {
    await ask(() => seller.hold({ token: `token-of-buyer-${buyer}`, places: 4 }), 'done')
  }
  const late = { token: 'token-of-late-buyer', places: 1 }
  return { seller: name, cost: await ask(() => seller.hold(late), 'sold-out') }
}

const PATIENCE_MS = 60_000

async function openQuiet(name: PlaceSellerName, seed: number) {
  const loaded = await openLoadedTable(seed)
  const { scheduler } = loaded
  const seller = await placeSellers[name](loaded, CAPACITY)
  loaded.load()
  const ask = async (send: () => Promise<PlaceAnswer>, wanted: PlaceAnswer): Promise<Cost> => {
    loaded.take()
    let answer: unknown
    scheduler.after(0, () => {
      send().then(
        (it) => (answer = it),
        (error: unknown) => (answer = error),
      )
    })
    await scheduler.runDry(PATIENCE_MS)
    if (answer !== wanted) throw new Error(`${name} answered ${String(answer)}, not ${wanted}`)
    return loaded.take()
  }
  return { seller, ask }
}

/** The most buyers a second of whom no more than one in a hundred is told to try again. */
export interface RateRow {
  readonly seller: PlaceSellerName
  readonly perSecond: number
  readonly sale: Summary
  /** What comes of some more. */
  readonly beyond: { readonly perSecond: number; readonly busyShare: number }
}

/** Of all answers. */
export const BUSY_SHARE_MAX = 0.01

const FIRST_PER_SECOND = 20

/** Twice as many each time, then halfway between, three times: to a tenth. */
const HALVINGS = 3

/** A crowd that is served whole at such a rate is too small to be too much for anybody. */
const PER_SECOND_MAX = 100_000

/** Raises the number of buyers a second until more than one in a hundred is told to try again; refuses a crowd too small for that. */
export async function measureRate(
  name: PlaceSellerName,
  { buyers, seed }: { buyers: number; seed: number },
): Promise<RateRow> {
  const saleAt = async (perSecond: number) =>
    summary(await sell(placeSellers[name], { buyers, perSecond, seed }))
  let perSecond = FIRST_PER_SECOND
  let sale = await saleAt(perSecond)
  if (sale.busyShare > BUSY_SHARE_MAX) throw new Error(`${name} cannot even serve ${perSecond}`)
  let beyond: RateRow['beyond'] | undefined
  for (let halvings = 0; halvings < HALVINGS;) {
    const next = beyond === undefined ? 2 * perSecond : Math.sqrt(perSecond * beyond.perSecond)
    const rounded = Math.round(next)
    if (rounded > PER_SECOND_MAX) throw new Error(`${buyers} buyers are never too many for ${name}`)
    const tried = await saleAt(rounded)
    if (beyond !== undefined) halvings += 1
    if (tried.busyShare > BUSY_SHARE_MAX) {
      beyond = { perSecond: rounded, busyShare: tried.busyShare }
    } else {
      ;[perSecond, sale] = [rounded, tried]
    }
  }
  return { seller: name, perSecond, sale, beyond: beyond ?? { perSecond, busyShare: 0 } }
}

/** How many times as many buyers a second Holdfast serves as the better of those that have one row in a transaction. */
export function timesServed({ rates }: AreasResult): number {
  const of = (name: PlaceSellerName) =>
    rates.find(({ seller }) => seller === name)?.perSecond ?? Infinity
  return of('Holdfast') / Math.max(of('One row'), of('Counter and order'))
}

/** Of a sale: while more than a twentieth of the places is left, then while any is, and then. */
export const phases = ['the first 95 %', 'the last 5 %', 'sold out'] as const

/** How buyers fared in a part of a sale. */
export interface EndingRow {
  readonly phase: (typeof phases)[number]
  readonly sale: Summary
  readonly ms: { readonly p50: number; readonly p99: number }
}

const LAST_FROM = 0.95 * CAPACITY

function phasesOf(told: readonly Told[]): EndingRow[] {
  return phases.map((phase) => {
    const those = told.filter(({ given }) => phaseAt(given) === phase)
    const times = those.map(({ ms }) => ms)
    const ms = { p50: percentile(times, 0.5), p99: percentile(times, 0.99) }
    return { phase, sale: summary(those), ms }
  })
}

function phaseAt(given: number): EndingRow['phase'] {
  if (given < LAST_FROM) return 'the first 95 %'
  return given < CAPACITY ? 'the last 5 %' : 'sold out'
}
