import { expect, test } from 'vitest'
import { instant } from '../../../../lib/clock.ts'
import {
  QUICK_MS,
  SLOTS_MAX,
  SLOTS_SLOW_MAX,
} from '../../../../lib/store/webhooks/endpoint-gates.ts'
import {
  endWaiting,
  getHealth,
  type SlotUse,
} from '../../../../lib/store/webhooks/endpoint-health.ts'
import {
  slotsBack,
  SLOTS_UNPROVEN_MAX,
  takeSlots,
} from '../../../../lib/store/webhooks/endpoint-slots.ts'
import { giveBackSlot, takeSlot, type SlotHeld } from '../../../support/slots.ts'
import { openHoldfast } from '../../../support/holdfast.ts'

const ENDPOINT = 'wh_1'
const LEASE_MS = 60_000
const PROBE_MS = 20_000

async function open() {
  const holdfast = await openHoldfast()
  const { clock, runtime } = holdfast
  const { store } = runtime
  const after = (milliseconds: number) => instant(clock.now() + milliseconds)
  const take = (isUrgent = false, endpointId = ENDPOINT) =>
    takeSlot(store, endpointId, { until: after(LEASE_MS), probeUntil: after(PROBE_MS), isUrgent })
  const taken = async (isUrgent = false): Promise<SlotHeld> => {
    const slot = await take(isUrgent)
    if (slot.status !== 'taken') throw new Error(`It is ${slot.status}`)
    return slot
  }
  const giveBack = (slot: SlotHeld, use: SlotUse) => giveBackSlot(store, ENDPOINT, { ...slot, use })
  const failure = (failuresMax: number, milliseconds = 5_000): SlotUse => ({
    kind: 'failure',
    probeAt: after(milliseconds),
    failuresMax,
  })
  const health = () => getHealth(store, ENDPOINT)
  /** Lets the endpoint answer well once. */
  const prove = async () => giveBack(await taken(), { kind: 'success' })
  return { ...holdfast, store, after, take, taken, giveBack, failure, health, prove }
}

test('an endpoint that never answered, or not well since it failed, has five slots only', async () => {
  const { take, taken, giveBack, failure, store, clock } = await open()
  const first = await taken()
  for (let count = 2; count <= SLOTS_UNPROVEN_MAX; count += 1) await taken()
  expect(await take()).toMatchObject({ status: 'full' })
  expect(await take(true)).toMatchObject({ status: 'full' })
  await giveBack(first, { kind: 'success' })
  const second = await taken()
  for (let count = 1; count <= SLOTS_UNPROVEN_MAX; count += 1) await taken()
  await giveBack(second, failure(1))
  await endWaiting(store, ENDPOINT)
  // Of the first five four are still under way.
  clock.advance(1)
  await taken()
  expect(await take()).toMatchObject({ status: 'full' })
})

test('an endpoint that answers has twenty slots, its own; the next one is free once one was given back', async () => {
  const { take, giveBack, prove, clock } = await open()
  await prove()
  for (let count = 1; count < SLOTS_SLOW_MAX; count += 1) {
    expect((await take()).status).toBe('taken')
    clock.advance(1)
  }
  const last = await take()
  expect(last.status).toBe('taken')
  expect(await take()).toMatchObject({ status: 'full' })
  expect(await take(true)).toMatchObject({ status: 'full' })
  expect((await take(false, 'wh_2')).status).toBe('taken')
  if (last.status === 'taken') await giveBack(last, { kind: 'unused' })
  expect((await take()).status).toBe('taken')
  expect(await take()).toMatchObject({ status: 'full' })
})

test('one that answers within a second has a hundred and twenty-eight, and twenty again once it is slow', async () => {
  const { store, after, prove } = await open()
  await prove()
  const takeMany = (count: number) =>
    takeSlots(store, ENDPOINT, {
      count,
      until: after(LEASE_MS),
      probeUntil: after(PROBE_MS),
      isUrgent: false,
    })
  const giveBackAfter = async (latencyMs: number, count: number) => {
    const taken = await takeMany(count)
    expect(taken.slots).toHaveLength(count)
    const giveBack = slotsBack(store, ENDPOINT, taken)
    for (const slot of taken.slots) await giveBack(slot, { use: { kind: 'success' }, latencyMs })
  }
  await giveBackAfter(QUICK_MS, SLOTS_SLOW_MAX)
  const most = await takeMany(SLOTS_MAX + 1)
  expect(most.slots).toHaveLength(SLOTS_MAX)
  expect(most.without).toEqual({ status: 'full', isProven: true })
  const giveBack = slotsBack(store, ENDPOINT, most)
  for (const slot of most.slots) {
    await giveBack(slot, { use: { kind: 'success' }, latencyMs: QUICK_MS + 1 })
  }
  const few = await takeMany(SLOTS_MAX)
  expect(few.slots).toHaveLength(SLOTS_SLOW_MAX)
})

test('successes elsewhere end a row of failures, though nobody tells the health of them', async () => {
  const { taken, giveBack, failure, health, prove, clock } = await open()
  await prove()
  const slots = [await taken(), await taken(), await taken(), await taken()]
  const use = { kind: 'success' } as const
  for (const [index, slot] of slots.entries()) {
    await giveBack(slot, index === 2 ? use : failure(3))
    clock.advance(1)
  }
  expect(await health()).toMatchObject({ failures: 1 })
  expect(await health()).not.toHaveProperty('probeAt')
})

test('slots of processes that died are free again from the end of their leases on', async () => {
  const { take, clock, prove } = await open()
  await prove()
  for (let count = 1; count <= SLOTS_SLOW_MAX; count += 1) await take()
  clock.advance(LEASE_MS - 1)
  expect(await take()).toMatchObject({ status: 'full' })
  clock.advance(1)
  expect((await take()).status).toBe('taken')
})

test('of two that ask for the probe at its time one gets it, before its time nobody', async () => {
  const { take, taken, giveBack, failure, clock, after } = await open()
  await giveBack(await taken(), failure(1))
  const dueAt = after(5_000)
  expect(await take()).toEqual({ status: 'failing', probeAt: dueAt })
  clock.advance(4_999)
  expect(await take()).toEqual({ status: 'failing', probeAt: dueAt })
  clock.advance(1)
  const both = await Promise.all([take(), take()])
  expect(both).toContainEqual(
    expect.objectContaining({ status: 'taken', probe: { failed: 0, dueAt } }),
  )
  expect(both).toContainEqual({ status: 'failing', probeAt: after(PROBE_MS) })
})

test('each failed probe counts, and one that was not used gives its turn to the next', async () => {
  const { taken, take, giveBack, failure, clock } = await open()
  await giveBack(await taken(), failure(1))
  clock.advance(5_000)
  const first = await taken()
  await giveBack(first, failure(1, 30_000))
  clock.advance(30_000)
  const second = await taken()
  expect(second.probe).toMatchObject({ failed: 1 })
  await giveBack(second, { kind: 'unused' })
  const third = await take()
  expect(third).toMatchObject({ status: 'taken', probe: second.probe })
})

test('an urgent attempt is made whether the endpoint fails or not, and its success opens it', async () => {
  const { taken, take, giveBack, failure, health, clock } = await open()
  await giveBack(await taken(), failure(1))
  const urgent = await taken(true)
  expect(urgent.probe).toBeUndefined()
  await giveBack(urgent, { kind: 'success' })
  expect(await health()).toEqual({
    failures: 0,
    lastSuccessAt: clock.now(),
    recoveredAt: clock.now(),
  })
  expect((await take()).status).toBe('taken')
})

test('failures count from the first, and hold up the others from the one that was said', async () => {
  const { taken, giveBack, failure, health, clock, after } = await open()
  const failingSince = clock.now()
  await giveBack(await taken(), failure(3))
  clock.advance(1_000)
  await giveBack(await taken(), failure(3))
  expect(await health()).toEqual({ failures: 2, failingSince })
  await giveBack(await taken(), failure(3))
  expect(await health()).toEqual({ failures: 3, failingSince, probeAt: after(5_000) })
})

test('what is given back twice, or after its lease ran out, counts once', async () => {
  const { taken, take, giveBack, failure, health, clock } = await open()
  const slot = await taken()
  await giveBack(slot, failure(3))
  await giveBack(slot, failure(3))
  expect(await health()).toMatchObject({ failures: 1 })
  const late = await taken()
  for (let count = 2; count <= SLOTS_UNPROVEN_MAX; count += 1) await take()
  clock.advance(LEASE_MS)
  await take()
  await giveBack(late, failure(3))
  expect(await health()).toMatchObject({ failures: 1 })
})

test('twenty that fail at once are all counted', async () => {
  const { taken, giveBack, failure, health, prove } = await open()
  await prove()
  const slots = await Promise.all(Array.from({ length: SLOTS_SLOW_MAX }, () => taken()))
  await Promise.all(slots.map((slot) => giveBack(slot, failure(3))))
  expect(await health()).toMatchObject({ failures: SLOTS_SLOW_MAX })
})

test('answers that get lost change nothing about slots and counts', async () => {
  const { port, store, engine } = await openLossy()
  const until = instant(port.clock.now() + LEASE_MS)
  const slot = await takeSlot(store, ENDPOINT, { until, probeUntil: until, isUrgent: false })
  if (slot.status !== 'taken') throw new Error(slot.status)
  const use = { kind: 'failure', probeAt: until, failuresMax: 1 } as const
  await giveBackSlot(store, ENDPOINT, { ...slot, use })
  expect(engine.lost).toBeGreaterThan(1)
  expect(await getHealth(store, ENDPOINT)).toMatchObject({ failures: 1, probeAt: until })
})

/** A store of which every second answer to a write gets lost. */
async function openLossy() {
  const { port, runtime } = await openHoldfast()
  const counted = { lost: 0 }
  let writes = 0
  const send = port.writer.send.bind(port.writer) as (command: unknown) => Promise<unknown>
  Object.assign(port.writer, {
    send: async (command: unknown) => {
      const answer = await send(command).catch((error: unknown) => ({ error }))
      writes += 1
      if (writes % 2 === 1) {
        counted.lost += 1
        throw new Error('The answer got lost')
      }
      if (typeof answer === 'object' && answer !== null && 'error' in answer) throw answer.error
      return answer
    },
  })
  return { port, store: runtime.store, engine: counted }
}
