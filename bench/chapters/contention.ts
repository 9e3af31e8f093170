import pLimit from 'p-limit'
import { withConflicts } from '../conflicts.ts'
import { diceOf, type Dice } from '../dice.ts'
import { createMeter, type Cost } from '../meter.ts'
import { openHoldfast } from '../sellers/holdfast.ts'
import { openLockRecord } from '../sellers/lock-record.ts'
import type { Answer, OpenSeller, Seller, SellerName } from '../sellers/seller.ts'
import { openWriteLoop } from '../sellers/write-loop.ts'
import { openWorld, type RequestHandler, type World } from '../world.ts'
import { mustSend, orderOf } from './orders.ts'
import { percentile } from './percentile.ts'
import { readEventRows } from '../../lib/store/seats/read-event.ts'

// Buyers fight for one block of seats:
//
// 1. Each asks once for one to four seats beside each other, and books them if it gets them. So many are under way at a time.
// 2. What was answered must agree with the table in the end: each seat sold at most once, and all that were sold are booked.

export type ContenderName = SellerName | 'Holdfast, with conflicts'

/** What came of it with one seller. */
export interface ContentionRow {
  readonly contender: ContenderName
  readonly soldSeats: number
  readonly buyersServed: number
  /** Refused because a seat was taken. */
  readonly taken: number
  /** Refused because others were in the way for too long. */
  readonly busy: number
  readonly cost: Cost
  readonly refusalMs: { readonly p50: number; readonly p99: number }
  readonly seconds: number
}

export interface Crowd {
  readonly buyers: number
  /** Requests under way at a time. */
  readonly atOnce: number
  readonly rows: number
  readonly seatsPerRow: number
}

/** A seller under certain circumstances. */
export interface Contender {
  readonly name: ContenderName
  readonly open: OpenSeller
  readonly wrap: (inner: RequestHandler) => RequestHandler
}

const asItIs = (inner: RequestHandler) => inner

export const contenders: readonly Contender[] = [
  { name: 'Holdfast', open: openHoldfast, wrap: asItIs },
  { name: 'Holdfast, with conflicts', open: openHoldfast, wrap: withConflicts },
  { name: 'Write loop', open: openWriteLoop, wrap: asItIs },
  { name: 'Lock record', open: openLockRecord, wrap: asItIs },
]

const EVENT_KEY = 'night-1'
const SEATS_WANTED_MAX = 4

interface Ask {
  readonly token: string
  readonly labels: readonly string[]
}

interface Told extends Ask {
  readonly answer: Answer
  readonly ms: number
}

/** Lets the same crowd buy from one seller. Throws when the answers and the table do not agree. */
export async function measureContention(
  { name, open, wrap }: Contender,
  crowd: Crowd,
  seed: number,
): Promise<ContentionRow> {
  const meter = createMeter()
  const throughBoth = (inner: RequestHandler) => meter.wrap(wrap(inner))
  const world = await openWorld({ ...crowd, events: 1 }, { seed, wrap: throughBoth })
  const seller = open(world)
  const dice = diceOf(seed)
  const asks = Array.from({ length: crowd.buyers }, (_, buyer) =>
    askOf(world, crowd, { buyer, dice }),
  )
  const limit = pLimit(crowd.atOnce)
  meter.take()
  const startedAt = performance.now()
  const told = await Promise.all(asks.map((ask) => limit(() => buy(world, seller, ask))))
  const seconds = (performance.now() - startedAt) / 1000
  const cost = meter.take()
  const served = told.filter(({ answer }) => answer === 'done')
  const sold = served.flatMap(({ labels }) => labels)
  await compare(world, sold)
  await world.engine.close()
  const refused = told.filter(({ answer }) => answer !== 'done')
  const times = refused.map(({ ms }) => ms)
  return {
    contender: name,
    soldSeats: sold.length,
    buyersServed: served.length,
    taken: refused.filter(({ answer }) => answer === 'taken').length,
    busy: refused.filter(({ answer }) => answer === 'busy').length,
    cost,
    refusalMs: { p50: percentile(times, 0.5), p99: percentile(times, 0.99) },
    seconds,
  }
}

function askOf(
  { labels }: World,
  { rows, seatsPerRow }: Crowd,
  { buyer, dice }: { buyer: number; dice: Dice },
): Ask {
  const wanted = 1 + Math.floor(dice() * SEATS_WANTED_MAX)
  const row = Math.floor(dice() * rows)
  const first = row * seatsPerRow + Math.floor(dice() * (seatsPerRow - wanted + 1))
  return { token: `token-of-buyer-${buyer}`, labels: labels.slice(first, first + wanted) }
}

async function buy(world: World, seller: Seller, ask: Ask): Promise<Told> {
  const { token, labels } = ask
  const parts = [{ eventKey: EVENT_KEY, labels }]
  const startedAt = performance.now()
  const answer = await seller.send(orderOf(world, { verb: 'hold', token, parts }))
  const ms = performance.now() - startedAt
  if (answer === 'done') await mustSend(seller, orderOf(world, { verb: 'book', token, parts }))
  return { ...ask, answer, ms }
}

async function compare({ context, events, labels }: World, sold: readonly string[]): Promise<void> {
  const event = events.get(EVENT_KEY)
  if (event === undefined) throw new Error('The event is gone')
  if (new Set(sold).size !== sold.length) throw new Error('A seat was sold twice')
  const rows = new Map((await readEventRows(context.store, event)).seats)
  const booked = labels.filter((label) => rows.get(label)?.state.status === 'booked')
  if (booked.length !== sold.length) throw new Error('The answers and the table do not agree')
}
