import { describe, expect, test } from 'vitest'
import { rowDrawing } from '../../support/drawings.ts'
import { openHoldfast, testKeys } from '../../support/holdfast.ts'
import { seatsioEndpoints, seatsioOver } from '../../support/seatsio.ts'

const guarded = seatsioEndpoints.filter(({ access }) => access !== 'anyone')
const own = guarded.filter(({ access }) => access === 'secret-key')

async function open() {
  const { runtime } = await openHoldfast()
  const api = seatsioOver(runtime)
  await api('POST /system/public/charts/hall', rowDrawing())
  await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
  return api
}

function requestOf({ method, path }: { method: string; path: string }): `${string} /${string}` {
  const names = new Map([
    ['{eventKey}', 'gala'],
    ['{chartKey}', 'hall'],
    ['{label}', 'A-1'],
    ['{reportType}', 'byObjectType'],
  ])
  const target = path.replace(/\{\w+\}/g, (name) => names.get(name) ?? 'nothing')
  return `${method} /${target.slice(1)}`
}

describe.each(guarded)('$method $path', (endpoint) => {
  test('refuses a missing, an unknown and a malformed key before it looks at anything else', async () => {
    const api = await open()
    for (const key of [null, '', 'nobody', 'ключ', 'a b', '__proto__']) {
      const answer = await api(requestOf(endpoint), undefined, { key, raw: '{' })
      expect([key, answer.status, answer.text]).toEqual([key, 401, ''])
    }
  })

  test('refuses a key of another kind', async () => {
    const api = await open()
    const isAdmin = endpoint.access === 'admin-key'
    for (const key of isAdmin ? [testKeys.publishable, testKeys.secret] : [testKeys.publishable]) {
      if (endpoint.access === 'system') continue
      const answer = await api(requestOf(endpoint), undefined, { key, raw: '{' })
      expect([answer.status, answer.text]).toEqual([403, ''])
    }
  })
})

test('what another workspace has looks unknown, on every route', async () => {
  const api = await open()
  const named = own.filter(({ path }) => /\{(eventKey|chartKey)\}/.test(path))
  expect(named.length).toBeGreaterThan(5)
  for (const endpoint of named.filter(({ path }) => !path.startsWith('/system'))) {
    const request = requestOf(endpoint)
    const isAboutExtraData = request.endsWith('update-extra-data')
    const objects = isAboutExtraData
      ? { extraData: { 'A-1': {} } }
      : { objects: ['A-1'], ...(request.includes('change-object-status') ? { status: 'x' } : {}) }
    const category = request.includes('categories') ? { key: 1, label: 'One' } : {}
    const isOfTerms = /channels|for-sale/.test(request)
    const terms = isOfTerms ? { key: 'k', name: 'K', channels: [], forSale: [] } : {}
    const query = request.endsWith('/objects') ? '?label=A-1' : ''
    const answer = await api(
      `${request}${query}`,
      { ...objects, ...category, ...terms },
      { key: testKeys.otherSecret },
    )
    // Holding needs a token, and holding tokens are of a workspace too.
    if (/hold$/.test(request)) expect([400, 404]).toContain(answer.status)
    else expect([request, answer.status]).toEqual([request, 404])
  }
  const list = await api('GET /events', undefined, { key: testKeys.otherSecret })
  expect(list.body).toEqual({ items: [] })
  const bound = await api('POST /events', { chartKey: 'hall' }, { key: testKeys.otherSecret })
  expect(bound.status).toBe(404)
})
