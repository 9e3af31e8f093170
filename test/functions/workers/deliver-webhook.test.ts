import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { trigger } from '../../../functions/workers/deliver-webhook.ts'
import { ATTEMPTS_MAX } from '../../../lib/webhooks/schedule.ts'
import { webhookSecret } from '../../../lib/webhooks/secret.ts'
import { ask, labels, log, notices, openDeliveries } from '../../support/deliveries.ts'
import { startReceiver } from '../../support/receivers.ts'
import { getHealth } from '../../../lib/store/webhooks/endpoint-health.ts'
import { replaceWebhook, deleteWebhook } from '../../../lib/store/webhooks/webhook-endpoints.ts'
import { queueDelivery } from '../../../lib/store/webhooks/deliveries.ts'

test('the queue of deliveries calls it, ten messages at a time, four hundred calls at a time', () => {
  expect(trigger).toEqual({
    kind: 'queue',
    queue: 'deliveries',
    batchSize: 10,
    concurrencyMax: 400,
  })
})

test('a notice reaches each endpoint that subscribed to it once, signed with its secret, and is in the log', async () => {
  const world = await openDeliveries()
  const receivers = [await startReceiver(), await startReceiver(() => 200)]
  const endpoints = [
    await world.register(receivers[0]?.url ?? ''),
    await world.register(receivers[1]?.url ?? ''),
  ]
  await world.register((await startReceiver()).url, { types: ['seat.held'] })
  const notice = world.notice()
  await world.publish(notice)
  await world.deliver()
  for (const [index, receiver] of receivers.entries()) {
    expect(notices(receiver)).toEqual([notice])
    const { headers = {}, body = '' } = receiver.received[0] ?? {}
    expect(headers['webhook-id']).toBe(notice.id)
    const seconds = String(Math.floor(world.clock.now() / 1000))
    expect(headers['webhook-timestamp']).toBe(seconds)
    expect(headers['seats-signature']).toMatch(new RegExp(`^t=${seconds},v1=[0-9a-f]{64}$`))
    const endpointId = endpoints[index]?.endpointId ?? ''
    const secret = webhookSecret(world.runtime.deriveSecret, endpointId, 1)
    // The clock of the test is not the machine's, which the package looks at.
    const signature = new Webhook(secret).sign(notice.id, new Date(world.clock.now()), body)
    expect(headers['webhook-signature']).toBe(signature)
    expect(await log(world, endpointId)).toEqual([['S-A-1', 'success', 1]])
    expect(await getHealth(world.runtime.store, endpointId)).toEqual({
      lastSuccessAt: world.clock.now(),
      failures: 0,
    })
  }
})

test('extra data that bus and queues would not carry reach the receiver as they were', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver()
  await world.register(receiver.url)
  const notice = world.notice({ extraData: { 'a\uffff': ['\ud800', '\ufffe'] } })
  await world.publish(notice)
  await world.deliver()
  expect(notices(receiver)).toEqual([notice])
})

test('an attempt is one line in the log of the product, without secret, body, path or query', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver(() => 500)
  const { endpointId } = await world.register(`${receiver.url}?token=secret-in-query`)
  await world.publish(world.notice())
  await world.deliver()
  const [{ items }, lines] = [await world.deliveriesOf(endpointId), world.log]
  expect(lines).toEqual([
    {
      level: 'warn',
      worker: 'deliver-webhook',
      endpointId,
      deliveryId: items[0]?.deliveryId,
      attempt: 1,
      host: `127.0.0.1:${receiver.port}`,
      status: 500,
      latencyMs: 0,
      failure: 'answered 500',
    },
  ])
})

test('a notice that comes twice, or to two processes at once, is delivered once', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver()
  const { endpointId } = await world.register(receiver.url)
  const notice = world.notice()
  await world.publish(notice, notice, notice)
  await world.deliver()
  await world.publish(notice)
  await world.pass(120, 10)
  expect(labels(receiver)).toEqual(['S-A-1'])
  expect(await log(world, endpointId)).toEqual([['S-A-1', 'success', 1]])
  expect(world.messaging.list('deliveries')).toEqual([])
})

test('what nobody wants any more is dropped: disabled, deleted, unknown or unsubscribed while the rule still sent it', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver()
  const { store } = world.runtime
  const change = { disabled: { isEnabled: false }, unsubscribed: { types: ['seat.held'] as const } }
  const disabled = await world.register(receiver.url)
  const unsubscribed = await world.register(receiver.url)
  const deleted = await world.register(receiver.url)
  await world.publish(world.notice())
  await replaceWebhook(store, { ...disabled, ...change.disabled }, () => undefined)
  await replaceWebhook(store, { ...unsubscribed, ...change.unsubscribed }, () => undefined)
  await deleteWebhook(store, deleted)
  const event = { detail: world.notice() }
  const body = JSON.stringify({ endpoint: 'wh_unknown', notice: event })
  await world.messaging.bus.sendMessages('deliveries', [{ body }])
  await world.deliver()
  expect(receiver.received).toEqual([])
  for (const { endpointId } of [disabled, unsubscribed, deleted]) {
    expect(await log(world, endpointId)).toEqual([])
  }
  expect(world.messaging.list('deliveries')).toEqual([])
  expect(world.messaging.list('deliveriesDead')).toEqual([])
})

test('a notice of another workspace reaches nobody, whatever its message says', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver()
  const { endpointId } = await world.register(receiver.url)
  const event = { detail: world.notice({ workspaceId: 'two' }) }
  const body = JSON.stringify({ endpoint: endpointId, notice: event })
  await world.messaging.bus.sendMessages('deliveries', [{ body }])
  await world.deliver()
  expect(receiver.received).toEqual([])
})

test('a test goes out to an endpoint that is disabled and not subscribed, never to a deleted one', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver()
  const off = { isEnabled: false, types: ['seat.released'] as const }
  const endpoints = [await world.register(receiver.url, off), await world.register(receiver.url)]
  const { store } = world.runtime
  await deleteWebhook(store, endpoints[1] ?? (await world.register('')))
  for (const { endpointId } of endpoints) {
    const notice = world.notice({ type: 'seat.held', test: true })
    const { deliveryId } = await queueDelivery(store, { endpointId, notice })
    await ask(world, { endpointId, deliveryId })
  }
  await world.deliver()
  expect(labels(receiver)).toEqual(['S-A-1'])
  expect(await log(world, 'wh_1')).toEqual([['S-A-1', 'success', 1]])
  expect(await log(world, 'wh_2')).toEqual([['S-A-2', 'failed', 0]])
})

test('queued retries of a deleted or disabled endpoint end, and say why', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver(() => 500)
  const { store } = world.runtime
  const deleted = await world.register(receiver.url)
  const disabled = await world.register(receiver.url)
  await world.publish(world.notice())
  await world.deliver()
  await deleteWebhook(store, deleted)
  await replaceWebhook(store, { ...disabled, isEnabled: false }, () => undefined)
  await world.pass(60, 10)
  const last = async (endpointId: string) => (await world.deliveriesOf(endpointId)).items[0]
  expect(await last(deleted.endpointId)).toMatchObject({
    status: 'failed',
    failure: 'endpoint deleted',
    attempts: [{ responseStatus: 500 }],
  })
  expect(await last(disabled.endpointId)).toMatchObject({
    status: 'failed',
    failure: 'endpoint disabled',
  })
  expect(receiver.received).toHaveLength(2)
  expect(world.messaging.list('deliveriesDead')).toEqual([])
  expect(world.messaging.list('deliveries')).toEqual([])
})

test('a delivery is tried nine times in about a day and is a dead letter then, with everything in it', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver(() => 500)
  const { endpointId } = await world.register(receiver.url)
  const notice = world.notice()
  await world.publish(notice)
  await world.deliver()
  await world.pass(30 * 3_600, 300)
  const { items } = await world.deliveriesOf(endpointId)
  expect(items).toMatchObject([{ status: 'failed' }])
  const attempts = items[0]?.attempts ?? []
  expect(attempts).toHaveLength(ATTEMPTS_MAX)
  expect(receiver.received).toHaveLength(ATTEMPTS_MAX)
  const hours = ((attempts.at(-1)?.at ?? 0) - (attempts[0]?.at ?? 0)) / 3_600_000
  expect(hours).toBeGreaterThan(20)
  expect(hours).toBeLessThan(28)
  expect(world.messaging.bodies('deliveriesDead')).toEqual([
    {
      reason: 'answered 500',
      endpoint: endpointId,
      workspaceId: 'one',
      deliveryId: items[0]?.deliveryId,
      attempts,
      notice,
    },
  ])
  expect(world.messaging.list('deliveries')).toEqual([])
})

test('every attempt signs its own moment, with the secrets of that moment', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver(() => 500)
  const endpoint = await world.register(receiver.url)
  await world.publish(world.notice())
  await world.deliver()
  const overlapUntil = world.clock.now() + 3_600_000
  await replaceWebhook(
    world.runtime.store,
    { ...endpoint, secretGeneration: 2, overlapUntil: overlapUntil as typeof endpoint.createdAt },
    () => undefined,
  )
  receiver.answer = () => 204
  await world.pass(10)
  const [first = '', second = ''] = receiver.received.map(
    ({ headers }) => headers['seats-signature'] as string,
  )
  expect(first.split(',')).toHaveLength(2)
  expect(second.split(',')).toHaveLength(3)
  expect(second.split(',')[0]).not.toBe(first.split(',')[0])
  expect(receiver.received[0]?.body).toBe(receiver.received[1]?.body)
})

test('what a receiver asks for in Retry-After is waited for, by all notices of its endpoint', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver(() => ({ status: 429, 'retry-after': '600' }))
  await world.register(receiver.url)
  await world.publish(world.notice())
  await world.deliver()
  receiver.answer = () => 204
  await world.publish(world.notice())
  await world.pass(590, 10)
  expect(receiver.received).toHaveLength(1)
  await world.pass(30, 1)
  expect(labels(receiver).sort()).toEqual(['S-A-1', 'S-A-1', 'S-A-2'])
})
