import { expect, test } from 'vitest'
import { instant } from '../../../lib/clock.ts'
import type { Notice } from '../../../lib/rules/notice.ts'
import { SLOTS_SLOW_MAX } from '../../../lib/store/webhooks/endpoint-gates.ts'
import { getHealth } from '../../../lib/store/webhooks/endpoint-health.ts'
import { takeSlot } from '../../support/slots.ts'
import { WAIT_MS_MAX } from '../../../lib/webhooks/schedule.ts'
import {
  HANGING,
  labels,
  log,
  notices,
  openDeliveries,
  type DeliveryWorld,
} from '../../support/deliveries.ts'
import { dyingProcess } from '../../support/dying.ts'
import { startReceiver, type Answering } from '../../support/receivers.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE

async function publishMany(world: DeliveryWorld, count: number): Promise<Notice[]> {
  const told = Array.from({ length: count }, () => world.notice())
  await world.publish(...told)
  return told
}

/** Takes the slot of the probe, for so many milliseconds. */
async function holdProbe(world: DeliveryWorld, endpointId: string, milliseconds: number) {
  const until = instant(world.clock.now() + milliseconds)
  const wanted = { until, probeUntil: until, isUrgent: false }
  const taken = await takeSlot(world.runtime.store, endpointId, wanted)
  expect(taken).toMatchObject({ status: 'taken', probe: { failed: 0 } })
}

test('an outage of ten hours loses nothing, and the receiver is spared meanwhile', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver(() => 503)
  const { endpointId } = await world.register(receiver.url)
  const told: Notice[] = []
  for (let hour = 0; hour < 10; hour += 1) {
    told.push(...(await publishMany(world, 2)))
    await world.pass(HOUR, 6 * MINUTE)
  }
  // A probe each quarter of an hour, besides the first minutes.
  expect(receiver.received.length).toBeLessThan(60)
  receiver.answer = () => 204
  receiver.received.length = 0
  await world.pass(HOUR, 10 * MINUTE)
  // All that have waited come once the next probe has succeeded; those that were tried come at their time.
  const { items } = await world.deliveriesOf(endpointId)
  expect(items.filter(({ status }) => status === 'queued')).toEqual([])
  await world.pass(16 * HOUR, 30 * MINUTE)
  expect(new Set(labels(receiver))).toEqual(new Set(told.map(({ objectLabel }) => objectLabel)))
  expect(receiver.received).toHaveLength(told.length)
  const statuses = (await log(world, endpointId)).map(([, status]) => status)
  expect(statuses).toEqual(told.map(() => 'success'))
  expect(world.messaging.list('deliveriesDead')).toEqual([])
}, 120_000)

test('while an endpoint fails one notice is the probe and the others wait; a success lets all go', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver(() => undefined)
  const { endpointId } = await world.register(receiver.url)
  await publishMany(world, 1)
  await world.deliver(HANGING)
  const health = () => getHealth(world.runtime.store, endpointId)
  expect(await health()).toMatchObject({ failures: 1, failingSince: world.clock.now() })
  await publishMany(world, 15)
  await world.deliver()
  expect(receiver.received).toHaveLength(1)
  expect((await log(world, endpointId)).filter(([, status]) => status === 'queued')).toHaveLength(
    15,
  )
  world.clock.advance(10_000)
  await world.deliver(HANGING)
  expect(receiver.received).toHaveLength(2)
  receiver.answer = () => 204
  await world.pass(5 * MINUTE, 10)
  expect(new Set(labels(receiver)).size).toBe(16)
  expect(await health()).toMatchObject({ failures: 0 })
  expect(await health()).not.toHaveProperty('failingSince')
})

test('answered failures let an endpoint count as failing from the third in a row, no answer at once', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver(() => 500)
  const { endpointId } = await world.register(receiver.url)
  const probeAt = async () => (await getHealth(world.runtime.store, endpointId))?.probeAt
  for (const isFailing of [false, false, true]) {
    await publishMany(world, 1)
    await world.deliver()
    expect((await probeAt()) !== undefined).toBe(isFailing)
  }
  await publishMany(world, 1)
  await world.deliver()
  expect(receiver.received).toHaveLength(3)
})

test('a probe whose process died is made again by another one', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver(() => undefined)
  const { endpointId } = await world.register(receiver.url)
  await publishMany(world, 2)
  await world.deliver(HANGING)
  receiver.answer = () => 204
  world.clock.advance(10_000)
  await holdProbe(world, endpointId, 60_000)
  receiver.received.length = 0
  await world.deliver()
  expect(receiver.received).toEqual([])
  await world.pass(3 * MINUTE, 10)
  expect(new Set(labels(receiver))).toEqual(new Set(['S-A-1', 'S-A-2']))
})

test('what has waited for longer than the whole schedule is given up, as a dead letter, and not before', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver(() => undefined)
  const { endpointId } = await world.register(receiver.url)
  await publishMany(world, 1)
  await world.deliver(HANGING)
  await publishMany(world, 1)
  await world.deliver()
  const since = world.clock.now()
  const waiting = async () => {
    const { items } = await world.deliveriesOf(endpointId)
    return items.find(({ notice }) => notice.objectLabel === 'S-A-2')
  }
  world.clock.advance(10_000)
  await holdProbe(world, endpointId, WAIT_MS_MAX - 15_000)
  await world.pass(WAIT_MS_MAX / 1_000 - 20, 15 * MINUTE)
  for (const status of ['queued', 'failed']) {
    world.clock.advance(7_000)
    await holdProbe(world, endpointId, 1)
    await world.deliver()
    expect(await waiting()).toMatchObject({ status })
    expect(world.clock.now() - since > WAIT_MS_MAX).toBe(status === 'failed')
  }
  const failure = 'receiver failed for too long'
  expect(await waiting()).toMatchObject({ failure, attempts: [] })
  const letters = world.messaging.bodies('deliveriesDead')
  expect(letters).toContainEqual(
    expect.objectContaining({
      reason: failure,
      attempts: [],
      deliveryId: (await waiting())?.deliveryId,
    }),
  )
})

test('a receiver that hangs does not keep a batch from reaching the others', async () => {
  const world = await openDeliveries()
  let release = (): void => undefined
  const reached = new Promise<void>((resolve) => {
    release = resolve
  })
  const slow = await startReceiver((_, response) => {
    void reached.then(() => response.writeHead(204).end())
    return undefined
  })
  const quick = await startReceiver(() => {
    release()
    return 204
  })
  await world.register(slow.url)
  const { endpointId } = await world.register(quick.url, { types: ['seat.released'] })
  await publishMany(world, 9)
  await world.publish(world.notice({ type: 'seat.released' }))
  await world.deliver()
  expect(await log(world, endpointId)).toEqual([['S-A-10', 'success', 1]])
  await world.pass(MINUTE, 2)
  // None of them ran into its time limit: the last of the batch got through while they were waiting.
  expect((await log(world, 'wh_1')).every(([, status]) => status === 'success')).toBe(true)
})

test.each([SLOTS_SLOW_MAX - 1, SLOTS_SLOW_MAX, SLOTS_SLOW_MAX + 1, SLOTS_SLOW_MAX + 9])(
  'of %i notices at once no more than twenty are under way to one endpoint, and all arrive',
  async (count) => {
    const world = await openDeliveries()
    const waiting: (() => void)[] = []
    let isProven = false
    let most = 0
    let underWay = 0
    const expected = Math.min(count, SLOTS_SLOW_MAX)
    let isOpen = false
    const receiver = await startReceiver((_, response) => {
      if (!isProven) return 204
      underWay += 1
      most = Math.max(most, underWay)
      const finish = () => {
        underWay -= 1
        response.writeHead(204).end()
      }
      if (isOpen) finish()
      else waiting.push(finish)
      if (isOpen) return undefined
      if (waiting.length < expected) return undefined
      isOpen = true
      for (const end of waiting.splice(0)) end()
      return undefined
    })
    const { endpointId } = await world.register(receiver.url)
    await publishMany(world, 1)
    await world.deliver()
    isProven = true
    const told = Array.from({ length: count }, () => world.notice())
    const Records = told.map((detail, index) => ({
      messageId: String(index),
      body: JSON.stringify({ endpoint: endpointId, notice: { detail } }),
    }))
    expect(await world.worker()({ Records } as never)).toEqual({ batchItemFailures: [] })
    expect(most).toBe(expected)
    await world.pass(MINUTE, 2)
    expect(new Set(labels(receiver)).size).toBe(count + 1)
    expect(receiver.received).toHaveLength(count + 1)
  },
)

/** What the receiver does, and where its delivery ends, with so many attempts. */
const courses: [string, Answering[], string, number][] = [
  ['delivered', [() => 204], 'success', 1],
  ['tried again', [() => 500, () => 204], 'success', 2],
  ['refused for ever', [() => 410], 'failed', 1],
]

test.each(courses)(
  'a notice that is %s survives a crash at every call to table and bus',
  async (_, answers, status, attempts) => {
    for (const when of ['before', 'after'] as const) {
      for (let call = 1; ; call += 1) {
        const world = await openDeliveries()
        let answered = 0
        const receiver = await startReceiver((request, response) => {
          const answer = answers[Math.min(answered, answers.length - 1)] ?? (() => 204)
          answered += 1
          return answer(request, response)
        })
        const { endpointId } = await world.register(receiver.url)
        await publishMany(world, 1)
        const { runtime, messaging } = world
        const dying = dyingProcess({ runtime, bus: messaging.bus }, { call, when })
        await world.deliver(dying)
        await world.pass(6 * MINUTE, 15)
        const ended = await log(world, endpointId)
        // A crash between claim and record is an attempt of which only that is known.
        const known = ended[0]?.[2] as number
        expect([call, when, ended]).toEqual([call, when, [['S-A-1', status, known]]])
        expect(known).toBeLessThanOrEqual(attempts + 1)
        expect(receiver.received.length).toBeGreaterThanOrEqual(Math.min(known, attempts))
        expect(receiver.received.length).toBeLessThanOrEqual(attempts + 1)
        expect(messaging.list('deliveries')).toEqual([])
        const letters = messaging.list('deliveriesDead').length
        expect(letters > 0).toBe(status === 'failed')
        await receiver.close()
        if (!dying.isDead()) break
      }
    }
  },
  120_000,
)

test('a receiver that drops what it has seen, and older versions, ends with the true state', async () => {
  const world = await openDeliveries()
  const seen = new Set<string>()
  const state = new Map<string, Notice>()
  let requests = 0
  const receiver = await startReceiver(({ body }) => {
    requests += 1
    if (requests % 3 === 1) return 503
    const notice = JSON.parse(body) as Notice
    if (!seen.has(notice.id)) {
      seen.add(notice.id)
      const known = state.get(notice.objectLabel)
      if (known === undefined || known.version < notice.version) {
        state.set(notice.objectLabel, notice)
      }
    }
    // Some answers get lost on their way: the notice comes again.
    return requests % 3 === 2 ? 500 : 204
  })
  const { endpointId } = await world.register(receiver.url, {
    types: ['seat.held', 'seat.booked', 'seat.released'],
  })
  const changes = ['seat.held', 'seat.booked', 'seat.released', 'seat.held'] as const
  for (const [index, type] of changes.entries()) {
    const told = ['S-A-1', 'S-A-2', 'S-A-3'].map((objectLabel) =>
      world.notice({ id: `E:${objectLabel}:${index + 1}`, type, objectLabel, version: index + 1 }),
    )
    // Each is told twice.
    await world.publish(...told, ...told.toReversed())
    await world.pass(MINUTE, 5)
  }
  await world.pass(28 * HOUR, 10 * MINUTE)
  expect([...state.values()].map(({ version, type }) => [version, type])).toEqual(
    Array.from({ length: 3 }, () => [4, 'seat.held']),
  )
  const repeated = notices(receiver).length - seen.size
  expect(repeated).toBeGreaterThan(0)
  expect((await log(world, endpointId)).every(([, status]) => status === 'success')).toBe(true)
})
