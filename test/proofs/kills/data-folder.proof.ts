import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DEMO_EVENT_KEY, demoKeys } from '../../../local/demo/seed-demo.ts'
import { diceOf } from '../../support/dice.ts'
import { startProduct, type Product } from '../../support/product.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const SEED = 20_260_301
const ROWS = 40
const SEATS_IN_A_ROW = 20
const BUYERS = 8
const KILLS = 3

type SeatStatus = 'free' | 'held' | 'booked'

interface Answered {
  readonly status: number
  readonly body: Record<string, unknown>
}

type Call = (method: string, path: string, body?: object) => Promise<Answered>

async function callsTo(product: Product): Promise<Call> {
  const url = await product.url
  expect(url, product.output()).toBeDefined()
  return async (method, path, body) => {
    const response = await fetch(`${url ?? ''}/api/v1${path}`, {
      method,
      headers: { 'X-Api-Key': demoKeys.secret, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    }
  }
}

async function makeEvent(call: Call, eventKey: string): Promise<void> {
  const seats = Array.from({ length: SEATS_IN_A_ROW }, (_, at) => ({
    x: at * 20,
    y: 0,
    label: `${at + 1}`,
    categoryKey: 1,
  }))
  const rows = Array.from({ length: ROWS }, (_, at) => ({
    label: `R${at + 1}`,
    seats: seats.map((seat) => ({ ...seat, y: at * 20 })),
  }))
  const categories = { list: [{ key: 1, label: 'Standard', color: '#2b8a3e' }] }
  const made = await call('POST', '/charts', {
    name: 'Hall',
    draftVersion: { categories, subChart: { rows } },
  })
  const chartKey = made.body['chartKey'] as string
  expect((await call('POST', `/charts/${chartKey}/publish`)).status).toBe(200)
  const event = await call('POST', '/events', { chartKey, name: 'Night', eventKey })
  expect(event.status, JSON.stringify(event.body)).toBeLessThan(300)
}

/** Two seats that are always changed together, and the statuses that they may have. */
interface Pair {
  readonly labels: readonly [string, string]
  readonly token: string
  may: SeatStatus[]
}

const pairs: readonly Pair[] = Array.from({ length: (ROWS * SEATS_IN_A_ROW) / 2 }, (_, at) => {
  const row = Math.floor((at * 2) / SEATS_IN_A_ROW) + 1
  const seat = ((at * 2) % SEATS_IN_A_ROW) + 1
  return {
    labels: [`R${row}-${seat}`, `R${row}-${seat + 1}`],
    token: `buyer-number-${at}`,
    may: ['free'],
  }
})

/** Holds and books pair after pair, until the process no longer answers. */
async function buy(call: Call, next: () => Pair | undefined, acknowledged: () => void) {
  for (let pair = next(); pair !== undefined; pair = next()) {
    for (const [verb, status] of [
      ['hold', 'held'],
      ['book', 'booked'],
    ] as const) {
      pair.may = [...pair.may, status]
      const body = { objectLabels: pair.labels, holdToken: pair.token }
      let answer: Answered
      try {
        answer = await call('POST', `/events/hall/seats/${verb}`, body)
      } catch {
        return
      }
      expect(answer.status, JSON.stringify(answer.body)).toBe(200)
      pair.may = [status]
      acknowledged()
    }
  }
}

async function statuses(call: Call, eventKey: string): Promise<Map<string, string>> {
  const { body } = await call('GET', `/events/${eventKey}/status`)
  const objects = body['objects'] as { objectLabel?: string; label?: string; status: string }[]
  return new Map(objects.map((one) => [one.objectLabel ?? one.label ?? '', one.status]))
}

test('kill -9 amid holds and bookings, again and again, loses nothing that was answered and halves nothing', async () => {
  const folder = join(await temporaryFolder(), 'made', 'at', 'start')
  const dice = diceOf(SEED)
  let at = 0
  let product = startProduct(['--data', folder])
  await makeEvent(await callsTo(product), 'hall')
  for (let kill = 0; kill < KILLS; kill += 1) {
    const call = await callsTo(product)
    let left = 20 + dice(80)
    const victim = product
    const buying = Array.from({ length: BUYERS }, () =>
      buy(
        call,
        () => pairs[at++],
        () => {
          left -= 1
          if (left === 0) victim.process.kill('SIGKILL')
        },
      ),
    )
    await Promise.all(buying)
    expect(left).toBeLessThanOrEqual(0)
    await victim.ended
    product = startProduct(['--data', folder])
    const found = await statuses(await callsTo(product), 'hall')
    for (const pair of pairs.slice(0, at)) {
      const [first, second] = pair.labels.map((label) => found.get(label) ?? 'free')
      expect(pair.may, `${pair.labels.join()} seed ${SEED}`).toContain(first)
      expect(second, `${pair.labels.join()} seed ${SEED}`).toBe(first)
      pair.may = [first as SeatStatus]
    }
  }
  expect(pairs.filter(({ may }) => may[0] === 'booked').length).toBeGreaterThan(20)
})

test('a second process is refused by name and leaves the first alone; a restart keeps events, and what was deleted', async () => {
  const folder = join(await temporaryFolder(), 'data')
  const first = startProduct(['--data', folder])
  const call = await callsTo(first)
  await makeEvent(call, 'hall')
  expect((await call('DELETE', `/events/${DEMO_EVENT_KEY}`)).status).toBeLessThan(300)
  const charts = (await call('GET', '/charts')).body['items']
  const second = startProduct(['--data', folder])
  expect(await second.ended).toBe(1)
  expect(second.errors()).toBe(
    `The data folder ${folder} is in use by another Holdfast. Stop that one, or name another folder with --data.\n`,
  )
  const hold = { objectLabels: ['R1-1'], holdToken: 'my-first-hold' }
  expect((await call('POST', '/events/hall/seats/hold', hold)).status).toBe(200)
  first.process.kill('SIGTERM')
  expect(await first.ended).toBe(0)

  const third = startProduct(['--data', folder])
  const again = await callsTo(third)
  expect(await statuses(again, 'hall')).toEqual(new Map([['R1-1', 'held']]))
  expect((await again('GET', `/events/${DEMO_EVENT_KEY}`)).status).toBe(404)
  expect((await again('GET', '/charts')).body['items']).toEqual(charts)
})

test('when the disk is full, changes are refused with 503, reading goes on, and nothing that was answered is lost', async () => {
  const folder = join(await temporaryFolder(), 'data')
  const product = startProduct(['--data', folder], { fileBytesMax: 512 * 1024 })
  const call = await callsTo(product)
  await makeEvent(call, 'hall')
  const held: string[] = []
  let refused: Answered | undefined
  for (const { labels, token } of pairs) {
    const body = { objectLabels: labels, holdToken: token }
    const answer = await call('POST', '/events/hall/seats/hold', body)
    if (answer.status !== 200) refused = answer
    if (refused !== undefined) break
    held.push(...labels)
  }
  expect(refused).toMatchObject({ status: 503, body: { statusCode: 503 } })
  expect(JSON.stringify(refused?.body)).toContain('nothing was changed')
  const [pair = ''] = held
  const release = { objectLabels: [pair] }
  expect((await call('POST', '/events/hall/seats/release', release)).status).toBe(503)
  expect([...(await statuses(call, 'hall')).keys()].sort()).toEqual(held.sort())
  expect(product.errors()).toContain(`The data folder ${folder} `)
  expect(product.errors()).toMatch(/Until Holdfast is started again it .* refuses every change/)
  product.process.kill('SIGKILL')
  await product.ended

  const again = await callsTo(startProduct(['--data', folder]))
  expect([...(await statuses(again, 'hall')).keys()].sort()).toEqual(held)
  expect((await again('POST', '/events/hall/seats/release', release)).status).toBe(200)
})
