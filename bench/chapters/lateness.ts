import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pLimit from 'p-limit'
import { systemClock } from '../../lib/clock.ts'
import { diceOf } from '../dice.ts'
import { startProduct, type BenchedProduct } from '../product.ts'
import { draw, rowsOf, seatsOf } from '../world.ts'
import { percentile } from './percentile.ts'

// How late a hold's end is told, in the local product as `npm start` runs it, a process of its own:
//
// 1. Each seat is held by a buyer of its own, for a time drawn from a range.
// 2. Some seats have a rival. A moment before the deadline they ask and are refused; at the deadline they ask again and get it.
// 3. A receiver notes when the notice of each hold's end arrives, and how far that is from the deadline that the API answered.

/** How many holds, and how long they last. */
export interface Endings {
  readonly holds: number
  readonly seconds: { readonly min: number; readonly max: number }
  /** Every nth seat has a rival. */
  readonly rivalEvery: number
}

/** What was measured of their ends. */
export interface LatenessResult {
  readonly endings: Endings
  /** Notices of holds that nobody took over, from the deadline to the receiver. */
  readonly notices: Spread
  /** The ends of those holds as the table has them, from the deadline to the commit. */
  readonly ends: Spread
  /** From the deadline to the answer that gave the seat to its rival. */
  readonly rivals: Spread
  /** Rivals that were refused where the deadline had not come yet when they had their answer, and such as were not. */
  readonly before: { readonly refused: number; readonly accepted: number }
  /** Holds whose end was told more than once under different ids, or never. */
  readonly untold: number
}

/** Milliseconds. */
export interface Spread {
  readonly count: number
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/** A hold as its buyer knows it. */
interface Hold {
  readonly label: string
  readonly until: number
}

/** Requests of buyers under way at a time. */
const BUYERS_AT_ONCE = 4

/** Milliseconds before its deadline at which a rival asks for a seat. */
const RIVAL_EARLY_MS = 200

/** Milliseconds after the last deadline by which everything must have been told. */
const PATIENCE_MS = 30_000

/** Milliseconds between two looks at what has arrived. */
const LOOK_MS = 100

const HALL = { seatsPerRow: 100, events: 1 }

const EVENT = '/events/endings/seats'

/** Holds seats in a real local product and listens for their ends. */
export async function measureLateness(endings: Endings, seed: number): Promise<LatenessResult> {
  const receiver = await startReceiver()
  const product = await startProduct()
  try {
    const rows = Math.ceil(endings.holds / HALL.seatsPerRow)
    await openEvent(product, { ...HALL, rows }, receiver.url)
    const rivalry: Rivalry = { waits: [], refused: 0, accepted: 0 }
    const contested = new Set<string>()
    const rivals: Promise<void>[] = []
    const holds = await holdAll(product, { ...endings, seed }, (hold, index) => {
      if (index % endings.rivalEvery !== 0) return
      contested.add(hold.label)
      rivals.push(contest(product, hold, rivalry))
    })
    await Promise.all(rivals)
    const untold = await waitForAll(holds, receiver.arrivals)
    const late = holds.flatMap(({ label, until }) => {
      const at = receiver.arrivals.get(label)
      return at === undefined || contested.has(label) ? [] : [at - until]
    })
    return {
      endings,
      notices: spreadOf(late),
      ends: spreadOf(product.lines.flatMap(latenessOf)),
      rivals: spreadOf(rivalry.waits),
      before: { refused: rivalry.refused, accepted: rivalry.accepted },
      untold,
    }
  } finally {
    await product.stop()
    await receiver.close()
  }
}

async function openEvent(
  product: BenchedProduct,
  hall: Parameters<typeof draw>[0],
  url: string,
): Promise<void> {
  const { chartKey } = await product.call('/charts', { name: 'Hall', draftVersion: draw(hall) })
  await product.call(`/charts/${String(chartKey)}/publish`, {})
  await product.call('/events', { chartKey, eventKey: 'endings' })
  await product.call('/webhooks', { url, events: ['seat.hold_expired'] })
}

async function holdAll(
  product: BenchedProduct,
  { holds, seconds: { min, max }, seed }: Endings & { seed: number },
  tell: (hold: Hold, index: number) => void,
): Promise<Hold[]> {
  const dice = diceOf(seed)
  const hall = { ...HALL, rows: Math.ceil(holds / HALL.seatsPerRow) }
  const labels = rowsOf(hall).flatMap((row) => seatsOf(hall).map((seat) => `${row}-${seat}`))
  const limit = pLimit(BUYERS_AT_ONCE)
  return Promise.all(
    labels.slice(0, holds).map((objectLabel, index) =>
      limit(async () => {
        const holdToken = `buyer-of-${objectLabel}`
        const ttlSeconds = min + Math.floor(dice() * (max - min + 1))
        const held = await product.call(`${EVENT}/hold`, { objectLabel, holdToken, ttlSeconds })
        const hold = { label: objectLabel, until: Date.parse(String(held['holdExpiresAt'])) }
        tell(hold, index)
        return hold
      }),
    ),
  )
}

interface Rivalry {
  readonly waits: number[]
  refused: number
  accepted: number
}

async function contest(
  { ask }: BenchedProduct,
  { label, until }: Hold,
  rivalry: Rivalry,
): Promise<void> {
  const wanted = { objectLabel: label, holdToken: `rival-for-${label}`, ttlSeconds: 600 }
  await sleepUntil(until - RIVAL_EARLY_MS)
  const early = await ask(`${EVENT}/hold`, wanted)
  // Answered later it says nothing: the deadline may have come before it was decided.
  if (Date.now() < until) rivalry[early === 409 ? 'refused' : 'accepted'] += 1
  await sleepUntil(until)
  const status = await ask(`${EVENT}/hold`, wanted)
  if (status !== 200) throw new Error(`A hold of ${label} at its deadline was answered ${status}`)
  rivalry.waits.push(Date.now() - until)
}

/** A timer can go off a moment early. */
async function sleepUntil(time: number): Promise<void> {
  while (Date.now() < time) await systemClock.sleep(Math.max(1, time - Date.now()))
}

/** Answers how many holds were not told to have ended in time. */
async function waitForAll(
  holds: readonly Hold[],
  arrivals: ReadonlyMap<string, number>,
): Promise<number> {
  const last = Math.max(...holds.map(({ until }) => until)) + PATIENCE_MS
  const untold = () => holds.filter(({ label }) => !arrivals.has(label)).length
  while (untold() > 0 && Date.now() < last) await systemClock.sleep(LOOK_MS)
  return untold()
}

/** Receives notices, and notes of each seat when the first one came. */
async function startReceiver() {
  const arrivals = new Map<string, number>()
  const server = createServer((request, response) => {
    const at = Date.now()
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { objectLabel } = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>
      if (objectLabel !== undefined && !arrivals.has(objectLabel)) arrivals.set(objectLabel, at)
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    arrivals,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

function latenessOf({ worker, latenessMs }: Record<string, unknown>): number[] {
  return worker === 'expire-holds' && typeof latenessMs === 'number' ? [latenessMs] : []
}

function spreadOf(values: readonly number[]): Spread {
  return {
    count: values.length,
    p50: percentile(values, 0.5),
    p99: percentile(values, 0.99),
    max: percentile(values, 1),
  }
}
