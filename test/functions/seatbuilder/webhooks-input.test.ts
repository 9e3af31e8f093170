import { describe, expect, test } from 'vitest'
import { webhookTypes } from '../../../lib/rules/notice.ts'
import { runtimeOver } from '../../../lib/open.ts'
import { apiOver } from '../../support/api.ts'
import { ROOTS, testKeys } from '../../support/holdfast.ts'
import { openWebhookScene, RECEIVER } from '../../support/webhook-scene.ts'

const ONE = 'wh_0123456789abcdef'

/** Exactly that many characters. */
const urlOf = (length: number) => 'https://a.example/'.padEnd(length, 'x')

const text = (length: number) => 'x'.repeat(length)

const wrongType = (other: string) =>
  `Invalid enum value. Expected ${webhookTypes.map((type) => `'${type}'`).join(' | ')}, received '${other}'`

/** What a field must not be, and what is said of it: of a new webhook and of a change alike. */
const wrongFields: [object, Record<string, string[]>][] = [
  [{ url: 'http://hooks.tickets.example/' }, { url: ['Must begin with https://'] }],
  [{ url: 'ftp://hooks.tickets.example/' }, { url: ['Must begin with https://'] }],
  [{ url: 'hooks.tickets.example' }, { url: ['Must be an absolute URL'] }],
  [{ url: 'https://ada:pw@hooks.example/' }, { url: ['Must not contain a user or a password'] }],
  [{ url: 'https://localhost/' }, { url: ['Must not point to this machine'] }],
  [{ url: 'https://127.0.0.1/' }, { url: ['Must not point to this machine'] }],
  [{ url: 'https://10.0.0.1/' }, { url: ['Must not point to a private or reserved address'] }],
  [{ url: 'https://[fe80::1]/' }, { url: ['Must not point to a private or reserved address'] }],
  [
    { url: 'https://169.254.169.254/' },
    { url: ['Must not point to a private or reserved address'] },
  ],
  [{ url: 'https://hooks.example:22/' }, { url: ['Must have one of the ports 443, 8443'] }],
  [{ url: '' }, { url: ['String must contain at least 1 character(s)'] }],
  [{ url: urlOf(2049) }, { url: ['String must contain at most 2048 character(s)'] }],
  [{ url: 7 }, { url: ['Expected string, received number'] }],
  [
    { url: 'https://a.example/\ud800' },
    { url: ['String must be well-formed Unicode, without U+FFFE and U+FFFF'] },
  ],
  [{ events: [] }, { events: ['Array must contain at least 1 element(s)'] }],
  [{ events: 'seat.held' }, { events: ['Expected array, received string'] }],
  [{ events: ['seat.held', 'seat.sold'] }, { 'events.1': [wrongType('seat.sold')] }],
  [{ events: ['seat.updated'] }, { 'events.0': [wrongType('seat.updated')] }],
  [{ description: text(256) }, { description: ['String must contain at most 255 character(s)'] }],
  [{ batch: 0 }, { batch: ['Number must be greater than or equal to 1'] }],
  [{ batch: 101 }, { batch: ['Number must be less than or equal to 100'] }],
  [{ batch: 1.5 }, { batch: ['Expected integer, received float'] }],
  [{ batch: '10' }, { batch: ['Expected number, received string'] }],
  [{ description: 7 }, { description: ['Expected string, received number'] }],
]

describe('fields that do not fit', () => {
  test.each(wrongFields)('%j is refused by name when it is registered', async (fields, errors) => {
    const { api, register, rules } = await openWebhookScene()
    const body = { statusCode: 400, message: 'Validation failed', errors }
    expect(await register(fields)).toEqual({ status: 400, body })
    expect((await api('GET /api/v1/webhooks')).body['total']).toBe(0)
    expect((await rules()).size).toBe(0)
  })

  test.each(wrongFields)('%j is refused by name as a change', async (fields, errors) => {
    const { api, registered } = await openWebhookScene()
    const path = `/api/v1/webhooks/${await registered()}` as const
    const before = await api(`GET ${path}`)
    const body = { statusCode: 400, message: 'Validation failed', errors }
    expect(await api(`PATCH ${path}`, fields)).toEqual({ status: 400, body })
    expect(await api(`GET ${path}`)).toEqual(before)
  })

  test('that must be there are named, every one at once', async () => {
    const { api } = await openWebhookScene()
    const refused = await api('POST /api/v1/webhooks', {})
    const errors = { url: ['Required'], events: ['Required'] }
    expect(refused).toMatchObject({ status: 400, body: { errors } })
    expect(await api('POST /api/v1/webhooks', { description: null, ...valid })).toMatchObject({
      status: 400,
      body: { errors: { description: ['Expected string, received null'] } },
    })
  })

  test('a change without a field that is known is refused as a whole', async () => {
    const { api, registered } = await openWebhookScene()
    const id = await registered()
    const message = 'Give url, events, enabled, description or batch, or several'
    const errors = Object.fromEntries(
      ['url', 'events', 'enabled', 'description', 'batch'].map((field) => [field, [message]]),
    )
    for (const body of [{}, { secret: 'whsec_' }, { enabled: undefined }]) {
      expect(await api(`PATCH /api/v1/webhooks/${id}`, body)).toMatchObject({
        status: 400,
        body: { errors },
      })
    }
    expect(await api(`PATCH /api/v1/webhooks/${id}`, { enabled: null })).toMatchObject({
      status: 400,
      body: { errors: { enabled: ['Expected boolean, received null'] } },
    })
  })
})

const valid = { url: RECEIVER, events: ['seat.held'] }

describe('limits', () => {
  test.each([
    ['a URL of 2,047 characters', { url: urlOf(2047) }, 201],
    ['a URL of 2,048', { url: urlOf(2048) }, 201],
    ['a URL of 2,049', { url: urlOf(2049) }, 400],
    ['a description of 254 characters', { description: text(254) }, 201],
    ['a description of 255', { description: text(255) }, 201],
    ['a description of 256', { description: text(256) }, 400],
    ['all events there are', { events: webhookTypes }, 201],
    ['unknown fields', { secret: 'mine', other: {} }, 201],
  ])('%s', async (_, fields, status) => {
    const { register } = await openWebhookScene()
    expect((await register(fields)).status).toBe(status)
  })

  test.each([
    [-1, 400],
    [0, 200],
    [86_399, 200],
    [86_400, 200],
    [86_401, 400],
    [1.5, 400],
  ])('an overlap of %d seconds answers %d', async (overlapSeconds, status) => {
    const { api, registered } = await openWebhookScene()
    const id = await registered()
    const answer = await api(`POST /api/v1/webhooks/${id}/rotate-secret`, { overlapSeconds })
    expect(answer.status).toBe(status)
    if (status === 400) expect(answer.body['errors']).toHaveProperty('overlapSeconds')
  })

  test.each([
    ['page=0', 'page'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=ten', 'limit'],
  ])('the query %s is refused by name, of webhooks and of deliveries', async (query, field) => {
    const { api, registered } = await openWebhookScene()
    const id = await registered()
    for (const path of ['/api/v1/webhooks', `/api/v1/webhooks/${id}/deliveries`] as const) {
      const refused = await api(`GET ${path}?${query}`)
      expect(refused.status).toBe(400)
      expect(refused.body['errors']).toHaveProperty(field)
    }
  })
})

/** Every route that names a webhook, with a body that fits. */
const routes: [string, object?][] = [
  ['GET /api/v1/webhooks/{id}'],
  ['PATCH /api/v1/webhooks/{id}', { enabled: true }],
  ['DELETE /api/v1/webhooks/{id}'],
  ['POST /api/v1/webhooks/{id}/rotate-secret'],
  ['POST /api/v1/webhooks/{id}/test'],
  ['GET /api/v1/webhooks/{id}/deliveries'],
  ['POST /api/v1/webhooks/{id}/deliveries/wd_1/redeliver'],
  [
    'POST /api/v1/webhooks/{id}/replay',
    { since: '2027-03-04T00:00:00.000Z', until: '2027-03-05T00:00:00.000Z' },
  ],
]

describe('ids', () => {
  test.each(routes)(
    '%s answers 404 for one that is unknown or too odd to be one',
    async (route, body) => {
      const { api } = await openWebhookScene()
      for (const id of [ONE, 'wh_', 'x'.repeat(255), '%F0%9F%8E%AD', '..%2F..', '__proto__']) {
        const request = route.replace('{id}', id) as `${string} /${string}`
        expect(await api(request, body)).toMatchObject({
          status: 404,
          body: { message: `Webhook not found: ${decodeURIComponent(id)}` },
        })
      }
      const tooLong = route.replace('{id}', 'x'.repeat(256)) as `${string} /${string}`
      expect((await api(tooLong, body)).body).toMatchObject({
        errors: { id: [expect.any(String)] },
      })
    },
  )

  test.each(routes)(
    '%s answers 404 for one of another workspace, and leaves it alone',
    async (route, body) => {
      const { api, registered, rules } = await openWebhookScene()
      const id = await registered()
      const before = [await api(`GET /api/v1/webhooks/${id}`), await rules()]
      const request = route.replace('{id}', id) as `${string} /${string}`
      expect(await api(request, body, { key: testKeys.otherSecret })).toMatchObject({
        status: 404,
        body: { message: `Webhook not found: ${id}` },
      })
      expect([await api(`GET /api/v1/webhooks/${id}`), await rules()]).toEqual(before)
    },
  )

  test('of another workspace are in no list', async () => {
    const { api, registered } = await openWebhookScene()
    await registered()
    const listed = await api('GET /api/v1/webhooks', undefined, { key: testKeys.otherSecret })
    expect(listed.body).toMatchObject({ items: [], total: 0 })
  })

  test.each([['GET /api/v1/webhooks'], ['POST /api/v1/webhooks', valid] as const, ...routes])(
    '%s refuses a publishable key',
    async (route, body) => {
      const { api, registered } = await openWebhookScene()
      const request = route.replace('{id}', await registered()) as `${string} /${string}`
      expect((await api(request, body, { key: testKeys.publishable })).status).toBe(403)
    },
  )
})

test('where everything runs on one machine a webhook may go to that machine, without TLS too', async () => {
  const { messaging, port } = await openWebhookScene()
  const options = {
    roots: ROOTS,
    openBus: () => messaging.bus,
    webhooks: { allowsLoopback: true },
  }
  const api = apiOver(runtimeOver(port, options))
  const register = (url: string) => api('POST /api/v1/webhooks', { ...valid, url })
  expect((await register('http://localhost:8080/hook')).status).toBe(201)
  expect((await register('http://127.0.0.1:8080/hook')).status).toBe(201)
  expect((await register('http://10.0.0.1/hook')).status).toBe(400)
})
