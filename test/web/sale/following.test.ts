import { describe, expect, test } from 'vitest'
import { revokeKey } from '../../../lib/actions/companies/revoke-key.ts'
import { KEY_CACHE_MS } from '../../../lib/http/auth.ts'
import { addApiKey } from '../../../lib/store/companies/api-keys.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { testKeys } from '../../support/holdfast.ts'
import { seatsioOver } from '../../support/seatsio.ts'
import { OTHER_TOKEN } from '../../support/scene.ts'
import { never, openSaleScene, type Wire } from './sale-scene.ts'

const MINUTE = 60_000
const SECOND = 1_000

/** A scene with one tab that has everything. */
async function openLive(...[drawing, options]: [object?, object?]) {
  const scene = await openSaleScene(drawing)
  const tab = scene.open(options)
  tab.sale.start()
  await scene.pass(0)
  const polls = async (milliseconds: number) => {
    const before = tab.requests.length
    await scene.pass(milliseconds)
    return tab.requests.length - before
  }
  return { ...scene, ...tab, polls }
}

describe('how often a browser asks', () => {
  test('once a second while somebody looks on, and every five seconds when nothing was done for two minutes', async () => {
    const { polls, act } = await openLive()
    expect(await polls(MINUTE)).toBe(60)
    expect(await polls(MINUTE - SECOND)).toBe(59)
    expect(await polls(MINUTE)).toBe(12)
    expect(await polls(2 * SECOND)).toBe(1)
    act()
    expect(await polls(10 * SECOND)).toBeGreaterThanOrEqual(10)
    act()
    expect(await polls(MINUTE)).toBe(60)
  })

  test('not at all while nobody sees it, and at once when it is seen again', async () => {
    const { polls, see, requests, quiet } = await openLive()
    see(false)
    expect(await polls(10 * MINUTE)).toBe(0)
    see(true)
    await quiet()
    expect(requests.at(-1)?.path).toMatch(/^\/snapshot\?since=/)
    expect(await polls(10 * SECOND)).toBe(10)
  })

  test('not after it was hidden while a question was under way', async () => {
    const { polls, see, wire } = await openLive()
    wire.handle = async (_, send) => {
      see(false)
      return send()
    }
    expect(await polls(MINUTE)).toBe(1)
  })

  test('not after it was stopped, also not for what was under way, and again when it is started', async () => {
    const { polls, sale, heard, quiet } = await openLive()
    sale.stop()
    expect(await polls(MINUTE)).toBe(0)
    sale.start()
    sale.stop()
    sale.start()
    await quiet()
    expect(await polls(10 * SECOND)).toBe(10)
    expect(heard('loaded')).toHaveLength(1)
  })

  test('each poll says what is known, and idle maps are answered without a word', async () => {
    const { pass, wire, requests } = await openLive()
    const statuses: number[] = []
    wire.handle = async (_, send) => {
      const answer = await send()
      statuses.push(answer.status)
      return answer
    }
    await pass(5 * SECOND)
    // The first ones say what time it is.
    expect(statuses).toEqual([200, 200, 304, 304, 304])
    const { path = '', headers = {} } = requests.at(-1) ?? {}
    expect(headers['If-None-Match']).toBe(`"${path.split('since=')[1] ?? ''}"`)
  })
})

/** What befalls every request. */
const outages: Record<string, Wire['handle']> = {
  'the network is down': () => Promise.reject(new TypeError('Failed to fetch')),
  'the server is silent': () => never,
  'a body never ends': () => Promise.resolve(new Response(new ReadableStream({}), { status: 200 })),
  'something in between answers': () =>
    Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502 })),
  'something in between refuses': () =>
    Promise.resolve(new Response('<h1>Forbidden</h1>', { status: 403 })),
  'something in between knows no such page': () =>
    Promise.resolve(new Response('<h1>Not found</h1>', { status: 404 })),
  'answers are rubbish': () => Promise.resolve(new Response('{"revision":7}', { status: 200 })),
  'answers are empty': () => Promise.resolve(new Response('null', { status: 200 })),
  'answers are of another kind': () => Promise.resolve(new Response('[1,"x"]', { status: 200 })),
}

describe.each(Object.entries(outages))('while %s', (_, handle) => {
  test('a map says so within five seconds, asks less and less, and goes on by itself', async () => {
    const { polls, wire, sale, api, seats, heard } = await openLive()
    wire.handle = handle
    await polls(2_900)
    expect(sale.connection).toBe('live')
    await polls(2_100)
    expect(sale.connection).toBe('offline')
    await polls(MINUTE)
    expect(await polls(MINUTE)).toBeLessThanOrEqual(12)
    await api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: OTHER_TOKEN })
    wire.handle = (_, send) => send()
    await polls(20 * SECOND)
    expect([sale.connection, sale.letterOf('A-1')]).toEqual(['live', 'h'])
    expect(heard('connection')).toEqual(['live', 'offline', 'live'])
    expect(heard('loaded')).toHaveLength(1)
  })

  test('a page that is opened then says so, and shows the event once it comes', async () => {
    const { open, pass } = await openSaleScene()
    const { sale, wire, heard } = open()
    wire.handle = handle
    sale.start()
    await pass(5 * SECOND)
    expect([sale.connection, heard('loaded')]).toEqual(['offline', []])
    wire.handle = (_, send) => send()
    await pass(90 * SECOND)
    expect([sale.connection, heard('loaded').length]).toEqual(['live', 1])
  })
})

test('a server that says when to come back is asked no sooner', async () => {
  const { polls, wire, sale } = await openLive()
  for (const status of [503, 429]) {
    wire.handle = () =>
      Promise.resolve(new Response('{}', { status, headers: { 'Retry-After': '30' } }))
    expect(await polls(31 * SECOND - 1)).toBe(1)
    wire.handle = (_, send) => send()
    expect(await polls(1)).toBe(1)
    expect(sale.connection).toBe('live')
  }
})

test('a drawing that takes long is waited for, and what came is not asked again', async () => {
  const { open, pass } = await openSaleScene()
  const { sale, wire, requests, heard } = open()
  wire.handle = ({ path }, send) => (path === '/layout' ? never : send())
  sale.start()
  await pass(50 * SECOND)
  expect([sale.connection, requests.length]).toEqual(['loading', 3])
  wire.handle = (_, send) => send()
  await pass(15 * SECOND)
  expect([sale.connection, heard('loaded').length]).toEqual(['live', 1])
  expect(requests.filter(({ path }) => path === '')).toHaveLength(1)
})

test('a key that was revoked while the page is open is told, and so is that it works again', async () => {
  const apiKey = 'pk_test_of_this_test'
  const record = { keyId: 'mine', kind: 'publishable', workspaceId: 'one' } as const
  const scene = await openSaleScene()
  await addApiKey(scene.runtime.store, apiKey, record)
  const { sale, heard } = scene.open({ apiKey })
  sale.start()
  await scene.pass(SECOND)
  expect(sale.connection).toBe('live')
  await revokeKey(scene.runtime, 'one', 'mine')
  await scene.pass(KEY_CACHE_MS + SECOND)
  expect(heard('connection')).toEqual(['live', 'refused'])
  const refused = sale.hold([{ label: 'A-1', quantity: 1 }])
  await scene.quiet()
  expect((await refused).refused).toEqual([{ label: 'A-1', reason: 'key_invalid' }])
})

test('an event that is deleted while the page is open is told, and takes the basket with it', async () => {
  const { sale, api, heard, pass, quiet, eventKey, purge } = await openLive()
  const line = { label: 'A-1', quantity: 1 }
  void sale.hold([line])
  await quiet()
  await api(`DELETE /api/v1/events/${eventKey}`)
  await purge()
  await pass(2 * SECOND)
  expect(heard('connection')).toEqual(['live', 'gone'])
  expect([heard('expired'), sale.basket.items]).toEqual([[[line]], []])
  const refused = sale.hold([line])
  await quiet()
  expect((await refused).refused).toEqual([{ label: 'A-1', reason: 'event_not_found' }])
})

test('an event that never was is gone', async () => {
  const { open, pass } = await openSaleScene()
  const { sale, requests } = open({ eventKey: 'evt_never' })
  sale.start()
  await pass(MINUTE - 1)
  expect([sale.connection, requests.length]).toEqual(['gone', 3])
  await pass(SECOND)
  expect([sale.connection, requests.length]).toEqual(['gone', 6])
})

test('a chart that is published anew is read anew, letters and all', async () => {
  const { api, chartKey, pass, heard, sale } = await openLive()
  const draftVersion = rowDrawing({ rows: 3, name: 'Larger' })
  await api(`PATCH /api/v1/charts/${chartKey}`, { draftVersion })
  await api(`POST /api/v1/charts/${chartKey}/publish`)
  await pass(MINUTE + 2 * SECOND)
  expect(heard('loaded')).toMatchObject([
    { drawing: { name: 'Rows' } },
    { drawing: { name: 'Larger' } },
  ])
  expect([sale.letterOf('C-1'), sale.connection]).toEqual(['f', 'live'])
})

test('a drawing of the same seats that is published anew is read anew, and so are other terms', async () => {
  const { api, chartKey, pass, heard, eventKey, runtime } = await openLive()
  await api(`PATCH /api/v1/charts/${chartKey}`, { draftVersion: rowDrawing({ name: 'Repainted' }) })
  await api(`POST /api/v1/charts/${chartKey}/publish`)
  await pass(MINUTE + 2 * SECOND)
  expect(heard('loaded')).toMatchObject([{}, { drawing: { name: 'Repainted' } }])
  const channels = [{ key: 'fans', name: 'Fans', color: '#111111', index: 0, objects: [] }]
  await seatsioOver(runtime)(`POST /events/${eventKey}/channels/replace`, { channels })
  await pass(2 * SECOND)
  expect(heard('loaded')).toHaveLength(3)
})

test('an event whose chart shows nothing any more is loaded, without a drawing', async () => {
  const { api, chartKey, pass, sale, open } = await openLive()
  await api(`POST /api/v1/charts/${chartKey}/unpublish`)
  await pass(MINUTE + 2 * SECOND)
  expect([sale.connection, sale.letterOf('A-1')]).toEqual(['live', '-'])
  const other = open()
  other.sale.start()
  await pass(SECOND)
  expect([other.sale.connection, other.heard('loaded')]).toMatchObject([
    'live',
    [{ name: 'Test night', drawing: undefined }],
  ])
})

test('answers of a process that is behind change nothing', async () => {
  const { api, seats, pass, sale, wire } = await openLive()
  const kept: string[] = []
  wire.handle = async ({ path }, send) => {
    const answer = await send()
    if (path.startsWith('/snapshot') && answer.status === 200)
      kept.push(await answer.clone().text())
    return answer
  }
  const hold = (objectLabel: string) =>
    api(`POST ${seats}/hold`, { objectLabel, holdToken: OTHER_TOKEN })
  await hold('A-1')
  await pass(3 * SECOND)
  await hold('A-2')
  await pass(3 * SECOND)
  expect(['A-1', 'A-2'].map((label) => sale.letterOf(label))).toEqual(['h', 'h'])
  const [older = ''] = kept
  const stale = { ...(JSON.parse(older) as object), changes: undefined, states: 'hfffffff' }
  wire.handle = () => Promise.resolve(new Response(JSON.stringify(stale)))
  await pass(2 * SECOND)
  expect(sale.letterOf('A-2')).toBe('h')
})

test('a listener that throws stops neither the others nor the sale', async () => {
  const { open, pass } = await openSaleScene()
  const { sale, heard } = open()
  sale.on('loaded', () => {
    throw new Error('a mistake of the page')
  })
  sale.start()
  await expect(pass(SECOND)).rejects.toThrow('a mistake of the page')
  await pass(SECOND)
  expect([heard('loaded').length, sale.connection]).toEqual([1, 'live'])
})

test('the key travels in a header alone, and nothing else names it', async () => {
  const { requests, storage, events, sale, quiet } = await openLive()
  void sale.hold([{ label: 'A-1', quantity: 1 }])
  await quiet()
  for (const { headers, path, body } of requests) {
    expect(headers['X-Api-Key']).toBe(testKeys.publishable)
    expect(JSON.stringify([path, body])).not.toContain(testKeys.publishable)
    expect(path).not.toContain(sale.basket.holdToken)
  }
  expect(JSON.stringify(events)).not.toContain(testKeys.publishable)
  expect(Object.keys(storage)).not.toContain(testKeys.publishable)
})
