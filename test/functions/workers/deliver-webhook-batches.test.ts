import { createHmac } from 'node:crypto'
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import type { SQSRecord } from 'aws-lambda'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { instant, toIso } from '../../../lib/clock.ts'
import type { Notice } from '../../../lib/rules/notice.ts'
import { replaceWebhook } from '../../../lib/store/webhooks/webhook-endpoints.ts'
import { webhookSecret } from '../../../lib/webhooks/secret.ts'
import { log, openDeliveries, type DeliveryWorld } from '../../support/deliveries.ts'
import { startReceiver, type Receiver } from '../../support/receivers.ts'

/** Calls the worker once, with as many messages as Lambda hands it; answers with how many. */
async function call(world: DeliveryWorld): Promise<number> {
  const { queues, names } = world.messaging
  const QueueUrl = names.deliveries
  const { Messages = [] } = await queues.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
  )
  const Records = Messages.map(({ MessageId = '', Body = '' }) => {
    return { messageId: MessageId, body: Body } as SQSRecord
  })
  if (Records.length === 0) return 0
  expect(await world.worker()({ Records })).toEqual({ batchItemFailures: [] })
  for (const { ReceiptHandle } of Messages)
    await queues.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
  return Records.length
}

async function callAll(world: DeliveryWorld): Promise<void> {
  while ((await call(world)) > 0);
}

/** The notices of each request that came. */
function batches({ received }: Receiver): Notice[][] {
  return received.map(({ body }) => (JSON.parse(body) as { notices: Notice[] }).notices)
}

const sizes = (receiver: Receiver) => batches(receiver).map(({ length }) => length)

const make = (world: DeliveryWorld, count: number, changes?: Partial<Notice>) =>
  Array.from({ length: count }, () => world.notice(changes))

test.each([
  [1, [1]],
  [9, [9]],
  [99, [99]],
  [100, [100]],
  [101, [100, 1]],
])('%i notices that wait are told in requests of %j, each once', async (count, expected) => {
  const world = await openDeliveries()
  const receiver = await startReceiver()
  const { endpointId } = await world.register(receiver.url, { batch: 100 })
  const told = make(world, count)
  await world.publish(...told)
  await callAll(world)
  expect(sizes(receiver)).toEqual(expected)
  const ids = batches(receiver).flatMap((some) => some.map(({ id }) => id))
  expect(ids.sort()).toEqual(told.map(({ id }) => id).sort())
  const logged = await log(world, endpointId)
  expect(logged).toHaveLength(count)
  expect(new Set(logged.map(([, ...rest]) => rest.join()))).toEqual(new Set(['success,1']))
  expect(world.messaging.list('deliveries')).toEqual([])
})

test('no more go into a request than the endpoint takes, and no more messages are taken than that', async () => {
  const world = await openDeliveries()
  const [fifteen, single] = [await startReceiver(), await startReceiver()]
  await world.register(fifteen.url, { batch: 15 })
  await world.publish(...make(world, 32))
  await call(world)
  expect(sizes(fifteen)).toEqual([15])
  expect(world.messaging.list('deliveries')).toHaveLength(17)
  await callAll(world)
  expect(sizes(fifteen)).toEqual([15, 15, 2])
  await world.register(single.url, { types: ['seat.held'] })
  await world.publish(...make(world, 32, { type: 'seat.held' }))
  await call(world)
  expect(single.received).toHaveLength(5)
  expect(world.messaging.list('deliveries').filter(({ receives }) => receives > 0)).toEqual([])
})

test('a batch is signed as one, in the order in which its notices occurred', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver()
  const { endpointId } = await world.register(receiver.url, { batch: 2 })
  const now = world.clock.now()
  const [last, first] = [world.notice(), world.notice({ occurredAt: toIso(instant(now - 1)) })]
  await world.publish(last, first)
  await callAll(world)
  expect(batches(receiver)).toEqual([[first, last]])
  const { headers = {}, body = '' } = receiver.received[0] ?? {}
  const secret = webhookSecret(world.runtime.deriveSecret, endpointId, 1)
  const id = String(headers['webhook-id'])
  expect(id).toMatch(/^batch_[0-9a-f]{32}$/)
  // The clock of the test is not the machine's, which the package looks at.
  expect(headers['webhook-signature']).toBe(new Webhook(secret).sign(id, new Date(now), body))
  const seconds = Math.floor(now / 1_000)
  const plain = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  expect(headers['seats-signature']).toBe(`t=${seconds},v1=${plain}`)
})

test('all of a batch that fails are tried again, and what comes with it was not delivered before', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver(() => 500)
  const { endpointId } = await world.register(receiver.url, { batch: 100 })
  const told = make(world, 3)
  await world.publish(...told)
  await callAll(world)
  const failed = ['S-A-3', 'S-A-2', 'S-A-1'].map((label) => [label, 'retrying', 1])
  expect((await log(world, endpointId)).sort()).toEqual(failed.sort())
  receiver.answer = () => 204
  await world.publish(world.notice())
  await callAll(world)
  expect(batches(receiver)[1]?.map(({ objectLabel }) => objectLabel)).toEqual(['S-A-4'])
  world.clock.advance(6_000)
  await callAll(world)
  expect(batches(receiver)[2]).toEqual(batches(receiver)[0])
  const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
  expect([ids[2] === ids[0], ids[1] === ids[0]]).toEqual([true, false])
  expect((await log(world, endpointId)).map(([, ...rest]) => rest.join()).sort()).toEqual([
    'success,1',
    'success,2',
    'success,2',
    'success,2',
  ])
  // What was delivered, in a batch or alone, is left out of the next.
  await world.publish(...told, world.notice())
  await callAll(world)
  expect(batches(receiver)[3]?.map(({ objectLabel }) => objectLabel)).toEqual(['S-A-5'])
  expect(receiver.received).toHaveLength(4)
})

test('a body has a megabyte at most, and what is more goes into the next', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver()
  await world.register(receiver.url, { batch: 100 })
  await world.publish(...make(world, 8, { extraData: { note: 'x'.repeat(150_000) } }))
  await callAll(world)
  expect(sizes(receiver).sort()).toEqual([2, 6])
  for (const { body } of receiver.received) expect(body.length).toBeLessThanOrEqual(1_000_000)
})

test('a change of batch counts from the next request on, for retries too', async () => {
  const world = await openDeliveries()
  const receiver = await startReceiver(() => 500)
  const { batch, ...single } = await world.register(receiver.url, { batch: 100 })
  expect(batch).toBe(100)
  await world.publish(...make(world, 2))
  await callAll(world)
  const { store } = world.runtime
  const alone = await replaceWebhook(store, single, () => undefined)
  receiver.answer = () => 204
  world.clock.advance(6_000)
  await callAll(world)
  const bodies = receiver.received.slice(1).map(({ body }) => JSON.parse(body) as Notice)
  expect(bodies.map(({ objectLabel }) => objectLabel).sort()).toEqual(['S-A-1', 'S-A-2'])
  if (alone !== undefined) await replaceWebhook(store, { ...alone, batch: 2 }, () => undefined)
  await world.publish(...make(world, 2))
  await callAll(world)
  expect(receiver.received).toHaveLength(4)
  expect(batches(receiver)[3]).toHaveLength(2)
})

test('what is taken besides is delivered whoever it is for, and comes again where it is not done with', async () => {
  const world = await openDeliveries()
  const [many, other] = [await startReceiver(), await startReceiver()]
  await world.register(many.url, { batch: 100 })
  const { endpointId } = await world.register(other.url, { types: ['seat.held'] })
  await world.publish(...make(world, 12), ...make(world, 3, { type: 'seat.held' }))
  let isDown = true
  world.messaging.engine.inject = ({ operation }) =>
    operation === 'DeleteMessageBatch' && isDown ? 'lost-before' : undefined
  await call(world)
  expect(sizes(many)).toEqual([12])
  expect(other.received).toHaveLength(3)
  isDown = false
  world.clock.advance(100_000)
  await callAll(world)
  expect([sizes(many), other.received.length]).toEqual([[12], 3])
  expect((await log(world, endpointId)).map(([, status]) => status)).toEqual(
    Array.from({ length: 3 }, () => 'success'),
  )
  expect(world.messaging.list('deliveries')).toEqual([])
})
