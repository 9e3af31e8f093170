import { describe, expect, test } from 'vitest'
import { SECOND_MS } from '../../../lib/limits/durations.ts'
import { OTHER_TOKEN } from '../../support/scene.ts'
import { openSaleScene } from './sale-scene.ts'

const HOUR = 3_600_000
const line = { label: 'A-1', quantity: 1 }

describe.each([
  ['right', 0],
  ['two hours ahead', 2 * HOUR],
  ['two hours behind', -2 * HOUR],
])('on a device whose clock is %s', (_, clockAhead) => {
  test('time and deadlines are the server’s, to the millisecond', async () => {
    const { open, api, seats, clock, pass, quiet } = await openSaleScene()
    const { sale, heard } = open({ clockAhead, holdSeconds: 120 })
    sale.start()
    await pass(0)
    expect(sale.serverNow()).toBe(clock.now())
    void sale.hold([line])
    await quiet()
    const until = clock.now() + 120_000
    expect(sale.basket.expiresAt).toBe(until)
    await api(`POST ${seats}/hold`, { objectLabel: 'B-1', holdToken: OTHER_TOKEN, ttlSeconds: 119 })
    await pass(until - 1 - clock.now())
    expect([sale.letterOf('B-1'), sale.letterOf('A-1'), heard('expired')]).toEqual(['f', 'h', []])
    await pass(1)
    expect([sale.letterOf('A-1'), heard('expired')]).toEqual(['f', [[line]]])
    expect(sale.basket).toMatchObject({ items: [], expiresAt: undefined })
  })
})

describe.each([
  ['set an hour ahead', HOUR],
  ['set an hour back', -HOUR],
])('a device whose clock is %s while the page is open', (_, jump) => {
  test('is right again with the next answer', async () => {
    const { open, clock, pass, quiet } = await openSaleScene()
    const { sale, heard, skew, act } = open()
    sale.start()
    await pass(0)
    void sale.hold([line])
    await quiet()
    await pass(5_000)
    skew(jump)
    act()
    await pass(1_000)
    expect(Math.abs(sale.serverNow() - clock.now())).toBeLessThanOrEqual(500)
    await pass(1_000)
    expect(sale.serverNow()).toBe(clock.now())
    expect([heard('expired'), sale.basket.items]).toEqual([[], [line]])
  })
})

test('a device that slept through a deadline says so when it wakes', async () => {
  const { open, clock, pass, quiet } = await openSaleScene()
  const { sale, heard, skew, see } = open({ holdSeconds: 600 })
  sale.start()
  await pass(0)
  void sale.hold([line])
  await quiet()
  await pass(5_000)
  // Its clock stands still, and no timer goes off.
  clock.advance(HOUR)
  skew(-HOUR)
  see(true)
  await quiet()
  expect([heard('expired'), sale.basket.items, sale.letterOf('A-1')]).toEqual([[[line]], [], 'f'])
  expect(sale.serverNow()).toBe(clock.now())
})

test('of slow and fast answers the fastest is believed', async () => {
  const { open, clock, pass } = await openSaleScene()
  const { sale, wire } = open()
  // All of the round trip is the way back.
  const delays = [4_000, 900, 20, 700]
  wire.handle = async ({ path }, send) => {
    const answer = await send()
    if (path.startsWith('/snapshot')) clock.advance(delays.shift() ?? 700)
    return answer
  }
  sale.start()
  await pass(0)
  expect(Math.abs(sale.serverNow() - clock.now())).toBe(2_000)
  await pass(10_000)
  expect(Math.abs(sale.serverNow() - clock.now())).toBeLessThanOrEqual(10)
})

test('of answers that lay in a cache the youngest is believed', async () => {
  const { open, clock, pass } = await openSaleScene()
  const { sale, wire } = open()
  const ages = [900, 300, 20, 700, 950]
  wire.handle = async ({ path }, send) => {
    const answer = await send()
    if (!path.startsWith('/snapshot') || answer.status !== 200) return answer
    const body = (await answer.json()) as { serverTime: string }
    const serverTime = new Date(Date.parse(body.serverTime) - (ages.shift() ?? 500)).toISOString()
    return new Response(JSON.stringify({ ...body, serverTime }))
  }
  sale.start()
  await pass(0)
  expect(clock.now() - sale.serverNow()).toBe(900)
  await pass(10_000)
  expect(Math.abs(clock.now() - sale.serverNow())).toBeLessThanOrEqual(20)
})

test('clocks that drift apart are brought together again', async () => {
  const { open, clock, pass } = await openSaleScene()
  const { sale, skew } = open()
  sale.start()
  await pass(5_000)
  for (let minute = 0; minute < 10; minute += 1) {
    await pass(60_000)
    skew(4)
    await pass(10_000)
    expect(Math.abs(sale.serverNow() - clock.now())).toBeLessThanOrEqual(SECOND_MS / 2)
  }
})
