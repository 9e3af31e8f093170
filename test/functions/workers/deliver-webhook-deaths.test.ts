import { expect, test } from 'vitest'
import type { Runtime } from '../../../lib/open.ts'
import { INTERRUPTED } from '../../../lib/webhooks/attempt.ts'
import { openDeliveries } from '../../support/deliveries.ts'
import { startReceiver } from '../../support/receivers.ts'

/** A process that ends each time right after it has sent something, and what it did of that. */
function dyingOnes({ runtime }: { runtime: Runtime }) {
  const { store } = runtime
  let deaths = 0
  const dying: Runtime = {
    ...runtime,
    store: {
      ...store,
      recordAttempt: (claimed, result) => {
        if (result.attempt.failure === INTERRUPTED) return store.recordAttempt(claimed, result)
        deaths += 1
        return Promise.reject(new Error('died'))
      },
    },
  }
  return { runtime: dying, deaths: () => deaths }
}

/** A notice, and processes that end during its delivery until that many have, or for two days. */
async function openDying(deathsMax: number) {
  const world = await openDeliveries()
  const receiver = await startReceiver(() => 204)
  const { endpointId } = await world.register(receiver.url)
  await world.publish(world.notice())
  const { runtime, deaths } = dyingOnes(world)
  const end = world.clock.now() + 2 * 86_400_000
  while (deaths() < deathsMax && world.clock.now() < end) {
    await world.deliver({ runtime })
    world.clock.advance(95_000)
  }
  const delivery = async () => (await world.deliveriesOf(endpointId)).items[0]
  return { ...world, receiver, delivery, deaths }
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
    await world.pass(16 * 3_600, 60)
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
