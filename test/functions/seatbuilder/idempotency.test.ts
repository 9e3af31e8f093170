import { describe, expect, test } from 'vitest'
import type { ApiAnswer } from '../../support/api.ts'
import {
  isReplay,
  openWriteScene,
  sampleOf,
  sendKeyed,
  writingEndpoints,
  type WriteScene,
} from '../../support/every-write.ts'
import { testKeys } from '../../support/holdfast.ts'
import { OTHER_TOKEN, TOKEN } from '../../support/scene.ts'
import { RECEIPT_MS_KEPT } from '../../../lib/limits/limits.ts'
import { addApiKey } from '../../../lib/store/companies/api-keys.ts'

const names = writingEndpoints.map(({ name }) => name)

/** A scene with the sample request of an endpoint. */
async function openSample(name: string) {
  const scene = await openWriteScene()
  const entry = writingEndpoints.find((it) => it.name === name)
  if (entry === undefined) throw new Error(`No endpoint ${name}`)
  const sample = await sampleOf(entry, scene)
  return {
    scene,
    sample,
    send: (idempotencyKey = 'order-1') => sendKeyed(scene.api, sample, { idempotencyKey }),
  }
}

/** Everything in the table. */
const contents = ({ table }: WriteScene) => structuredClone(table.items())

/** How many items there are of each kind. */
function countKinds({ table }: WriteScene): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { pk } of table.items()) {
    const kind = String(pk).split('#')[0] ?? ''
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}

const keyReused = {
  status: 422,
  body: {
    statusCode: 422,
    message: 'This Idempotency-Key was used for another request: use a new one',
  },
}

/** Headers whose key is empty, too long, not printable, not ASCII, or sent twice. */
const malformed: readonly (readonly string[])[] = [
  ['Idempotency-Key', ''],
  ['Idempotency-Key', 'k'.repeat(256)],
  ['Idempotency-Key', 'a\u0001b'],
  ['Idempotency-Key', 'a\tb'],
  ['Idempotency-Key', 'a\u007f'],
  ['Idempotency-Key', 'clé'],
  ['Idempotency-Key', 'order-1\n'],
  ['Idempotency-Key', 'a', 'Idempotency-Key', 'a'],
  ['Idempotency-Key', 'a', 'idempotency-key', 'b'],
]

describe.each(names)('%s with an idempotency key', (name) => {
  test('is answered as the first time when it is repeated, and does nothing', async () => {
    const { scene, sample, send } = await openSample(name)
    const first = await send()
    expect(first.status).toBeLessThan(300)
    expect(isReplay(first)).toBe(false)
    const before = contents(scene)
    for (const { api } of [scene, scene.another('second')]) {
      scene.clock.advance(1_000)
      const again = await sendKeyed(api, sample)
      expect(again).toEqual(first)
      expect(again.headers).toEqual({ ...first.headers, 'Idempotent-Replayed': 'true' })
    }
    expect(contents(scene)).toEqual(before)
  })

  test('is refused when the body, the query or the path is another, and does nothing', async () => {
    const { scene, sample, send } = await openSample(name)
    expect((await send()).status).toBeLessThan(300)
    const before = contents(scene)
    const raw = `${JSON.stringify(sample.body ?? {})} `
    const headers = ['Idempotency-Key', 'order-1']
    expect(await scene.api(sample.request, undefined, { raw, headers })).toEqual(keyReused)
    const withQuery = { ...sample, request: `${sample.request}?x=1` as const }
    expect(await sendKeyed(scene.api, withQuery)).toEqual(keyReused)
    const { chartKey } = scene
    const elsewhere = sample.request.endsWith('/charts')
      ? ({ request: 'POST /api/v1/events', body: { chartKey } } as const)
      : ({ request: 'POST /api/v1/charts', body: { name: 'A hall' } } as const)
    expect(await sendKeyed(scene.api, elsewhere)).toEqual(keyReused)
    expect(contents(scene)).toEqual(before)
  })

  test('takes effect once when two copies arrive together, and both are answered', async () => {
    const alone = await openSample(name)
    const answer = await alone.send()
    const { scene, sample, send } = await openSample(name)
    const second = scene.another('second')
    const both = await Promise.all([send(), sendKeyed(second.api, sample)])
    for (const copy of both) {
      const isRunning = copy.status === 409 && /still under way/.test(String(copy.body['message']))
      expect(copy.status === answer.status || isRunning, JSON.stringify(copy)).toBe(true)
    }
    const done = both.filter(({ status }) => status === answer.status)
    expect(done.filter((copy) => !isReplay(copy))).toHaveLength(1)
    const [first] = done
    for (const copy of [...done, await send()]) expect(copy).toEqual(first)
    expect(countKinds(scene)).toEqual(countKinds(alone.scene))
  })

  test('is another request under another API key', async () => {
    const { scene, sample, send } = await openSample(name)
    await addApiKey(scene.runtime.store, 'sk_test_one_second', {
      keyId: 'one-second',
      kind: 'secret',
      workspaceId: 'one',
    })
    await send()
    const other = await sendKeyed(scene.api, sample, { key: 'sk_test_one_second' })
    expect(isReplay(other)).toBe(false)
    expect(other.status).not.toBe(422)
    const stranger = await sendKeyed(scene.api, sample, { key: testKeys.otherSecret })
    expect(isReplay(stranger)).toBe(false)
    expect(isReplay(await send())).toBe(true)
  })

  test('is remembered until a millisecond before 24 hours have passed, and then runs again', async () => {
    const { scene, send } = await openSample(name)
    const first = await send()
    scene.clock.advance(RECEIPT_MS_KEPT - 1)
    const below = await send()
    expect([below, isReplay(below)]).toEqual([first, true])
    scene.clock.advance(1)
    expect(isReplay(await send())).toBe(false)
    const other = await openSample(name)
    await other.send()
    other.scene.clock.advance(RECEIPT_MS_KEPT + 1)
    expect(isReplay(await other.send())).toBe(false)
  })

  test('takes a key of one character and of 255, with spaces too', async () => {
    for (const key of ['~', 'k'.repeat(255), 'order 1 of 2']) {
      const { send } = await openSample(name)
      expect((await send(key)).status).toBeLessThan(300)
      expect(isReplay(await send(key))).toBe(true)
    }
  })

  test('is refused, naming the header, when the key is malformed', async () => {
    const { scene, sample } = await openSample(name)
    const before = contents(scene)
    for (const headers of malformed) {
      const answer = await scene.api(sample.request, sample.body, { headers })
      expect(answer, String(headers)).toMatchObject({ status: 400 })
      expect(Object.keys(answer.body['errors'] as object)).toEqual(['Idempotency-Key'])
    }
    expect(contents(scene)).toEqual(before)
  })
})

describe('a key is refused for a request that differs in nothing but', () => {
  test('its path', async () => {
    const { api, chartKey, eventKey } = await openWriteScene()
    const body = { objectLabel: 'A-1', holdToken: TOKEN }
    await api('POST /api/v1/events', { chartKey, eventKey: 'other' })
    const hold = (event: string) =>
      ({ request: `POST /api/v1/events/${event}/seats/hold`, body }) as const
    expect((await sendKeyed(api, hold(eventKey))).status).toBe(200)
    expect(await sendKeyed(api, hold('other'))).toEqual(keyReused)
  })

  test('its method', async () => {
    const { api } = await openWriteScene()
    const { body } = await api('POST /api/v1/charts', { name: 'Unused' })
    const path = `/api/v1/charts/${String(body['chartKey'])}`
    const rename = { request: `PATCH ${path}` as 'PATCH /', body: { name: 'Renamed' } }
    expect((await sendKeyed(api, rename)).status).toBe(200)
    const remove = { ...rename, request: `DELETE ${path}` as 'DELETE /' }
    expect(await sendKeyed(api, remove)).toEqual(keyReused)
    expect((await api(`GET ${path}` as 'GET /')).status).toBe(200)
  })
})

describe('refusals are not kept:', () => {
  const holdAs = (holdToken: string, eventKey: string) => ({
    request: `POST /api/v1/events/${eventKey}/seats/hold` as const,
    body: { objectLabel: 'A-1', holdToken },
  })

  test('a seat that was refused is held by the same request once it is free', async () => {
    const { api, eventKey } = await openWriteScene()
    const hold = holdAs(TOKEN, eventKey)
    await api(holdAs(OTHER_TOKEN, eventKey).request, holdAs(OTHER_TOKEN, eventKey).body)
    expect((await sendKeyed(api, hold)).status).toBe(409)
    await api(`POST /api/v1/events/${eventKey}/seats/release`, { objectLabels: ['A-1'] })
    const second = await sendKeyed(api, hold)
    expect([second.status, isReplay(second)]).toEqual([200, false])
  })

  test.each<[string, number, string, object | undefined, string]>([
    [
      'an unknown event',
      404,
      'POST /api/v1/events/evt_none/seats/hold',
      { objectLabel: 'A-1', holdToken: TOKEN },
      '',
    ],
    ['an unknown chart', 404, 'DELETE /api/v1/charts/chart_none', undefined, ''],
    ['a body at fault', 400, 'POST /api/v1/charts', { name: 7 }, ''],
    ['a key that may not', 403, 'POST /api/v1/charts', { name: 'Hall' }, testKeys.publishable],
    ['no key', 401, 'POST /api/v1/charts', { name: 'Hall' }, 'sk_test_nobody'],
  ])('%s leaves nothing behind', async (_, status, request, body, key) => {
    const scene = await openWriteScene()
    const before = contents(scene)
    const options = key === '' ? {} : { key }
    const write = { request: request as 'POST /', ...(body && { body }) }
    for (let time = 0; time < 2; time += 1) {
      const answer: ApiAnswer = await sendKeyed(scene.api, write, options)
      expect([answer.status, isReplay(answer)]).toEqual([status, false])
    }
    expect(contents(scene)).toEqual(before)
  })

  test('an event key that is taken is refused again, and again', async () => {
    const { api, chartKey } = await openWriteScene()
    const create = { request: 'POST /api/v1/events', body: { chartKey, eventKey: 'mine' } } as const
    const first = await sendKeyed(api, create)
    const other = { idempotencyKey: 'order-2' }
    expect((await sendKeyed(api, create, other)).status).toBe(409)
    expect((await sendKeyed(api, create, other)).status).toBe(409)
    const again = await sendKeyed(api, create)
    expect([again, isReplay(again)]).toEqual([first, true])
  })
})

test('an extend with nothing to extend is kept as it was answered', async () => {
  const { api, eventKey } = await openWriteScene()
  const extend = {
    request: `POST /api/v1/events/${eventKey}/seats/extend`,
    body: { holdToken: OTHER_TOKEN },
  } as const
  const first = await sendKeyed(api, extend)
  expect(first.body).toEqual({ holdExpiresAt: null, extended: [], failed: [] })
  const hold = { objectLabel: 'A-1', holdToken: OTHER_TOKEN }
  expect((await api(`POST /api/v1/events/${eventKey}/seats/hold`, hold)).status).toBe(200)
  const again = await sendKeyed(api, extend)
  expect([again, isReplay(again)]).toEqual([first, true])
})

test('reads take no notice of the header, whatever is in it', async () => {
  const scene = await openWriteScene()
  const before = contents(scene)
  for (const value of ['order-1', '', 'x'.repeat(300)]) {
    for (let time = 0; time < 2; time += 1) {
      const answer = await scene.api(`GET /api/v1/events/${scene.eventKey}`, undefined, {
        headers: ['Idempotency-Key', value],
      })
      expect([answer.status, isReplay(answer)]).toEqual([200, false])
    }
  }
  expect(contents(scene)).toEqual(before)
})

test('a replay to a browser carries what lets a page of another origin read it', async () => {
  const { api, eventKey } = await openWriteScene()
  const hold = {
    request: `POST /api/v1/events/${eventKey}/seats/hold`,
    body: { objectLabel: 'A-1', holdToken: TOKEN },
  } as const
  const options = { key: testKeys.publishable }
  await sendKeyed(api, hold, options)
  const again = await sendKeyed(api, hold, options)
  expect(again.headers).toEqual({
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'private, no-store',
    'Idempotent-Replayed': 'true',
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers':
      'Date, ETag, Idempotent-Replayed, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id',
    'X-Request-Id': 'test-request',
  })
})
