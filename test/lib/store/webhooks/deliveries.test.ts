import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import { instant } from '../../../../lib/clock.ts'
import type { Attempt } from '../../../../lib/records/webhook.ts'
import {
  queueDelivery,
  getDelivery,
  requeueDelivery,
  listDeliveries,
  ATTEMPTS_KEPT_MAX,
  LISTED_MAX,
} from '../../../../lib/store/webhooks/deliveries.ts'
import {
  deliveryIdOf,
  newDeliveryItem,
  type DeliveryState,
} from '../../../../lib/store/webhooks/delivery-items.ts'
import { openHoldfast, type Holdfast } from '../../../support/holdfast.ts'
import { bookedNotice } from '../../../support/notices.ts'
import { DAY_MS } from '../../../../lib/limits/durations.ts'
import { DELIVERY_DAYS } from '../../../../lib/limits/limits.ts'
import {
  putDelivery,
  claimDelivery,
  recordAttempt,
  markTold,
  endDelivery,
} from '../../../../lib/store/webhooks/delivery-attempts.ts'
import { takeSlot } from '../../../support/slots.ts'

const ENDPOINT = 'wh_1'

async function open() {
  const holdfast = await openHoldfast()
  const { clock, runtime } = holdfast
  const { store } = runtime
  const notice = bookedNotice(1, clock.now())
  const until = () => instant(clock.now() + 60_000)
  const attempt = (changes: Partial<Attempt> = {}): Attempt => ({
    at: clock.now(),
    latencyMs: 12,
    ...changes,
  })
  return { ...holdfast, store, notice, until, attempt }
}

async function claimed(write: Promise<{ status: string; delivery: DeliveryState | undefined }>) {
  const { status, delivery } = await write
  if (status !== 'applied' || delivery === undefined) throw new Error(`It was ${status}`)
  return delivery
}

test('a notice has one delivery to each endpoint, under the same id however often it is put', async () => {
  const { store, notice } = await open()
  const first = await putDelivery(store, { endpointId: ENDPOINT, notice })
  const second = await putDelivery(store, { endpointId: ENDPOINT, notice })
  const third = await queueDelivery(store, { endpointId: ENDPOINT, notice })
  expect(first.status).toBe('applied')
  expect(second).toEqual({ status: 'refused', delivery: first.delivery })
  expect(third).toEqual(first.delivery)
  expect(third).toMatchObject({ notice, status: 'queued', attempts: [], attemptsBefore: 0 })
  const elsewhere = await putDelivery(store, { endpointId: 'wh_2', notice })
  expect(elsewhere).toMatchObject({ status: 'applied', delivery: { endpointId: 'wh_2' } })
})

test('the id of a delivery is 44 hexadecimal characters and finds it; no other text finds anything', async () => {
  const { store, notice } = await open()
  const { deliveryId } = await queueDelivery(store, { endpointId: ENDPOINT, notice })
  expect(deliveryId).toMatch(/^wd_[0-9a-f]{44}$/)
  expect(deliveryId).toBe(deliveryIdOf(notice))
  expect(await getDelivery(store, ENDPOINT, deliveryId)).toMatchObject({ deliveryId, notice })
  for (const other of ['', 'wd_', deliveryId.slice(0, -1), `${deliveryId}0`, 'wd_../S', 'S']) {
    expect(await getDelivery(store, ENDPOINT, other)).toBeUndefined()
  }
  expect(await getDelivery(store, 'wh_2', deliveryId)).toBeUndefined()
})

test('of two that claim an attempt one gets it, and the other not before the claim has run out', async () => {
  const { store, notice, clock, until } = await open()
  const delivery = await queueDelivery(store, { endpointId: ENDPOINT, notice })
  const claims = ['a', 'b'].map((claimId) => ({ claimId, until: until() }))
  const won = await Promise.all(claims.map((claim) => claimDelivery(store, delivery, claim)))
  expect(won.map(({ status }) => status).sort()).toEqual(['applied', 'refused'])
  const late = { claimId: 'c', until: instant(until() + 60_000) }
  clock.advance(59_999)
  expect((await claimDelivery(store, delivery, late)).status).toBe('refused')
  clock.advance(1)
  expect((await claimDelivery(store, delivery, late)).status).toBe('applied')
})

test('a claim that was lost to somebody else records nothing', async () => {
  const { store, notice, clock, until, attempt } = await open()
  const sent = { endpointId: ENDPOINT, notice }
  const slow = await claimed(putDelivery(store, sent, { claimId: 'slow', until: until() }))
  clock.advance(60_000)
  const quick = await claimed(claimDelivery(store, slow, { claimId: 'quick', until: until() }))
  const success = { attempt: attempt(), status: 'success' as const, nextAttemptAt: undefined }
  expect((await recordAttempt(store, slow, success)).status).toBe('refused')
  expect((await recordAttempt(store, quick, success)).status).toBe('applied')
  const found = await getDelivery(store, ENDPOINT, slow.deliveryId)
  expect(found).toMatchObject({ status: 'success', attempts: [attempt()] })
})

test('attempts are kept in their order, and an attempt on file cannot be claimed again', async () => {
  const { store, notice, clock, until, attempt } = await open()
  const first = await claimed(
    putDelivery(store, { endpointId: ENDPOINT, notice }, { claimId: 'a', until: until() }),
  )
  const failed = attempt({ responseStatus: 500, failure: 'answered 500' })
  const nextAttemptAt = instant(clock.now() + 5_000)
  const retrying = await claimed(
    recordAttempt(store, first, { attempt: failed, status: 'retrying', nextAttemptAt }),
  )
  expect(retrying).toMatchObject({ status: 'retrying', attempts: [failed], nextAttemptAt })
  expect((await claimDelivery(store, first, { claimId: 'b', until: until() })).status).toBe(
    'refused',
  )
  clock.advance(5_000)
  const second = await claimed(claimDelivery(store, retrying, { claimId: 'b', until: until() }))
  const done = attempt({ responseStatus: 204 })
  const ended = await claimed(
    recordAttempt(store, second, { attempt: done, status: 'success', nextAttemptAt: undefined }),
  )
  expect(ended).toMatchObject({ status: 'success', attempts: [failed, done] })
  expect(ended.nextAttemptAt).toBeUndefined()
  expect((await claimDelivery(store, ended, { claimId: 'c', until: until() })).status).toBe(
    'refused',
  )
})

test('what was told of one state says nothing of the next', async () => {
  const { store, notice, clock, until, attempt } = await open()
  const first = await claimed(
    putDelivery(store, { endpointId: ENDPOINT, notice }, { claimId: 'a', until: until() }),
  )
  const failure = {
    attempt: attempt({ failure: 'no' }),
    status: 'retrying' as const,
    nextAttemptAt: clock.now(),
  }
  const retrying = await claimed(recordAttempt(store, first, failure))
  expect(retrying.isTold).toBe(false)
  await markTold(store, first)
  expect(await getDelivery(store, ENDPOINT, first.deliveryId)).toMatchObject({ isTold: false })
  await markTold(store, retrying)
  expect(await getDelivery(store, ENDPOINT, first.deliveryId)).toMatchObject({ isTold: true })
  const second = await claimed(claimDelivery(store, retrying, { claimId: 'b', until: until() }))
  expect(await recordAttempt(store, second, failure)).toMatchObject({ delivery: { isTold: false } })
})

test('a delivery ends without an attempt only where none is under way, and only once', async () => {
  const { store, notice, clock, until } = await open()
  const sent = { endpointId: ENDPOINT, notice }
  const delivery = await claimed(putDelivery(store, sent, { claimId: 'a', until: until() }))
  expect((await endDelivery(store, delivery, 'endpoint deleted')).status).toBe('refused')
  clock.advance(60_000)
  const ended = await endDelivery(store, delivery, 'endpoint deleted')
  expect(ended).toMatchObject({
    status: 'applied',
    delivery: { status: 'failed', failure: 'endpoint deleted', attempts: [] },
  })
  expect((await endDelivery(store, delivery, 'endpoint disabled')).status).toBe('refused')
})

test('a delivery that has ended is sent anew with its attempts before it; one under way is not', async () => {
  const { store, notice, clock, until, attempt } = await open()
  const delivery = await queueDelivery(store, { endpointId: ENDPOINT, notice })
  const { deliveryId } = delivery
  const requeue = () => requeueDelivery(store, { endpointId: ENDPOINT, deliveryId })
  expect(await requeue()).toEqual({ status: 'under-way' })
  const first = await claimed(claimDelivery(store, delivery, { claimId: 'a', until: until() }))
  await recordAttempt(store, first, {
    attempt: attempt({ failure: 'no' }),
    status: 'failed',
    nextAttemptAt: undefined,
  })
  clock.advance(1_000)
  const requeued = await requeue()
  expect(requeued).toMatchObject({
    status: 'queued',
    delivery: { status: 'queued', attemptsBefore: 1, since: clock.now() },
  })
  const found = await getDelivery(store, ENDPOINT, deliveryId)
  expect(requeued).toEqual({ status: 'queued', delivery: found })
  expect(await requeue()).toEqual({ status: 'under-way' })
  const unknown = deliveryIdOf(bookedNotice(2, clock.now()))
  expect(await requeueDelivery(store, { endpointId: ENDPOINT, deliveryId: unknown })).toEqual({
    status: 'unknown',
  })
})

test.each([
  [ATTEMPTS_KEPT_MAX - 1, 'queued'],
  [ATTEMPTS_KEPT_MAX, 'too-many-attempts'],
  [ATTEMPTS_KEPT_MAX + 1, 'too-many-attempts'],
])('a delivery of %i attempts is sent anew or not: %s', async (count, status) => {
  const holdfast = await open()
  const { notice, clock, store } = holdfast
  const item = newDeliveryItem({ clock }, { endpointId: ENDPOINT, notice })
  const atts = Array.from({ length: count }, () => ({ t: clock.now(), l: 1, f: 'no' }))
  await putAll(holdfast, [{ ...item, st: 'failed', atts }])
  const deliveryId = deliveryIdOf(notice)
  const requeued = await requeueDelivery(store, { endpointId: ENDPOINT, deliveryId })
  expect(requeued.status).toBe(status)
})

test('deliveries are kept for 30 days from when they were last sent, to the millisecond', async () => {
  const { store, notice, clock } = await open()
  const { deliveryId } = await queueDelivery(store, { endpointId: ENDPOINT, notice })
  const list = async () => (await listDeliveries(store, ENDPOINT, { page: 1, limit: 50 })).total
  clock.advance(DELIVERY_DAYS * DAY_MS - 1)
  expect(await getDelivery(store, ENDPOINT, deliveryId)).toBeDefined()
  expect(await list()).toBe(1)
  clock.advance(1)
  expect(await getDelivery(store, ENDPOINT, deliveryId)).toBeUndefined()
  clock.advance(1)
  expect(await list()).toBe(0)
})

test('TTL removes a delivery after 30 days', async () => {
  const { store, notice, clock, engine } = await open()
  await queueDelivery(store, { endpointId: ENDPOINT, notice })
  await queueDelivery(store, { endpointId: 'wh_2', notice: bookedNotice(2, clock.now()) })
  clock.advance(DELIVERY_DAYS * DAY_MS - 1)
  await engine.expireItems()
  expect((await listDeliveries(store, ENDPOINT, { page: 1, limit: 1 })).total).toBe(1)
  clock.advance(1_001)
  await engine.expireItems()
  const again = await putDelivery(store, { endpointId: ENDPOINT, notice })
  expect(again.status).toBe('applied')
})

test('a list is by the time of the notices, newest first, page by page', async () => {
  const { store, clock } = await open()
  const start = clock.now()
  for (const number of [3, 1, 2]) {
    const notice = bookedNotice(number, instant(start + number))
    await queueDelivery(store, { endpointId: ENDPOINT, notice })
  }
  await queueDelivery(store, { endpointId: 'wh_2', notice: bookedNotice(9, start) })
  await takeSlot(store, ENDPOINT, { until: start, probeUntil: start, isUrgent: false })
  const list = async (page: number, limit: number) => {
    const { items, total } = await listDeliveries(store, ENDPOINT, { page, limit })
    return [items.map(({ notice }) => notice.objectLabel), total]
  }
  expect(await list(1, 50)).toEqual([['S-A-3', 'S-A-2', 'S-A-1'], 3])
  expect(await list(1, 2)).toEqual([['S-A-3', 'S-A-2'], 3])
  expect(await list(2, 2)).toEqual([['S-A-1'], 3])
  expect(await list(3, 2)).toEqual([[], 3])
})

test('totals are exact up to 10,000; what is older than that is on no page', async () => {
  const holdfast = await open()
  const { store, clock } = holdfast
  const itemOf = (number: number) => {
    const notice = bookedNotice(number, instant(clock.now() + number))
    return newDeliveryItem({ clock }, { endpointId: ENDPOINT, notice })
  }
  const numbers = Array.from({ length: LISTED_MAX - 1 }, (_, index) => index + 2)
  await putAll(holdfast, numbers.map(itemOf))
  const last = async () => {
    const { items, total } = await listDeliveries(store, ENDPOINT, {
      page: LISTED_MAX / 100,
      limit: 100,
    })
    return [items.length, items.at(-1)?.notice.objectLabel, total]
  }
  expect(await last()).toEqual([99, 'S-A-2', LISTED_MAX - 1])
  await putAll(holdfast, [itemOf(1)])
  expect(await last()).toEqual([100, 'S-A-1', LISTED_MAX])
  await putAll(holdfast, [itemOf(0)])
  expect(await last()).toEqual([100, 'S-A-1', LISTED_MAX])
  const beyond = await listDeliveries(store, ENDPOINT, { page: LISTED_MAX / 100 + 1, limit: 100 })
  expect(beyond).toEqual({ items: [], total: LISTED_MAX })
})

/** Puts items as they are, 25 a request. */
async function putAll({ port }: Holdfast, items: readonly Record<string, unknown>[]) {
  for (let start = 0; start < items.length; start += 25) {
    const puts = items.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }))
    await port.writer.send(new BatchWriteCommand({ RequestItems: { [port.tableName]: puts } }))
  }
}
