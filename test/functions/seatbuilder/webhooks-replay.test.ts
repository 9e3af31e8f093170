import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb'
import { describe, expect, test } from 'vitest'
import { replayDeliveries, REPLAY_MAX } from '../../../lib/actions/webhooks/replay-deliveries.ts'
import { newDeliveryItem } from '../../../lib/store/webhooks/delivery-items.ts'
import { at, deliver, noticeAt, openLog, START } from '../../support/delivery-log.ts'
import { queueDelivery } from '../../../lib/store/webhooks/deliveries.ts'

describe('replay', () => {
  test('sends again what occurred from since on and before until, and nothing else', async () => {
    const scene = await openLog()
    const { api, id, path, messaging, registered } = scene
    const ids = await Promise.all(
      [-1, 0, 1, 999, 1_000].map((offset) => deliver(scene, id, noticeAt(offset))),
    )
    await deliver(scene, await registered(), noticeAt(5))
    const answer = await api(`POST ${path}/replay`, { since: at(0), until: at(1_000) })
    expect(answer).toEqual({
      status: 202,
      body: { id, status: 'queued', deliveries: 3, skipped: 0, queuedAt: at(0) },
    })
    const sent = messaging.bodies('deliveries') as { deliveryId: string; attempt: number }[]
    expect(sent.map(({ deliveryId }) => deliveryId)).toEqual(ids.slice(1, 4))
    expect(sent.map(({ attempt }) => attempt)).toEqual([2, 2, 2])
  })

  test('leaves out what is under way, and says how many those are', async () => {
    const scene = await openLog()
    const { api, id, path, messaging, runtime } = scene
    await deliver(scene, id, noticeAt(0))
    await queueDelivery(runtime.store, { endpointId: id, notice: noticeAt(1) })
    const range = { since: at(0), until: at(10) }
    const first = await api(`POST ${path}/replay`, range)
    expect(first.body).toMatchObject({ deliveries: 1, skipped: 1 })
    expect((await api(`POST ${path}/replay`, range)).body).toMatchObject({
      deliveries: 0,
      skipped: 2,
    })
    expect(messaging.list('deliveries')).toHaveLength(1)
  })

  test.each([
    [{ since: at(0), until: at(0) }, { until: ['Must be later than since'] }],
    [{ since: at(1), until: at(0) }, { until: ['Must be later than since'] }],
    [{ since: at(0) }, { until: ['Required'] }],
    [{ until: at(0) }, { since: ['Required'] }],
    [{ since: 'yesterday', until: at(0) }, { since: [expect.any(String) as string] }],
    [{ since: 1_800_000_000, until: at(0) }, { since: ['Expected string, received number'] }],
  ])('refuses the range %j by the name of the field', async (range, errors) => {
    const { api, path } = await openLog()
    const body = { statusCode: 400, message: 'Validation failed', errors }
    expect(await api(`POST ${path}/replay`, range)).toEqual({ status: 400, body })
  })

  test.each([
    { since: at(1), until: at(2) },
    { since: '0001-01-01T00:00:00Z', until: '0002-01-01T00:00:00Z' },
    { since: '9998-01-01T00:00:00Z', until: '9999-12-31T23:59:59.999Z' },
    { since: '2027-03-04T20:20:00.001+02:00', until: '2027-03-04T20:20:00.002+02:00' },
  ])('refuses a range with nothing in it: %j', async (range) => {
    const scene = await openLog()
    const { api, id, path } = scene
    await deliver(scene, id, noticeAt(0))
    expect(await api(`POST ${path}/replay`, range)).toMatchObject({
      status: 409,
      body: { message: `Webhook ${id} has no delivery of a notice in this range` },
    })
  })

  test('is refused for a disabled webhook, and for a deleted one', async () => {
    const scene = await openLog()
    const { api, id, path } = scene
    await deliver(scene, id, noticeAt(0))
    const range = { since: at(0), until: at(1) }
    await api(`PATCH ${path}`, { enabled: false })
    expect((await api(`POST ${path}/replay`, range)).status).toBe(409)
    await api(`DELETE ${path}`)
    expect((await api(`POST ${path}/replay`, range)).status).toBe(404)
  })

  test.each([
    [1, true],
    [2, true],
    [3, false],
  ])('of %d deliveries goes through: %j, where 2 are allowed', async (count, isAllowed) => {
    const scene = await openLog()
    const { id, messaging } = scene
    for (let offset = 0; offset < count; offset += 1) await deliver(scene, id, noticeAt(offset))
    const replay = { endpointId: id, since: START, until: START + 1_000 }
    const openBus = () => messaging.bus
    const outcome = await replayDeliveries({ ...scene.context(), openBus }, replay, 2)
    expect(outcome.ok).toBe(isAllowed)
    expect(messaging.list('deliveries')).toHaveLength(isAllowed ? count : 0)
    if (isAllowed) return
    expect(outcome).toEqual({
      ok: false,
      refusal: { code: 'too-many-deliveries', deliveriesMax: 2 },
    })
  })

  test('takes ten thousand deliveries and no more', async () => {
    const { api, id, path, port, messaging } = await openLog()
    const put = async (from: number, to: number) => {
      const items = Array.from({ length: to - from }, (_, index) => ({
        ...newDeliveryItem(port, { endpointId: id, notice: noticeAt(from + index) }),
        st: 'success',
      }))
      for (let start = 0; start < items.length; start += 25) {
        const puts = items.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }))
        await port.writer.send(new BatchWriteCommand({ RequestItems: { [port.tableName]: puts } }))
      }
    }
    await put(0, REPLAY_MAX + 1)
    const range = (until: number) => ({ since: at(0), until: at(until) })
    expect(await api(`POST ${path}/replay`, range(REPLAY_MAX + 1))).toMatchObject({
      status: 400,
      body: { errors: { until: [expect.stringContaining('at most 10000 deliveries')] } },
    })
    expect(messaging.list('deliveries')).toHaveLength(0)
    const answer = await api(`POST ${path}/replay`, range(REPLAY_MAX))
    expect(answer.body).toMatchObject({ deliveries: REPLAY_MAX, skipped: 0 })
    expect(messaging.list('deliveries')).toHaveLength(REPLAY_MAX)
  }, 120_000)
})
