import { expect, test } from 'vitest'
import { deliveryMessage } from '../../../lib/webhooks/message.ts'
import { ATTEMPTS_MAX } from '../../../lib/webhooks/schedule.ts'
import { ask, labels, log, openDeliveries } from '../../support/deliveries.ts'
import { freePort, startReceiver } from '../../support/receivers.ts'
import { getWebhook, replaceWebhook } from '../../../lib/store/webhooks/webhook-endpoints.ts'
import { queueDelivery, requeueDelivery } from '../../../lib/store/webhooks/deliveries.ts'
import { deliveryIdOf } from '../../../lib/store/webhooks/delivery-items.ts'

test('a receiver that is gone has its endpoint and rule disabled, and its delivery is a dead letter at once', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver(() => 410)
  const endpoint = await world.register(receiver.url)
  await world.publish(world.notice())
  await world.deliver()
  const { endpointId } = endpoint
  expect(await log(world, endpointId)).toEqual([['S-A-1', 'failed', 1]])
  expect(await getWebhook(world.runtime.store, 'one', endpointId)).toMatchObject({
    isEnabled: false,
    version: endpoint.version + 1,
  })
  expect(await world.messaging.bus.listRules()).toMatchObject([{ endpointId, isEnabled: false }])
  expect(world.messaging.bodies('deliveriesDead')).toMatchObject([{ reason: 'answered 410' }])
  await world.publish(world.notice())
  await world.pass(60, 10)
  expect(receiver.received).toHaveLength(1)
})

test('an endpoint that was changed while its receiver said that it is gone stays enabled', async () => {
  const world = await openDeliveries()
  const moved = await startReceiver()
  const { store } = world.runtime
  let endpoint = await world.register('http://127.0.0.1:1/')
  const gone = await startReceiver()
  endpoint =
    (await replaceWebhook(store, { ...endpoint, url: gone.url }, () => undefined)) ?? endpoint
  const repaired = new Promise<void>((resolve, reject) => {
    gone.answer = (_, response) => {
      world.clock.advance(1)
      const after = { ...endpoint, url: moved.url, updatedAt: world.clock.now() }
      replaceWebhook(store, after, () => undefined).then(() => {
        response.writeHead(410).end()
        resolve()
      }, reject)
      return undefined
    }
  })
  await world.publish(world.notice())
  await world.deliver()
  await repaired
  const found = await getWebhook(store, 'one', endpoint.endpointId)
  expect(found).toMatchObject({ isEnabled: true, url: moved.url })
})

test('a message that cannot be read is a dead letter, and stops nothing', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver()
  await world.register(receiver.url)
  await world.messaging.bus.sendMessages('deliveries', [{ body: 'nonsense' }])
  await world.publish(world.notice())
  await world.deliver()
  expect(labels(receiver)).toEqual(['S-A-1'])
  expect(world.messaging.bodies('deliveriesDead')).toEqual([
    { reason: 'message cannot be read', message: 'nonsense' },
  ])
})

test('a message that is not due goes back in hops, and makes its attempt at its time', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver()
  const { endpointId } = await world.register(receiver.url)
  const notice = world.notice()
  const { deliveryId } = await queueDelivery(world.runtime.store, { endpointId, notice })
  const now = world.clock.now()
  const dueAt = (now + 2_000_000) as typeof now
  const wanted = { endpointId, workspaceId: 'one', deliveryId, attempt: 1, dueAt }
  await world.messaging.bus.sendMessages('deliveries', [deliveryMessage(wanted, now)])
  const waits: number[] = []
  for (let second = 0; second < 2_000; second += 100) {
    waits.push((world.messaging.list('deliveries')[0]?.visibleAt ?? 0) - world.clock.now())
    await world.pass(100)
    expect(receiver.received).toHaveLength(second < 1_900 ? 0 : 1)
  }
  expect(Math.max(...waits)).toBe(900_000)
})

test('a message that comes before its delivery is on file waits for it a minute, and no longer', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver()
  const { endpointId } = await world.register(receiver.url)
  const { store } = world.runtime
  const late = world.notice()
  await ask(world, { endpointId, deliveryId: deliveryIdOf(late) })
  await world.pass(50, 2)
  await queueDelivery(store, { endpointId, notice: late })
  await world.pass(2)
  expect(labels(receiver)).toEqual(['S-A-1'])
  await ask(world, { endpointId, deliveryId: deliveryIdOf(world.notice()) })
  await world.pass(62, 2)
  expect(world.messaging.list('deliveries')).toEqual([])
})

test('a delivery that is sent anew has all its attempts anew, under the same id', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver(() => 204)
  const { endpointId } = await world.register(receiver.url)
  await world.publish(world.notice())
  await world.deliver()
  const { items } = await world.deliveriesOf(endpointId)
  const deliveryId = items[0]?.deliveryId ?? ''
  receiver.answer = () => 500
  // The message goes first: a crash in between leaves nothing that waits for ever.
  await ask(world, { endpointId, deliveryId, attempt: 2 })
  await world.deliver()
  expect(receiver.received).toHaveLength(1)
  await requeueDelivery(world.runtime.store, { endpointId, deliveryId })
  await world.pass(2)
  expect(receiver.received).toHaveLength(2)
  await world.pass(30 * 3_600, 300)
  expect(await log(world, endpointId)).toEqual([['S-A-1', 'failed', 1 + ATTEMPTS_MAX]])
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
})

test('where nobody listens the delivery is tried again, and the log says why', async () => {
  const world = await openDeliveries()
  const port = await freePort()
  const { endpointId } = await world.register(`http://127.0.0.1:${port}/`)
  await world.publish(world.notice())
  await world.deliver()
  expect((await world.deliveriesOf(endpointId)).items[0]).toMatchObject({
    status: 'retrying',
    attempts: [{ failure: 'connection refused', latencyMs: 0 }],
  })
})

test('a duplicate of a message whose attempt was made sends no second retry, and no second dead letter', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver(() => 500)
  await world.register(receiver.url)
  const notice = world.notice()
  await world.publish(notice)
  await world.deliver()
  await world.publish(notice, notice)
  await world.deliver()
  expect(world.messaging.list('deliveries')).toHaveLength(1)
  await world.pass(30 * 3_600, 900)
  await world.publish(notice)
  await world.deliver()
  expect(world.messaging.list('deliveriesDead')).toHaveLength(1)
  expect(receiver.received).toHaveLength(ATTEMPTS_MAX)
})
