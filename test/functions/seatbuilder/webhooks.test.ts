import { describe, expect, test } from 'vitest'
import { RULE_PREFIX } from '../../../lib/bus/rules.ts'
import { getHealth, type SlotUse } from '../../../lib/store/webhooks/endpoint-health.ts'
import { giveBackSlot, takeSlot } from '../../support/slots.ts'
import type { Port } from '../../../lib/store/table/port.ts'
import { openWebhookScene, RECEIVER } from '../../support/webhook-scene.ts'
import { createCompany } from '../../../lib/store/companies/companies.ts'
import { addApiKey } from '../../../lib/store/companies/api-keys.ts'

const NOW = '2027-03-04T18:20:00.000Z'
const unknownHealth = {
  status: 'unknown',
  lastSuccessAt: null,
  failingSince: null,
  nextProbeAt: null,
}

describe('create webhook', () => {
  test('answers 201 with the secret, and makes a rule that sends its notices to the queue', async () => {
    const { register, rules, messaging } = await openWebhookScene()
    const answer = await register({
      events: ['seat.booked', 'seat.held', 'seat.booked'],
      description: 'order service',
    })
    expect(answer).toEqual({
      status: 201,
      body: {
        id: expect.stringMatching(/^wh_[0-9a-f]{16}$/) as string,
        url: RECEIVER,
        events: ['seat.booked', 'seat.held'],
        description: 'order service',
        enabled: true,
        secret: expect.stringMatching(/^whsec_[0-9a-f]{32}$/) as string,
        createdAt: NOW,
        updatedAt: NOW,
        health: unknownHealth,
      },
    })
    const id = answer.body['id'] as string
    const rule = (await rules()).get(id)
    expect(JSON.parse(rule?.pattern ?? '')).toEqual({
      source: ['holdfast.seats'],
      'detail-type': ['seat.booked', 'seat.held'],
      detail: { workspaceId: ['one'], environment: ['sandbox'] },
    })
    expect(rule).toMatchObject({ isEnabled: true })
    expect(rule?.target).toContain(messaging.names.deliveriesArn)
  })

  test('with a batch tells it, as every answer does until it is 1 again, and another change leaves it', async () => {
    const { api, register } = await openWebhookScene()
    for (const batch of [1, 2, 100]) {
      const { body } = await register({ batch })
      const path = `/api/v1/webhooks/${body['id'] as string}` as const
      const told = batch === 1 ? undefined : batch
      expect(body['batch']).toBe(told)
      expect((await api(`GET ${path}`)).body['batch']).toBe(told)
      expect((await api(`PATCH ${path}`, { description: 'a' })).body['batch']).toBe(told)
      expect((await api(`PATCH ${path}`, { batch: 7 })).body['batch']).toBe(7)
      expect((await api(`PATCH ${path}`, { batch: 1 })).body).not.toHaveProperty('batch')
      expect((await api(`GET ${path}`)).body).not.toHaveProperty('batch')
    }
  })

  test('of a production workspace listens to production', async () => {
    const { register, rules, runtime } = await openWebhookScene()
    const { store, clock } = runtime
    const live = { workspaceId: 'live', companyId: 'live', name: 'Live', isTest: false }
    const settings = { publishableMayBook: true }
    const company = {
      companyId: 'live',
      name: 'Live',
      workspaceIds: ['live'],
      createdAt: clock.now(),
    }
    await createCompany(store, company, { workspaces: [{ ...live, settings }] })
    const key = 'sk_live_of_production'
    await addApiKey(store, key, { keyId: 'live-secret', kind: 'secret', workspaceId: 'live' })
    const { body } = await register({}, { key })
    const { pattern = '' } = (await rules()).get(body['id'] as string) ?? {}
    expect(JSON.parse(pattern)).toMatchObject({
      detail: { workspaceId: ['live'], environment: ['production'] },
    })
  })

  test('takes the same URL twice, each with a secret of its own', async () => {
    const { register } = await openWebhookScene()
    const [first, second] = [await register(), await register()]
    expect(second.status).toBe(201)
    expect(second.body['id']).not.toBe(first.body['id'])
    expect(second.body['secret']).not.toBe(first.body['secret'])
  })

  test('takes the last rule that the bus has, and is refused with nothing recorded after that', async () => {
    const { api, register, putOwnRule, rulesMatch } = await openWebhookScene()
    for (let index = 0; index < 299; index += 1) await putOwnRule(`own-${index}`)
    expect((await register()).status).toBe(201)
    expect(await register()).toEqual({
      status: 409,
      body: {
        statusCode: 409,
        message:
          'The event bus takes no further rule, and each webhook is one: delete a webhook or a rule first',
      },
    })
    expect((await api('GET /api/v1/webhooks')).body['total']).toBe(1)
    expect(await rulesMatch()).toBe(true)
  })
})

describe('get and list webhooks', () => {
  test('show what was registered, newest first and without secrets, in pages with the count of all', async () => {
    const { api, registered, clock } = await openWebhookScene()
    const ids: string[] = []
    for (let index = 0; index < 3; index += 1) {
      ids.unshift(await registered())
      clock.advance(1_000)
    }
    const all = await api('GET /api/v1/webhooks')
    expect(all.body).toMatchObject({ total: 3, page: 1, limit: 20 })
    const items = all.body['items'] as { id: string }[]
    expect(items.map(({ id }) => id)).toEqual(ids)
    expect(JSON.stringify(all.body)).not.toContain('secret')
    const second = await api('GET /api/v1/webhooks?page=2&limit=2')
    expect(second.body).toEqual({ items: items.slice(2), total: 3, page: 2, limit: 2 })
    expect((await api('GET /api/v1/webhooks?page=9')).body).toMatchObject({ items: [], total: 3 })
    expect((await api(`GET /api/v1/webhooks/${ids[1]}`)).body).toEqual(items[1])
  })

  test('tell how the receiver is doing', async () => {
    const { api, registered, runtime, port, clock } = await openWebhookScene()
    const id = await registered()
    const health = async () => (await api(`GET /api/v1/webhooks/${id}`)).body['health']
    expect(await health()).toEqual(unknownHealth)
    await attempt(port, id, { kind: 'success' })
    const lastSuccessAt = NOW
    expect(await health()).toEqual({
      status: 'healthy',
      lastSuccessAt,
      failingSince: null,
      nextProbeAt: null,
    })
    clock.advance(1_000)
    const probeAt = clock.now()
    await attempt(port, id, { kind: 'failure', probeAt, failuresMax: 2 })
    expect(await health()).toEqual({
      status: 'healthy',
      lastSuccessAt,
      failingSince: null,
      nextProbeAt: null,
    })
    await attempt(port, id, { kind: 'failure', probeAt, failuresMax: 2 })
    const failing = {
      status: 'failing',
      lastSuccessAt,
      failingSince: '2027-03-04T18:20:01.000Z',
      nextProbeAt: '2027-03-04T18:20:01.000Z',
    }
    expect(await health()).toEqual(failing)
    const { body } = await api('GET /api/v1/webhooks')
    expect(body['items']).toMatchObject([{ id, health: failing }])
    expect(await getHealth(runtime.store, 'wh_0000000000000000')).toBeUndefined()
  })
})

describe('update webhook', () => {
  test('replaces what is named, leaves the rest, and changes the rule', async () => {
    const { api, registered, rules, rulesMatch, clock } = await openWebhookScene()
    const id = await registered({ description: 'one' })
    clock.advance(1_000)
    const path = `/api/v1/webhooks/${id}` as const
    const changed = await api(`PATCH ${path}`, {
      events: ['seat.released', 'seat.released'],
      description: 'two',
    })
    expect(changed).toMatchObject({
      status: 200,
      body: {
        url: RECEIVER,
        events: ['seat.released'],
        description: 'two',
        enabled: true,
        createdAt: NOW,
        updatedAt: '2027-03-04T18:20:01.000Z',
      },
    })
    expect(changed.body).not.toHaveProperty('secret')
    expect((await rules()).get(id)?.pattern).toContain('["seat.released"]')
    const url = 'https://elsewhere.example:8443/path?query=1'
    expect((await api(`PATCH ${path}`, { url })).body).toMatchObject({ url, description: 'two' })
    expect(await rulesMatch()).toBe(true)
  })

  test.each([null, ''])('takes the description away with %j', async (description) => {
    const { api, registered } = await openWebhookScene()
    const id = await registered({ description: 'one' })
    const { body } = await api(`PATCH /api/v1/webhooks/${id}`, { description })
    expect(body).not.toHaveProperty('description')
    expect((await api(`GET /api/v1/webhooks/${id}`)).body).not.toHaveProperty('description')
  })

  test('disables and enables the rule with the webhook', async () => {
    const { api, registered, rules } = await openWebhookScene()
    const id = await registered()
    for (const enabled of [false, true]) {
      expect((await api(`PATCH /api/v1/webhooks/${id}`, { enabled })).body).toMatchObject({
        enabled,
      })
      expect((await rules()).get(id)).toMatchObject({ isEnabled: enabled })
    }
  })
})

describe('delete webhook', () => {
  test('removes the rule and is unknown from then on, but its deliveries can be read for 30 days', async () => {
    const { api, registered, rules, clock } = await openWebhookScene()
    const id = await registered()
    const path = `/api/v1/webhooks/${id}` as const
    await api(`POST ${path}/test`)
    expect(await api(`DELETE ${path}`)).toEqual({ status: 200, body: { id, deleted: true } })
    expect(await rules()).toEqual(new Map())
    expect((await api('GET /api/v1/webhooks')).body).toMatchObject({ items: [], total: 0 })
    const gone = { status: 404, body: { message: `Webhook not found: ${id}` } }
    expect(await api(`GET ${path}`)).toMatchObject(gone)
    expect(await api(`PATCH ${path}`, { enabled: true })).toMatchObject(gone)
    expect(await api(`DELETE ${path}`)).toMatchObject(gone)
    expect(await api(`POST ${path}/rotate-secret`)).toMatchObject(gone)
    expect(await api(`POST ${path}/test`)).toMatchObject(gone)
    expect((await api(`GET ${path}/deliveries`)).body['total']).toBe(1)
    clock.advance(30 * 86_400_000 - 1)
    expect((await api(`GET ${path}/deliveries`)).body['total']).toBe(1)
    clock.advance(1)
    expect(await api(`GET ${path}/deliveries`)).toMatchObject(gone)
  })

  test('leaves what is registered besides and the rules of others alone', async () => {
    const { api, registered, putOwnRule, ruleNames } = await openWebhookScene()
    const [kept, id] = [await registered(), await registered()]
    await putOwnRule('own')
    await putOwnRule(`${RULE_PREFIX}of-our-own`)
    await api(`DELETE /api/v1/webhooks/${id}`)
    expect((await ruleNames()).sort()).toEqual(
      ['own', `${RULE_PREFIX}of-our-own`, `${RULE_PREFIX}${kept}`].sort(),
    )
  })
})

/** What is noted of an attempt to deliver. */
async function attempt(port: Port, endpointId: string, use: SlotUse): Promise<void> {
  const until = port.clock.now()
  const taken = await takeSlot(port, endpointId, { until, probeUntil: until, isUrgent: false })
  if (taken.status !== 'taken') throw new Error(`No slot: ${taken.status}`)
  await giveBackSlot(port, endpointId, { ...taken, use })
}
