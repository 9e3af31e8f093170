import { expect, test } from 'vitest'
import type { Runtime } from '../../../lib/open.ts'
import { INTERRUPTED } from '../../../lib/webhooks/attempt.ts'
import { openDeliveries } from '../../support/deliveries.ts'
import { intercepted, type Interceptor } from '../../support/intercepted.ts'
import { startReceiver, type Receiver } from '../../support/receivers.ts'

/** A process that ends right after it has sent something: from then on it reads and writes nothing. */
function dyingOne({ runtime }: { runtime: Runtime }, receiver: Receiver) {
  const before = receiver.received.length
  const isDead = () => receiver.received.length > before
  const dying: Interceptor = (_, send) => (isDead() ? Promise.reject(new Error('died')) : send())
  const store = intercepted(runtime.store, { reads: dying, writes: dying })
  return { runtime: { ...runtime, store }, isDead }
}

/** A notice, and processes that end during its delivery until that many have, or for two days. */
async function openDying(deathsMax: number) {
  const world = await openDeliveries()
  const receiver = await startReceiver(() => 204)
  const { endpointId } = await world.register(receiver.url)
  await world.publish(world.notice())
  let deaths = 0
  const end = world.clock.now() + 2 * 86_400_000
  while (deaths < deathsMax && world.clock.now() < end) {
    const { runtime, isDead } = dyingOne(world, receiver)
    await world.deliver({ runtime })
    if (isDead()) deaths += 1
    world.clock.advance(95_000)
  }
  const delivery = async () => (await world.deliveriesOf(endpointId)).items[0]
  return { ...world, receiver, delivery, deaths: () => deaths }
}

const failures = (attempts: readonly { failure?: string }[] = []) =>
  attempts.map(({ failure }) => failure)

test.each([1, 2, 4, 5, 8])(
  'after %i deaths during its delivery a notice is still on its way, and its state says so',
  async (deaths) => {
    const world = await openDying(deaths)
    expect(world.deaths()).toBe(deaths)
    await world.deliver()
    const delivery = await world.delivery()
    expect(delivery).toMatchObject({ status: 'retrying' })
    expect(failures(delivery?.attempts)).toEqual(Array.from({ length: deaths }, () => INTERRUPTED))
    expect(world.messaging.list('deliveriesDead')).toEqual([])
    expect(world.messaging.list('deliveries')).toHaveLength(1)
    await world.pass(17 * 3_600, 60)
    const ended = await world.delivery()
    expect(ended).toMatchObject({ status: 'success' })
    expect(ended?.attempts).toHaveLength(deaths + 1)
    expect(world.messaging.list('deliveries')).toEqual([])
  },
  60_000,
)

test('a delivery that ends its process every time is given up after nine, as a dead letter', async () => {
  const world = await openDying(Infinity)
  expect(world.deaths()).toBe(9)
  const delivery = await world.delivery()
  expect(delivery).toMatchObject({ status: 'failed' })
  expect(failures(delivery?.attempts)).toEqual(Array.from({ length: 9 }, () => INTERRUPTED))
  expect(world.messaging.list('deliveries')).toEqual([])
  const letters = world.messaging.bodies('deliveriesDead')
  expect(letters).toMatchObject([
    { reason: INTERRUPTED, deliveryId: delivery?.deliveryId, notice: { objectLabel: 'S-A-1' } },
  ])
})
