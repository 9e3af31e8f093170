import { describe, expect, test } from 'vitest'
import { readCatalog } from '../../lib/http/catalog.ts'
import { startHttpServer } from '../../local/http/http-server.ts'
import { routesOver } from '../../local/http/routes.ts'
import { cleanUps } from '../support/clean-ups.ts'
import { rowDrawing } from '../support/drawings.ts'
import { testKeys } from '../support/holdfast.ts'
import { send } from '../support/http.ts'
import { basic } from '../support/seatsio.ts'
import { openSeatsioScene } from '../support/seatsio-scene.ts'

// What every read can be asked: its headers alone, and whether what the caller has still holds.

const catalog = await readCatalog()

async function open(corsOrigins?: [string, ...string[]]) {
  const scene = await openSeatsioScene(rowDrawing({ rows: 10, seatsPerRow: 20 }))
  const runtime = { ...scene.runtime, ...(corsOrigins === undefined ? {} : { corsOrigins }) }
  const server = await startHttpServer({
    routes: routesOver(runtime, catalog),
    clock: scene.clock,
  })
  cleanUps.push(() => server.close())
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    send(server.url, path, {
      method,
      headers: {
        'X-Api-Key': testKeys.secret,
        Authorization: basic(testKeys.secret),
        ...headers,
      },
    })
  const { body } = await scene.api('GET /charts/hall')
  const picture = new URL(String(body?.['publishedVersionThumbnailUrl'])).pathname
  return { ...scene, ask, picture }
}

/** Of all that comes with the connection, and of what only the body tells. */
const other = [
  'x-request-id',
  'x-amzn-requestid',
  'date',
  'content-length',
  'vary',
  'content-encoding',
]

function comparable(headers: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !other.includes(name)))
}

const reads = {
  status: '/api/v1/events/gala/status',
  'layout for buyers': '/api/v1/events/gala/layout',
  health: '/health',
  drawing: '/charts/hall/version/published',
  'picture by key': '/charts/hall/version/published/thumbnail',
  'unknown event': '/api/v1/events/nobody',
  event: '/events/gala',
}

describe('HEAD answers what GET answers, without a body', () => {
  test.each(Object.entries(reads))('%s', async (_, path) => {
    const { ask } = await open()
    const get = await ask(path)
    const head = await ask(path, {}, 'HEAD')
    expect(head.status).toBe(get.status)
    expect(head.body.length).toBe(0)
    expect(comparable(head.headers)).toEqual(comparable(get.headers))
  })

  test('a picture by its public address; and where only something else is served, as little as before', async () => {
    const { ask, picture } = await open()
    expect((await ask(picture, {}, 'HEAD')).status).toBe(200)
    expect((await ask('/events/gala/actions/book', {}, 'HEAD')).status).toBe(404)
    expect(
      (await ask('/events/gala', { Authorization: 'Basic bm9ib2R5Og==' }, 'HEAD')).status,
    ).toBe(401)
  })
})

describe('what is large and seldom changes is sent once', () => {
  test.each([
    ['layout for buyers', '/api/v1/events/gala/layout'],
    ['layout', '/api/v1/charts/hall/layout?version=published'],
    ['drawing', '/charts/hall/version/published'],
    ['picture by key', '/charts/hall/version/published/thumbnail'],
  ])('%s', async (_, path) => {
    const { ask, api } = await open()
    const first = await ask(path)
    expect(first.headers['cache-control']).toBe('private, no-cache')
    const tag = String(first.headers['etag'])
    expect(tag).toMatch(/^"[\w-]{43}"$/)
    for (const known of [tag, `W/${tag}`, `"another", ${tag}`, '*']) {
      const again = await ask(path, { 'If-None-Match': known })
      expect([again.status, again.body.length]).toEqual([304, 0])
      expect(again.headers).toMatchObject({ etag: tag, 'cache-control': 'private, no-cache' })
    }
    expect((await ask(path, { 'If-None-Match': tag }, 'HEAD')).status).toBe(304)
    expect((await ask(path, { 'If-None-Match': '"another"' })).status).toBe(200)
    await api('POST /system/public/charts/hall', rowDrawing({ rows: 3 }))
    const changed = await ask(path, { 'If-None-Match': tag })
    expect([changed.status, changed.headers['etag'] === tag]).toEqual([200, false])
  })

  test('a picture by its public address, which anybody may keep for ever', async () => {
    const { ask, picture } = await open()
    const { etag = '', 'cache-control': kept } = (await ask(picture)).headers
    expect(kept).toBe('public, max-age=31536000, immutable')
    const known = await ask(picture, { 'If-None-Match': etag })
    expect([known.status, known.headers['content-type']]).toEqual([304, 'image/png'])
  })

  test('and a refusal is never taken for what is known', async () => {
    const { ask } = await open()
    expect((await ask('/api/v1/events/nobody/layout', { 'If-None-Match': '*' })).status).toBe(404)
  })
})

test('pages may read when it was answered, when to come again, and by which tag to ask', async () => {
  const { ask } = await open()
  const { headers } = await ask('/api/v1/events/gala/layout')
  expect(headers['access-control-expose-headers']).toBe(
    'Date, ETag, Idempotent-Replayed, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id',
  )
  expect(Date.parse(String(headers['date']))).not.toBeNaN()
})

test('what an answer depends on is said: the origin of a list, and whether it may be compressed', async () => {
  const { ask } = await open(['https://a.example.com', 'https://b.example.com'])
  const varyOf = async (path: string, headers = {}) => (await ask(path, headers)).headers['vary']
  expect(await varyOf('/api/v1/events/gala/layout')).toBe('Origin, Accept-Encoding')
  const zipped = { 'Accept-Encoding': 'gzip' }
  expect(await varyOf('/api/v1/events/gala/layout', zipped)).toBe('Origin, Accept-Encoding')
  expect(await varyOf('/api/v1/events/gala/status')).toBe('Origin')
  const any = await open()
  expect((await any.ask('/api/v1/events/gala/status')).headers['vary']).toBeUndefined()
})
