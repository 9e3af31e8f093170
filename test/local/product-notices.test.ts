import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Notice } from '../../lib/rules/notice.ts'
import { demoKeys } from '../../local/demo/seed-demo.ts'
import { notices } from '../support/deliveries.ts'
import { hasty } from '../support/hasty.ts'
import { startProduct, type Product } from '../support/product.ts'
import { startReceiver, type Receiver } from '../support/receivers.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** How late the end of a hold may be told. */
const LATENESS_MS_MAX = 2_000

/** How long these tests wait for what must come. */
const PATIENCE = { timeout: 40_000, interval: 50 }

/** Times that the clock of the restarted product is faster: what a killed one had taken comes again after 90 s. */
const HASTE = 20

const seats = Array.from({ length: 10 }, (_, at) => `S-A-${at + 1}`)

async function callerOf(product: Product) {
  const url = await product.url
  expect(url, product.output()).toBeDefined()
  return async (path: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'X-Api-Key': demoKeys.secret },
      body: JSON.stringify(body),
    })
    expect(answer.ok, `${path} was answered ${answer.status}`).toBe(true)
    return (await answer.json()) as Record<string, unknown>
  }
}

/** Registers a receiver, and has each seat held by a buyer of its own for some seconds; answers the deadlines. */
async function holdEach(
  product: Product,
  { receiver, events, seconds }: { receiver: Receiver; events: string[]; seconds: number[] },
): Promise<Map<string, number>> {
  const call = await callerOf(product)
  await call('/webhooks', { url: receiver.url, events })
  const deadlines = await Promise.all(
    seats.map(async (objectLabel, at) => {
      const holdToken = `buyer-of-${objectLabel}`
      const body = { objectLabel, holdToken, ttlSeconds: seconds[at % seconds.length] }
      const held = await call('/events/evt_demo/seats/hold', body)
      return [objectLabel, Date.parse(String(held['holdExpiresAt']))] as const
    }),
  )
  return new Map(deadlines)
}

const types = (all: readonly Notice[], type: string) =>
  all.filter((notice) => notice.type === type).map(({ objectLabel }) => objectLabel)

test('the end of each hold is told to a receiver within two seconds, by everything that npm start runs', async () => {
  const product = startProduct()
  const arrivals = new Map<string, number>()
  const receiver = await startReceiver(({ body }) => {
    arrivals.set((JSON.parse(body) as Notice).objectLabel, Date.now())
    return 204
  })
  const events = ['seat.hold_expired']
  const deadlines = await holdEach(product, { receiver, events, seconds: [2, 3, 4] })
  await expect.poll(() => arrivals.size, PATIENCE).toBe(seats.length)
  const lateness = seats.map((label) => (arrivals.get(label) ?? 0) - (deadlines.get(label) ?? 0))
  expect(Math.min(...lateness)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...lateness)).toBeLessThan(LATENESS_MS_MAX)
}, 60_000)

test('a product that is killed after holds were made tells all of them, and their ends, after a restart', async () => {
  const data = join(await temporaryFolder(), 'data')
  const first = startProduct(['--data', data])
  const receiver = await startReceiver()
  const events = ['seat.held', 'seat.hold_expired']
  const deadlines = await holdEach(first, { receiver, events, seconds: [1, 2] })
  first.process.kill('SIGKILL')
  await first.ended

  startProduct(['--data', data], { env: { NODE_OPTIONS: `--import ${hasty(HASTE)}` } })
  const told = () => notices(receiver)
  for (const type of events) {
    await expect
      .poll(() => [...new Set(types(told(), type))].toSorted(), PATIENCE)
      .toEqual(seats.toSorted())
  }
  // Once in effect: what came again had the same id.
  expect(new Set(told().map(({ id }) => id)).size).toBe(2 * seats.length)
  for (const { objectLabel, type, occurredAt } of told()) {
    const until = deadlines.get(objectLabel) ?? 0
    expect(Date.parse(occurredAt) >= until).toBe(type === 'seat.hold_expired')
  }
}, 90_000)
