import { describe, expect, test } from 'vitest'
import { apiOver } from '../../support/api.ts'
import { HANGING, labels, openDeliveries, type DeliveryWorld } from '../../support/deliveries.ts'
import { startReceiver } from '../../support/receivers.ts'

// What waits for a failing endpoint waits no longer than until it is well again, or somebody says that it is.

const MINUTE = 60

/** What waits looks again within that, in the product as deployed. */
const LOOK = 62

/** A receiver that has been away for twelve minutes: its next probe is minutes away. */
async function openOutage() {
  const world = await openDeliveries()
  const receiver = await startReceiver(() => undefined)
  const { endpointId } = await world.register(receiver.url)
  await world.publish(world.notice())
  await world.deliver(HANGING)
  receiver.answer = () => 503
  await world.pass(3 * MINUTE, 5)
  await world.publish(...Array.from({ length: 5 }, () => world.notice()))
  await world.pass(MINUTE, 30)
  const api = apiOver(world.runtime)
  const health = async () => (await api(`GET /api/v1/webhooks/${endpointId}`)).body['health']
  receiver.received.length = 0
  return { ...world, receiver, endpointId, api, health, all: 6 }
}

const statuses = async (world: DeliveryWorld, endpointId: string) =>
  (await world.deliveriesOf(endpointId)).items.map(({ status }) => status)

describe('all that waits is sent within a minute, also what was to be tried again later', () => {
  test('after a test that succeeds', async () => {
    const world = await openOutage()
    const { receiver, endpointId, api, health, clock } = world
    const until = Date.parse(((await health()) as { nextProbeAt: string }).nextProbeAt)
    expect(until - clock.now()).toBeGreaterThan(2 * MINUTE * 1_000)
    receiver.answer = () => 204
    expect((await api(`POST /api/v1/webhooks/${endpointId}/test`)).status).toBe(202)
    await world.pass(2)
    expect(await health()).toMatchObject({ status: 'healthy', nextProbeAt: null })
    await world.pass(LOOK, 2)
    expect(await statuses(world, endpointId)).toEqual(Array(world.all + 1).fill('success'))
    expect(new Set(labels(receiver)).size).toBe(world.all + 1)
  })

  test.each([{ enabled: true }, { description: 'mended' }, { events: ['seat.booked'] }])(
    'after a change of the webhook: %j',
    async (change) => {
      const world = await openOutage()
      const { receiver, endpointId, api } = world
      receiver.answer = () => 204
      const { body } = await api(`PATCH /api/v1/webhooks/${endpointId}`, change)
      expect(body).toMatchObject({ health: { nextProbeAt: null } })
      await world.pass(LOOK, 2)
      expect(await statuses(world, endpointId)).toEqual(Array(world.all).fill('success'))
      expect(receiver.received).toHaveLength(world.all)
    },
  )
})

test('on a local product, which looks more often, within seconds', async () => {
  const world = await openDeliveries()
  const { runtime, clock } = world
  const local = { ...runtime, webhooks: { ...runtime.webhooks, lookSeconds: 2 } }
  const pass = async (steps: number, seconds: number) => {
    for (let step = 0; step < steps; step += 1) {
      clock.advance(seconds * 1_000)
      await world.deliver({ runtime: local })
    }
  }
  const receiver = await startReceiver(() => 503)
  const { endpointId } = await world.register(receiver.url)
  await world.publish(...Array.from({ length: 4 }, () => world.notice()))
  await pass(40, 5)
  receiver.answer = () => 204
  await pass(3, 2)
  expect(await statuses(world, endpointId)).not.toContain('success')
  await apiOver(runtime)(`PATCH /api/v1/webhooks/${endpointId}`, { enabled: true })
  await pass(6, 1)
  expect(await statuses(world, endpointId)).toEqual(Array(4).fill('success'))
})

test('a change ends the waiting once: a receiver that is still away is spared as before', async () => {
  const world = await openOutage()
  const { receiver, endpointId, api, health } = world
  await api(`PATCH /api/v1/webhooks/${endpointId}`, { enabled: true })
  await world.pass(10 * MINUTE, 5)
  expect(receiver.received.length).toBeLessThan(20)
  expect(await health()).toMatchObject({ status: 'failing' })
  receiver.answer = () => 204
  await world.pass(40 * MINUTE, 30)
  expect(await statuses(world, endpointId)).toEqual(Array(world.all).fill('success'))
})

test('a notice that its receiver alone refuses is not hurried by the success of others', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver(({ body }) => (body.includes('S-A-1"') ? 500 : 204))
  await world.register(receiver.url)
  await world.publish(world.notice())
  await world.deliver()
  for (let minute = 0; minute < 10; minute += 1) {
    await world.publish(world.notice())
    await world.pass(MINUTE, 10)
  }
  const refused = labels(receiver).filter((label) => label === 'S-A-1')
  // At once, and after 5 s, 30 s, and 2 minutes.
  expect(refused).toHaveLength(4)
})
