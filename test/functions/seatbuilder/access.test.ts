import { describe, expect, test } from 'vitest'
import { readCatalog } from '../../../lib/http/catalog.ts'
import { KEY_CACHE_MS } from '../../../lib/http/auth.ts'
import { keys } from '../../../lib/store/table/table.ts'
import { testKeys } from '../../support/holdfast.ts'
import { openScene, TOKEN } from '../../support/scene.ts'
import { DeleteCommand } from '@aws-sdk/lib-dynamodb'
import { createHash } from 'node:crypto'

const { endpoints } = await readCatalog()
const guarded = endpoints
  .filter(({ surface }) => surface === 'seatbuilder')
  .map(({ endpoint }) => endpoint)
  .filter(({ access }) => access !== 'anyone')
const runtimeRoutes = [
  'GET /api/v1/events/{eventKey}',
  'GET /api/v1/events/{eventKey}/layout',
  'GET /api/v1/events/{eventKey}/snapshot',
  'GET /api/v1/events/{eventKey}/status',
  'POST /api/v1/events/{eventKey}/seats/best-available',
  'POST /api/v1/events/{eventKey}/seats/book',
  'POST /api/v1/events/{eventKey}/seats/hold',
  'POST /api/v1/events/{eventKey}/seats/release',
]

describe.each(guarded)('$method $path', ({ method, path, access }) => {
  const request = `${method} ${path.replace(/\{.*?\}/g, 'nothing')}` as `${string} /${string}`

  test('refuses a missing, an unknown and a malformed key before it looks at anything else', async () => {
    const { api } = await openScene()
    const send = (key: string | null) => api(request, undefined, { key, raw: '{' })
    const body = (message: string) => ({ statusCode: 401, message })
    expect((await send(null)).body).toEqual(body('Missing API key'))
    expect((await send('')).body).toEqual(body('Missing API key'))
    for (const key of ['sk_test_nobody', 'ключ', 'a b', 'x'.repeat(5_000), '__proto__']) {
      expect((await send(key)).body).toEqual(body('Invalid API key'))
    }
  })

  test('takes a publishable key only on runtime routes', async () => {
    const { api } = await openScene()
    const answer = await api(request, undefined, { key: testKeys.publishable })
    const isRuntime = runtimeRoutes.includes(`${method} ${path}`)
    expect(access).toBe(isRuntime ? 'publishable-key' : 'secret-key')
    if (isRuntime) expect([400, 404]).toContain(answer.status)
    else expect(answer.status).toBe(403)
  })
})

test('ids of another workspace look unknown, on every route', async () => {
  const { api, chartKey, eventKey } = await openScene()
  const drawing = { name: 'Hall', draftVersion: {} }
  const bodies: Record<string, object> = {
    '/seats/best-available': { number: 1, holdToken: TOKEN },
    '/seats/hold': { objectLabel: 'A-1', holdToken: TOKEN },
    '/seats/extend': { holdToken: TOKEN },
    '/seats/book': { objectLabels: ['A-1'], holdToken: TOKEN },
    '/seats/release': { objectLabels: ['A-1'] },
  }
  const range = { since: '2027-03-04T00:00:00.000Z', until: '2027-03-05T00:00:00.000Z' }
  for (const { method, path } of guarded.filter(({ path }) => path.includes('{'))) {
    const target = path.replace('{chartKey}', chartKey).replace('{eventKey}', eventKey)
    const suffix = target.slice(target.indexOf(eventKey) + eventKey.length)
    const isReplay = path.endsWith('/replay')
    const other = method === 'PATCH' ? { ...drawing, enabled: true } : undefined
    const body = bodies[suffix] ?? (isReplay ? range : other)
    const request = `${method} ${target}` as `${string} /${string}`
    const answer = await api(request, body, { key: testKeys.otherSecret })
    expect([request, answer.status]).toEqual([request, 404])
  }
  const lists = await api('GET /api/v1/events', undefined, { key: testKeys.otherSecret })
  expect(lists.body).toMatchObject({ items: [], total: 0 })
  const bound = await api('POST /api/v1/events', { chartKey }, { key: testKeys.otherSecret })
  expect(bound.status).toBe(404)
})

test('a publishable key releases only what it names the token for, and never a booking', async () => {
  const { api, seats } = await openScene()
  const key = testKeys.publishable
  const send = (verb: string, body: object) => api(`POST ${seats}/${verb}`, body, { key })
  await send('hold', { objectLabels: ['A-1', 'A-2'], holdToken: TOKEN })
  await send('book', { objectLabels: ['A-2'], holdToken: TOKEN })
  expect((await send('release', { objectLabels: ['A-1'] })).status).toBe(403)
  expect((await send('release', { objectLabels: ['A-1'], holdToken: 'other' })).status).toBe(409)
  expect((await send('release', { objectLabels: ['A-2'], holdToken: TOKEN })).status).toBe(409)
  expect((await send('release', { objectLabels: ['A-1'], holdToken: TOKEN })).status).toBe(200)
})

test('a key that was taken off file lives for at most a minute', async () => {
  const { api, clock, port } = await openScene()
  const list = async () => (await api('GET /api/v1/charts')).status
  expect(await list()).toBe(200)
  clock.advance(KEY_CACHE_MS)
  expect(await list()).toBe(200)
  const hash = createHash('sha256').update(testKeys.secret).digest('hex')
  const { tableName: TableName } = port
  await port.writer.send(new DeleteCommand({ TableName, Key: keys.apiKey(hash) }))
  clock.advance(KEY_CACHE_MS - 1)
  expect(await list()).toBe(200)
  clock.advance(1)
  expect(await list()).toBe(401)
})
