import { describe, expect, test } from 'vitest'
import { runtimeOver } from '../../../lib/open.ts'
import { apiOver } from '../../support/api.ts'
import { at, deliver, noticeAt, openLog } from '../../support/delivery-log.ts'
import { openWebhookScene } from '../../support/webhook-scene.ts'
import { getWebhook } from '../../../lib/store/webhooks/webhook-endpoints.ts'

const keyed = (key: string) => ({ headers: ['Idempotency-Key', key] })

const told = {
  status: 409,
  body: {
    statusCode: 409,
    message: 'This request was done before, and its answer showed a secret: it is told once',
  },
}

describe('a request that is sent twice under one key', () => {
  test('registers one webhook with one rule, and tells its secret once', async () => {
    const { api, register, rules } = await openWebhookScene()
    expect((await register({}, keyed('one'))).status).toBe(201)
    expect(await register({}, keyed('one'))).toEqual(told)
    expect((await api('GET /api/v1/webhooks')).body['total']).toBe(1)
    expect((await rules()).size).toBe(1)
    expect((await register({ events: ['seat.held'] }, keyed('one'))).status).toBe(422)
    expect((await rules()).size).toBe(1)
  })

  test('both at once, registers one webhook with one rule', async () => {
    const { api, register, rulesMatch } = await openWebhookScene()
    const answers = await Promise.all(Array.from({ length: 4 }, () => register({}, keyed('one'))))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
    expect((await api('GET /api/v1/webhooks')).body['total']).toBe(1)
    expect(await rulesMatch()).toBe(true)
  })

  test('changes once: the repeat leaves a later change alone, on the bus too', async () => {
    const { api, registered, rulesMatch } = await openWebhookScene()
    const path = `/api/v1/webhooks/${await registered()}` as const
    const first = await api(`PATCH ${path}`, { enabled: false }, keyed('one'))
    await api(`PATCH ${path}`, { enabled: true })
    const repeat = await api(`PATCH ${path}`, { enabled: false }, keyed('one'))
    expect(repeat).toEqual(first)
    expect(repeat.headers['Idempotent-Replayed']).toBe('true')
    expect((await api(`GET ${path}`)).body).toMatchObject({ enabled: true })
    expect(await rulesMatch()).toBe(true)
  })

  test('deletes once and answers the same', async () => {
    const { api, registered, rules } = await openWebhookScene()
    const path = `/api/v1/webhooks/${await registered()}` as const
    const first = await api(`DELETE ${path}`, undefined, keyed('one'))
    expect(first.status).toBe(200)
    expect(await api(`DELETE ${path}`, undefined, keyed('one'))).toEqual(first)
    expect((await rules()).size).toBe(0)
  })

  test('rotates once, and tells the secret once', async () => {
    const { api, registered, runtime } = await openWebhookScene()
    const id = await registered()
    const rotate = () => api(`POST /api/v1/webhooks/${id}/rotate-secret`, {}, keyed('one'))
    expect((await rotate()).status).toBe(200)
    expect(await rotate()).toEqual(told)
    expect(await getWebhook(runtime.store, 'one', id)).toMatchObject({ secretGeneration: 2 })
  })

  test('tests once', async () => {
    const { api, path, messaging } = await openLog()
    const first = await api(`POST ${path}/test`, undefined, keyed('one'))
    expect(await api(`POST ${path}/test`, undefined, keyed('one'))).toEqual(first)
    expect(messaging.list('deliveries')).toHaveLength(1)
    expect((await api(`GET ${path}/deliveries`)).body['total']).toBe(1)
  })

  test.each(['deliveries/{deliveryId}/redeliver', 'replay'])('does %s once', async (action) => {
    const scene = await openLog()
    const { api, id, path, messaging } = scene
    const deliveryId = await deliver(scene, id, noticeAt(0))
    const request = `POST ${path}/${action.replace('{deliveryId}', deliveryId)}` as const
    const range = action === 'replay' ? { since: at(0), until: at(1) } : undefined
    const first = await api(request, range, keyed('one'))
    expect(first.status).toBe(202)
    await scene.settle(id, deliveryId, 200)
    expect(await api(request, range, keyed('one'))).toEqual(first)
    expect(messaging.list('deliveries')).toHaveLength(1)
  })
})

test('a repeat leaves the bus alone: it is answered while the bus is down', async () => {
  const { api, register, registered, breakBus } = await openWebhookScene()
  const path = `/api/v1/webhooks/${await registered()}` as const
  await register({}, keyed('one'))
  const changed = await api(`PATCH ${path}`, { enabled: false }, keyed('two'))
  breakBus('PutRule')
  expect(await register({}, keyed('one'))).toEqual(told)
  expect(await api(`PATCH ${path}`, { enabled: false }, keyed('two'))).toEqual(changed)
})

describe('changes of one webhook at once', () => {
  test('end with the rule as the record says, whoever comes last', async () => {
    const { api, registered, rulesMatch } = await openWebhookScene()
    const path = `/api/v1/webhooks/${await registered()}` as const
    const changes = [
      { events: ['seat.held'] },
      { events: ['seat.released', 'seat.booked'] },
      { enabled: false },
      { enabled: true, events: ['seat.hold_expired'] },
    ]
    const answers = await Promise.all(changes.map((change) => api(`PATCH ${path}`, change)))
    for (const { status } of answers) expect([200, 409]).toContain(status)
    expect(await rulesMatch()).toBe(true)
  })

  test('and its deletion leave no rule', async () => {
    const { api, registered, rulesMatch } = await openWebhookScene()
    const path = `/api/v1/webhooks/${await registered()}` as const
    const answers = await Promise.all([
      api(`PATCH ${path}`, { events: ['seat.held'] }),
      api(`DELETE ${path}`),
      api(`PATCH ${path}`, { enabled: false }),
    ])
    for (const { status } of answers) expect([200, 404, 409]).toContain(status)
    expect(await rulesMatch()).toBe(true)
  })
})

describe('rotate secret', () => {
  test('tells a new secret each time, and stops the old one at once', async () => {
    const { api, register, runtime, clock } = await openWebhookScene()
    const { body: created } = await register()
    const id = created['id'] as string
    clock.advance(1_000)
    const rotated = await api(`POST /api/v1/webhooks/${id}/rotate-secret`)
    expect(rotated).toEqual({
      status: 200,
      body: {
        id,
        secret: expect.stringMatching(/^whsec_[0-9a-f]{32}$/) as string,
        rotatedAt: at(1_000),
      },
    })
    expect(rotated.body['secret']).not.toBe(created['secret'])
    expect(await getWebhook(runtime.store, 'one', id)).not.toHaveProperty('overlapUntil')
    const again = await api(`POST /api/v1/webhooks/${id}/rotate-secret`, {})
    expect(again.body['secret']).not.toBe(rotated.body['secret'])
  })

  test('lets the old one sign as well for as long as is asked, until the next rotation', async () => {
    const { api, registered, runtime } = await openWebhookScene()
    const id = await registered()
    const rotate = (body: object) => api(`POST /api/v1/webhooks/${id}/rotate-secret`, body)
    const overlapping = await rotate({ overlapSeconds: 60 })
    expect(overlapping.body).toMatchObject({ oldSecretUntil: at(60_000) })
    expect(await getWebhook(runtime.store, 'one', id)).toMatchObject({
      secretGeneration: 2,
      overlapUntil: Date.parse(at(60_000)),
    })
    expect((await rotate({ overlapSeconds: 0 })).body).not.toHaveProperty('oldSecretUntil')
    expect(await getWebhook(runtime.store, 'one', id)).not.toHaveProperty('overlapUntil')
  })

  test('of an installation without a master secret is a fault, and so is registering: nothing is changed', async () => {
    const { messaging, port, registered, rulesMatch, runtime } = await openWebhookScene()
    const api = apiOver(runtimeOver(port, { openBus: () => messaging.bus }))
    const id = await registered()
    const valid = { url: 'https://a.example/', events: ['seat.held'] }
    expect((await api('POST /api/v1/webhooks', valid)).status).toBe(500)
    expect((await api(`POST /api/v1/webhooks/${id}/rotate-secret`)).status).toBe(500)
    expect((await api('GET /api/v1/webhooks')).body['total']).toBe(1)
    expect(await getWebhook(runtime.store, 'one', id)).toMatchObject({ secretGeneration: 1 })
    expect(await rulesMatch()).toBe(true)
  })
})
