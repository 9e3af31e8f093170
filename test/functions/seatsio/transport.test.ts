import { describe, expect, test } from 'vitest'
import { apiOver } from '../../support/api.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { openHoldfast, testKeys } from '../../support/holdfast.ts'
import { basic, seatsioOver } from '../../support/seatsio.ts'

async function open() {
  const holdfast = await openHoldfast()
  const api = seatsioOver(holdfast.runtime)
  await api('POST /system/public/charts/hall', rowDrawing())
  return { ...holdfast, api }
}

const encoded = (text: string) => Buffer.from(text).toString('base64')

describe('credentials are read as clients send them', () => {
  const { secret } = testKeys
  test.each([
    ['with an empty password', `Basic ${encoded(`${secret}:`)}`, 200],
    ['with any password', `Basic ${encoded(`${secret}:null`)}`, 200],
    ['with colons in the password', `Basic ${encoded(`${secret}:a:b`)}`, 200],
    ['without a colon', `Basic ${encoded(secret)}`, 200],
    ['with white space in the text', `Basic  ${encoded(secret).replace(/(.{9})/g, '$1 \t')}`, 200],
    ['with the scheme in lower case', `basic ${encoded(`${secret}:`)}`, 200],
    ['without padding', `Basic ${encoded(`${secret}:`).replaceAll('=', '')}`, 200],
    ['with an unknown key', `Basic ${encoded('nobody:')}`, 401],
    ['with no key', `Basic ${encoded(':password')}`, 401],
    ['with nothing', 'Basic ', 401],
    ['with another scheme', `Bearer ${secret}`, 401],
    ['with the bare key', secret, 401],
    ['with bytes that are no text', `Basic ${Buffer.from([0xff, 0xfe]).toString('base64')}`, 401],
    ['with a key beyond all bounds', `Basic ${encoded('x'.repeat(5_000))}`, 401],
  ])('%s', async (_, authorization, status) => {
    const { api } = await open()
    const headers = ['Authorization', authorization]
    expect((await api('GET /events', undefined, { key: null, headers })).status).toBe(status)
  })
})

describe('a body is read as JSON, whatever it is said to be', () => {
  test.each([
    'application/json',
    'text/plain; charset=ISO-8859-1',
    'application/x-www-form-urlencoded',
    'application/xml',
    'nonsense',
    undefined,
  ])('%j', async (type) => {
    const { api } = await open()
    const headers = type === undefined ? [] : ['Content-Type', type]
    const body = { chartKey: 'hall', eventKey: 'gala' }
    expect((await api('POST /events', body, { headers })).status).toBe(200)
  })
})

test.each(['', ' \n', 'null', '{}', '[]', '{"unknown": 1, "name": null}'])(
  'the body %j says nothing',
  async (raw) => {
    const { api } = await open()
    const created = await api('POST /events', undefined, { raw })
    expect(created.body?.['messages']).toEqual(['#: required key [chartKey] not found'])
    await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
    expect((await api('POST /events/gala', undefined, { raw })).status).toBe(204)
  },
)

test('a field of null is not given, at any depth, and unknown fields are ignored', async () => {
  const { api } = await open()
  const { status, body } = await api('POST /events', {
    chartKey: 'hall',
    eventKey: null,
    name: null,
    channels: null,
    forSaleConfig: null,
    tableBookingConfig: { mode: 'CUSTOM', tables: { T1: null, T2: 'BY_SEAT' } },
    categories: [{ key: 1, label: 'One', color: null, accessible: null }],
    objectCategories: null,
    nonsense: { deep: [null] },
  })
  expect(status).toBe(200)
  expect(body).toMatchObject({ tableBookingConfig: { tables: { T2: 'BY_SEAT' } } })
  expect(JSON.stringify(body)).not.toContain('null')
})

test('an empty list is an empty map where a map is meant', async () => {
  const { api } = await open()
  const { status, body } = await api('POST /events', {
    chartKey: 'hall',
    objectCategories: [],
    channels: [],
    tableBookingConfig: { mode: 'CUSTOM', tables: [] },
  })
  expect(status).toBe(200)
  expect(body).toMatchObject({ tableBookingConfig: { mode: 'CUSTOM', tables: {} } })
})

test.each([
  ['{', '#: Malformed JSON'],
  ['"text"', '#: expected type: JSONObject, found: String'],
  ['[1]', '#: expected type: JSONObject, found: JSONArray'],
  ['chartKey=hall', '#: Malformed JSON'],
])('the body %s is refused', async (raw, message) => {
  const { api } = await open()
  const { status, body } = await api('POST /events', undefined, { raw })
  expect([status, body]).toEqual([
    400,
    {
      status: 400,
      messages: [message],
      errors: [{ code: 'GENERAL_ERROR', message }],
      warnings: [],
      requestId: 'test-request',
    },
  ])
})

test.each(['', '{}', 'null', '{', '[1, 2]', '<xml/>'])(
  'a request to delete may carry %j',
  async (raw) => {
    const { api } = await open()
    await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
    expect((await api('DELETE /events/gala?stray=1', undefined, { raw })).status).toBe(204)
  },
)

test.each([
  ['a/b', 'a%2Fb'],
  ['a//b', 'a%2F%2Fb'],
  ['a b', 'a%20b'],
  ['a+b', 'a+b'],
  ['a%b', 'a%25b'],
  ['a:b<c>"d"?e#f', 'a%3Ab%3Cc%3E%22d%22%3Fe%23f'],
  ['ü', '%C3%BC'],
])('the key %j is one segment of a path', async (eventKey, segment) => {
  const { api } = await open()
  await api('POST /events', { chartKey: 'hall', eventKey })
  for (const path of [`/events/${segment}`, `//events///${segment}`] as const) {
    expect((await api(`GET ${path}`)).body?.['key']).toBe(eventKey)
  }
})

test('a segment that cannot be decoded is refused', async () => {
  const { api } = await open()
  const { status, body } = await api('GET /events/%zz')
  expect([status, body?.['messages']]).toEqual([
    400,
    ['#/eventKey: Malformed percent-encoding in the path'],
  ])
})

test.each([
  'GET /',
  'GET /nowhere',
  'GET //api/v1/charts',
  'PATCH /events/x',
  'POST /events/x/actions/nothing',
  'PUT /events',
])('%s is answered 404, without asking for a key', async (request) => {
  const { api } = await open()
  const { status, body } = await api(request as 'GET /', undefined, { key: null })
  expect([status, body?.['errors']]).toEqual([
    404,
    [{ code: 'GENERAL_ERROR', message: `No such endpoint: ${request}` }],
  ])
})

test('what SeatBuilder does not have is answered in its words', async () => {
  const { runtime } = await open()
  const { status, body } = await apiOver(runtime)('GET /api/v1/nowhere')
  expect([status, body]).toEqual([
    404,
    { statusCode: 404, message: 'No such endpoint: GET /api/v1/nowhere' },
  ])
})

test.each(['/events', '/events/x', '/charts/x/version/published', '/nowhere', '/', '//events'])(
  'a page of any origin may ask before it calls %s',
  async (path) => {
    const { api } = await open()
    const { status, headers } = await api(`OPTIONS ${path as '/'}`, undefined, { key: null })
    expect(status).toBe(204)
    expect(headers['access-control-allow-origin']).toBe('*')
    expect(headers['access-control-allow-methods']).toBe('GET, POST, DELETE, OPTIONS')
    for (const name of ['Authorization', 'Content-Type', 'X-Client-Lib', 'X-Workspace-Key']) {
      expect(headers['access-control-allow-headers']).toContain(name)
    }
    expect(headers['access-control-allow-headers']).toContain('Idempotency-Key')
  },
)

test('a store that cannot be reached is told, and whether anything was changed', async () => {
  const { api, engine } = await open()
  await api('GET /events')
  engine.inject = () => 'internal-error'
  const read = await api('GET /events/x')
  expect(read.body).toMatchObject({ status: 503, errors: [{ code: 'INTERNAL_ERROR' }] })
  expect(String(read.body?.['messages'])).toContain('nothing was changed')
  engine.inject = ({ operation }) => (operation.includes('Write') ? 'lost-before' : undefined)
  const written = await api('POST /events', { chartKey: 'hall' })
  expect(String(written.body?.['messages'])).toContain('may or may not have been made')
})

test('an answer names its request, in the body of an error too', async () => {
  const { api } = await open()
  const { headers, body } = await api('GET /events/x')
  expect([headers['x-request-id'], body?.['requestId']]).toEqual(['test-request', 'test-request'])
  expect(basic('x')).toBe('Basic eDo=')
})
