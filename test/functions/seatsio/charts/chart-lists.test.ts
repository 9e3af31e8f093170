import { describe, expect, test } from 'vitest'
import { rowDrawing } from '../../../support/drawings.ts'
import { openHoldfast } from '../../../support/holdfast.ts'
import { apiOver } from '../../../support/api.ts'
import { seatsioOver } from '../../../support/seatsio.ts'
import { EVENTS_LISTED_MAX } from '../../../../lib/limits/limits.ts'
import { getChart } from '../../../../lib/store/charts/charts.ts'

type Body = Record<string, unknown>
interface Listed {
  readonly items: (Body & { id: number; key: string; name: string })[]
  readonly next_page_starts_after?: string
  readonly previous_page_ends_before?: string
}

async function open() {
  const holdfast = await openHoldfast()
  const api = seatsioOver(holdfast.runtime)
  const list = async (query = '', path: '/charts' | '/charts/archive' = '/charts') =>
    (await api(`GET ${path}?${query}`)).body as unknown as Listed
  const keysOf = async (query?: string, path?: '/charts/archive') =>
    (await list(query, path)).items.map(({ key }) => key).join('')
  const create = async (name: string) => String((await api('POST /charts', { name })).body?.['key'])
  const put = (key: string) => api(`POST /system/public/charts/${key}`, rowDrawing({ name: key }))
  return { ...holdfast, api, native: apiOver(holdfast.runtime), list, keysOf, create, put }
}

async function openFive() {
  const scene = await open()
  for (const key of 'abcde') await scene.put(key)
  const ids = (await scene.list()).items.map(({ id }) => id)
  return { ...scene, idOf: (key: string) => ids['edcba'.indexOf(key)] ?? 0 }
}

describe('a list of charts', () => {
  test('goes newest first, has twenty on a page, and is the same in both directions', async () => {
    const { create, list } = await open()
    const made: string[] = []
    for (let index = 0; index < 41; index += 1) made.unshift(await create(`Chart ${index}`))
    const pages = [await list()]
    for (;;) {
      const next = pages.at(-1)?.next_page_starts_after
      if (next === undefined) break
      pages.push(await list(`start_after_id=${next}`))
    }
    expect(pages.map(({ items }) => items.length)).toEqual([20, 20, 1])
    expect(pages.flatMap(({ items }) => items.map(({ key }) => key))).toEqual(made)
    const back = await list(`end_before_id=${String(pages[2]?.previous_page_ends_before)}`)
    expect(back).toEqual(pages[1])
    expect((await list('limit=50')).items).toHaveLength(20)
  })

  test('is cut by cursors that need not exist', async () => {
    const { list, keysOf, idOf } = await openFive()
    expect(await list(`end_before_id=${idOf('a')}&limit=2`)).toMatchObject({
      items: [{ key: 'c' }, { key: 'b' }],
      next_page_starts_after: String(idOf('b')),
      previous_page_ends_before: String(idOf('c')),
    })
    expect(await keysOf(`start_after_id=${idOf('c') + 1}`)).toBe('cba')
    expect(await keysOf(`end_before_id=${idOf('c') - 1}`)).toBe('edc')
    expect(await keysOf('start_after_id=0')).toBe('')
    expect(await keysOf('end_before_id=0')).toBe('edcba')
  })

  test('is filtered by part of the name that is shown, by tag, and by both, before it is cut', async () => {
    const { api, keysOf, list, idOf } = await openFive()
    await api('POST /charts/a', { name: 'Große HALLE' })
    await api('POST /charts/d', { name: 'Kleine Halle' })
    for (const key of 'acd') await api(`POST /charts/${key}/tags/x`)
    expect(await keysOf('filter=hal')).toBe('da')
    expect(await keysOf('filter=GRO%C3%9FE')).toBe('a')
    expect(await keysOf('tag=x')).toBe('dca')
    expect(await keysOf('tag=X')).toBe('')
    expect(await keysOf('tag=x&filter=c')).toBe('c')
    expect(await list('tag=x&limit=1')).toMatchObject({ next_page_starts_after: String(idOf('d')) })
    const last = await list(`tag=x&limit=1&start_after_id=${idOf('c')}`)
    expect(last.items.map(({ key }) => key)).toEqual(['a'])
    expect(last).not.toHaveProperty('next_page_starts_after')
    expect(last.previous_page_ends_before).toBe(String(idOf('a')))
    expect(await keysOf(`tag=x&end_before_id=${idOf('b')}&limit=1`)).toBe('c')
    expect(await keysOf('filter=&tag')).toBe('edcba')
  })

  test('is filtered by the name of the draft where there is one', async () => {
    const { api, keysOf, put } = await open()
    await put('a')
    await api('POST /events', { chartKey: 'a', eventKey: 'gala' })
    await api('POST /charts/a', { name: 'Draft' })
    expect([await keysOf('filter=draft'), await keysOf('filter=a')]).toEqual(['a', 'a'])
    expect(await keysOf('filter=b')).toBe('')
    await api('POST /charts/a/version/draft/actions/discard')
    expect([await keysOf('filter=draft'), await keysOf('filter=a')]).toEqual(['', 'a'])
  })

  test('tells of each chart as much as is asked for, and nothing else', async () => {
    const { api, list } = await open()
    const drawing = { ...rowDrawing(), zones: { list: [{ key: 'z', label: 'Zone' }] } }
    await api('POST /system/public/charts/hall', drawing)
    await api('POST /charts')
    const told = async (query: string) => {
      const plain = ['archived', 'id', 'key', 'name', 'publishedVersionThumbnailUrl', 'status']
      const known = [...plain, 'tags']
      return (await list(query)).items.map((item) =>
        Object.keys(item)
          .filter((name) => !known.includes(name))
          .sort()
          .join(),
      )
    }
    expect(await told('')).toEqual(['', ''])
    expect(await told('expand=validation')).toEqual(['validation', 'validation'])
    expect(await told('validation=true')).toEqual(['validation', 'validation'])
    expect(await told('validation=false')).toEqual(['', ''])
    expect(await told('expand=venueType&expand=zones')).toEqual(['venueType', 'venueType,zones'])
    expect(await told('expand=events')).toEqual(['events', 'events'])
  })

  test('tells the newest events of its charts, as many of each as are asked for', async () => {
    const { api, list, put } = await open()
    for (const key of ['hall', 'park']) await put(key)
    for (const eventKey of 'abc') await api('POST /events', { chartKey: 'hall', eventKey })
    await api('POST /events', { chartKey: 'park', eventKey: 'p' })
    await api('POST /events/b', { eventKey: 'renamed' })
    const told = async (query: string) =>
      (await list(`expand=events&${query}`)).items.map(({ events }) =>
        (events as { key: string }[]).map(({ key }) => key),
      )
    expect(await told('')).toEqual([['p'], ['c', 'renamed', 'a']])
    expect(await told('eventsLimit=2')).toEqual([['p'], ['c', 'renamed']])
    const [, hall] = (await list('expand=events&eventsLimit=1')).items
    expect(hall?.['events']).toEqual([(await api('GET /events/c')).body])
    await api('DELETE /events/renamed')
    expect(await told('')).toEqual([['p'], ['c', 'a']])
  })

  test('of charts with a thousand events and more together, the largest are cut to their newest', async () => {
    const { api, list, put, runtime } = await open()
    for (const key of ['few', 'many', 'more']) await put(key)
    const create = async (chartKey: string, count: number) => {
      for (let left = count; left > 0; left -= 100) {
        const events = Array.from({ length: Math.min(left, 100) }, () => ({}))
        await api('POST /events/actions/create-multiple', { chartKey, events })
      }
    }
    await create('few', 3)
    await create('many', 550)
    await create('more', 550)
    const { items } = await list('expand=events')
    const counts = items.map(({ events }) => (events as unknown[]).length)
    expect(counts).toEqual([498, 499, 3])
    expect(counts.reduce((sum, count) => sum + count)).toBe(EVENTS_LISTED_MAX)
    expect((await getChart(runtime.store, 'one', 'many'))?.events).toBe(550)
  }, 60_000)
})

describe('the archive', () => {
  test('has charts that no other list has, and gives them back', async () => {
    const { api, keysOf, native } = await openFive()
    for (const key of 'bd') expect((await archive(api, key)).status).toBe(204)
    expect([await keysOf(), await keysOf('', '/charts/archive')]).toEqual(['eca', 'db'])
    expect(await keysOf('filter=b', '/charts/archive')).toBe('b')
    const { body } = await native('GET /api/v1/charts')
    expect(body).toMatchObject({ total: 3, items: [{}, {}, {}] })
    expect((await api('GET /charts/b')).body).toMatchObject({ key: 'b', archived: true })
    expect((await api('POST /charts/b/actions/move-out-of-archive')).status).toBe(204)
    expect([await keysOf(), await keysOf('', '/charts/archive')]).toEqual(['ecba', 'd'])
    expect((await api('GET /charts/b')).body).toMatchObject({ archived: false })
  })

  test('refuses what is there already, and gives back nothing that is not', async () => {
    const { api, put } = await open()
    await put('a')
    expect((await api('POST /charts/a/actions/move-out-of-archive')).status).toBe(400)
    await archive(api, 'a')
    expect((await archive(api, 'a')).status).toBe(400)
    expect((await archive(api, 'nowhere')).status).toBe(404)
  })

  test('keeps its charts in use: they are renamed, tagged, sold and deleted there', async () => {
    const { api, native, keysOf, put } = await open()
    await put('a')
    await archive(api, 'a')
    await api('POST /charts/a', { name: 'Renamed' })
    await api('POST /charts/a/tags/x')
    expect(await keysOf('filter=renamed&tag=x', '/charts/archive')).toBe('a')
    expect((await api('POST /events', { chartKey: 'a', eventKey: 'gala' })).status).toBe(200)
    await api('DELETE /events/gala')
    expect((await native('DELETE /api/v1/charts/a')).status).toBe(200)
    expect([await keysOf(), await keysOf('', '/charts/archive')]).toEqual(['', ''])
    expect((await native('GET /api/v1/charts')).body).toMatchObject({ total: 0 })
  })
})

function archive(api: Awaited<ReturnType<typeof open>>['api'], key: string) {
  return api(`POST /charts/${key}/actions/move-to-archive`)
}
