import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { describe, expect, test } from 'vitest'
import { newDeliveryItem } from '../../../lib/store/webhooks/delivery-items.ts'
import { noticeBody } from '../../../lib/seatbuilder/notice-shape.ts'
import { at, deliver, noticeAt, openLog, START } from '../../support/delivery-log.ts'
import { getDelivery, queueDelivery } from '../../../lib/store/webhooks/deliveries.ts'

describe('test', () => {
  test('answers at once with a delivery that is queued, of a complete notice that says it is a test', async () => {
    const { api, id, path, messaging, runtime } = await openLog()
    const answer = await api(`POST ${path}/test`)
    const deliveryId = answer.body['deliveryId'] as string
    expect(answer).toEqual({
      status: 202,
      body: { id, deliveryId, status: 'queued', queuedAt: at(0) },
    })
    expect(messaging.bodies('deliveries')).toEqual([
      { endpoint: id, workspaceId: 'one', deliveryId, attempt: 1, dueAt: START + 1_000 },
    ])
    const { notice } = (await getDelivery(runtime.store, id, deliveryId)) ?? {}
    expect(noticeBody.parse(notice)).toMatchObject({
      type: 'seat.held',
      test: true,
      workspaceId: 'one',
      environment: 'sandbox',
      status: 'held',
      previousStatus: 'free',
      holdToken: expect.any(String) as string,
    })
    expect((await api(`GET ${path}/deliveries`)).body).toEqual({
      items: [
        {
          deliveryId,
          webhookId: id,
          event: 'seat.held',
          status: 'queued',
          attemptCount: 0,
          responseStatus: null,
          responseLatencyMs: null,
          noticeId: notice?.id,
          attempts: [],
        },
      ],
      total: 1,
      page: 1,
      limit: 50,
    })
  })

  test('is sent to a webhook that is disabled and not subscribed to it, each time as a notice of its own', async () => {
    const { api, path } = await openLog()
    await api(`PATCH ${path}`, { enabled: false, events: ['seat.released'] })
    const first = await api(`POST ${path}/test`)
    const second = await api(`POST ${path}/test`)
    expect([first.status, second.status]).toEqual([202, 202])
    expect(first.body['deliveryId']).not.toBe(second.body['deliveryId'])
  })
})

describe('the log of deliveries', () => {
  test('tells of success and of failure with every attempt, the newest notice first', async () => {
    const { api, id, path, settle, runtime, clock } = await openLog()
    const [lost, taken, refused] = await Promise.all(
      [0, 1, 2].map(async (offset) => {
        const sent = { endpointId: id, notice: noticeAt(offset) }
        return (await queueDelivery(runtime.store, sent)).deliveryId
      }),
    )
    clock.advance(5_000)
    await settle(id, lost ?? '')
    await settle(id, taken ?? '', 204)
    await settle(id, refused ?? '', 500)
    const attempt = { at: at(5_000), latencyMs: 12 }
    const common = { webhookId: id, event: 'seat.booked', attemptCount: 1, responseLatencyMs: 12 }
    expect((await api(`GET ${path}/deliveries`)).body['items']).toEqual([
      {
        ...common,
        deliveryId: refused,
        status: 'failed',
        responseStatus: 500,
        lastAttemptAt: at(5_000),
        noticeId: 'e:A-1:2',
        attempts: [{ ...attempt, responseStatus: 500, failure: 'It failed' }],
      },
      {
        ...common,
        deliveryId: taken,
        status: 'success',
        responseStatus: 204,
        deliveredAt: at(5_000),
        noticeId: 'e:A-1:1',
        attempts: [{ ...attempt, responseStatus: 204, failure: null }],
      },
      {
        ...common,
        deliveryId: lost,
        status: 'failed',
        responseStatus: null,
        lastAttemptAt: at(5_000),
        noticeId: 'e:A-1:0',
        attempts: [{ ...attempt, responseStatus: null, failure: 'It failed' }],
      },
    ])
  })

  test('goes in pages of fifty unless told otherwise', async () => {
    const { api, id, path, runtime } = await openLog()
    for (let offset = 0; offset < 51; offset += 1) {
      await queueDelivery(runtime.store, { endpointId: id, notice: noticeAt(offset) })
    }
    const page = async (query: string) => {
      const { body } = await api(`GET ${path}/deliveries${query}`)
      return { ...body, items: (body['items'] as { noticeId: string }[]).map((it) => it.noticeId) }
    }
    const first = await page('')
    expect(first).toMatchObject({ total: 51, page: 1, limit: 50 })
    expect(first.items).toHaveLength(50)
    expect((await page('?page=2')).items).toEqual(['e:A-1:0'])
    expect((await page('?limit=2&page=2')).items).toEqual(['e:A-1:48', 'e:A-1:47'])
    expect((await page('?page=3')).items).toEqual([])
  })
})

describe('redeliver', () => {
  test.each([204, 500])(
    'sends a delivery again that ended with %d, as its next attempt',
    async (status) => {
      const { api, id, path, messaging, settle, clock } = await openLog()
      const deliveryId = (await api(`POST ${path}/test`)).body['deliveryId'] as string
      await settle(id, deliveryId, status)
      clock.advance(60_000)
      const answer = await api(`POST ${path}/deliveries/${deliveryId}/redeliver`)
      expect(answer).toEqual({
        status: 202,
        body: { id, deliveryId, status: 'queued', queuedAt: at(60_000) },
      })
      expect(messaging.bodies('deliveries')[1]).toEqual({
        endpoint: id,
        workspaceId: 'one',
        deliveryId,
        attempt: 2,
        dueAt: START + 61_000,
      })
      const { body } = await api(`GET ${path}/deliveries`)
      expect(body['items']).toMatchObject([{ deliveryId, status: 'queued', attemptCount: 1 }])
      await settle(id, deliveryId, 200)
      const again = await api(`GET ${path}/deliveries`)
      expect(again.body['items']).toMatchObject([{ status: 'success', attemptCount: 2 }])
    },
  )

  test('is refused while the delivery is under way, and sends nothing', async () => {
    const { api, path, messaging } = await openLog()
    const deliveryId = (await api(`POST ${path}/test`)).body['deliveryId'] as string
    expect(await api(`POST ${path}/deliveries/${deliveryId}/redeliver`)).toMatchObject({
      status: 409,
      body: {
        message: `Delivery ${deliveryId} is under way: it is sent without being asked again`,
      },
    })
    expect(messaging.list('deliveries')).toHaveLength(1)
  })

  test.each([
    [499, 202],
    [500, 409],
  ])('of a delivery with %d attempts answers %d', async (attempts, status) => {
    const scene = await openLog()
    const { api, id, path, port } = scene
    const deliveryId = await deliver(scene, id, noticeAt(0))
    const Item = {
      ...newDeliveryItem(port, { endpointId: id, notice: noticeAt(0) }),
      st: 'failed',
      atts: Array.from({ length: attempts }, () => ({ t: START, l: 1, f: 'No answer' })),
    }
    await port.writer.send(new PutCommand({ TableName: port.tableName, Item }))
    const answer = await api(`POST ${path}/deliveries/${deliveryId}/redeliver`)
    expect(answer.status).toBe(status)
    if (status === 202) return
    const message = `Delivery ${deliveryId} was attempted too often to be sent again`
    expect(answer.body).toEqual({ statusCode: 409, message })
    expect((await api(`POST ${path}/replay`, { since: at(0), until: at(1) })).body).toMatchObject({
      deliveries: 0,
      skipped: 1,
    })
  })

  test('is refused for a disabled webhook, a deleted one, and an unknown delivery', async () => {
    const scene = await openLog()
    const { api, id, path, registered, messaging } = scene
    const deliveryId = await deliver(scene, id, noticeAt(0))
    const again = `deliveries/${deliveryId}/redeliver`
    const other = await registered()
    const unknown = { status: 404, body: { message: `Delivery not found: ${deliveryId}` } }
    expect(await api(`POST /api/v1/webhooks/${other}/${again}`)).toMatchObject(unknown)
    for (const odd of ['wd_0', 'x', '..%2F', 'x'.repeat(255)]) {
      expect((await api(`POST ${path}/deliveries/${odd}/redeliver`)).status).toBe(404)
    }
    await api(`PATCH ${path}`, { enabled: false })
    expect(await api(`POST ${path}/${again}`)).toMatchObject({
      status: 409,
      body: { message: `Webhook ${id} is disabled: enable it first` },
    })
    await api(`DELETE ${path}`)
    const gone = { status: 404, body: { message: `Webhook not found: ${id}` } }
    expect(await api(`POST ${path}/${again}`)).toMatchObject(gone)
    expect(messaging.list('deliveries')).toEqual([])
  })
})
