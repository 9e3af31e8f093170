import { describe, expect, test } from 'vitest'
import { quaysideDrawing, rowDrawing } from '../../../support/drawings.ts'
import { openHoldfast } from '../../../support/holdfast.ts'
import { apiOver } from '../../../support/api.ts'
import { seatsioOver } from '../../../support/seatsio.ts'
import { errorOf } from '../../../support/seatsio-scene.ts'
import { CATEGORIES_MAX, DRAWING_BYTES_MAX } from '../../../../lib/limits/limits.ts'

type Body = Record<string, unknown>

async function open() {
  const holdfast = await openHoldfast()
  const { runtime } = holdfast
  const api = seatsioOver(runtime)
  const put = (key: string, drawing: object = rowDrawing()) =>
    api(`POST /system/public/charts/${key}`, drawing)
  const get = async (path: `/${string}`) => (await api(`GET ${path}`)).body as Body
  const drawing = async (key: string, version = 'published') =>
    JSON.parse((await api(`GET /charts/${key}/version/${version}`)).text) as Body
  return { ...holdfast, api, native: apiOver(runtime), put, get, drawing }
}

const vip = { key: 'vip', label: 'Hospitality', color: 'blue', accessible: true }
const standard = { key: 1, label: 'Standard', color: '#2b8a3e', accessible: false }
const lounge = { key: 'lounge', label: 'Lounge', color: '#862e9c', accessible: true }

describe('a new chart', () => {
  test('needs nothing to be said of it, and is published without objects', async () => {
    const { api, get, drawing } = await open()
    const { status, body } = await api('POST /charts')
    const { id, key, publishedVersionThumbnailUrl, ...others } = body as Body
    expect([status, others]).toEqual([
      200,
      {
        name: 'Untitled chart',
        status: 'NOT_USED',
        tags: [],
        archived: false,
        venueType: 'SIMPLE',
        validation: { errors: [], warnings: [] },
      },
    ])
    expect(key).toMatch(/^[0-9a-f-]{36}$/)
    expect(await get(`/charts/${String(key)}`)).toEqual(body)
    expect(await drawing(String(key))).toMatchObject({
      name: 'Untitled chart',
      venueType: 'SIMPLE',
      categories: { list: [], maxCategoryKey: 0 },
      subChart: { rows: [], focalPoint: null },
    })
    expect((await api('POST /events', { chartKey: key })).status).toBe(200)
  })

  test.each([
    ['MIXED', 'SIMPLE'],
    ['TABLES', 'SIMPLE'],
    ['ROWS_WITHOUT_SECTIONS', 'SIMPLE'],
    ['ROWS_WITH_SECTIONS', 'WITH_SECTIONS_AND_FLOORS'],
    ['ZONES', 'WITH_ZONES'],
    ['WITH_ZONES', 'WITH_ZONES'],
  ])('of the venue type %s is of %s', async (venueType, today) => {
    const { api, drawing } = await open()
    const { body } = await api('POST /charts', { venueType })
    expect(body?.['venueType']).toBe(today)
    expect(await drawing(String(body?.['key']))).toMatchObject({ venueType: today })
  })

  test('has the categories that come with it, in their order and with the types of their keys', async () => {
    const { api, get, drawing } = await open()
    const categories = [{ key: 9, label: 'Nine' }, vip]
    const { body } = await api('POST /charts', { name: 'Hall', categories })
    const key = String(body?.['key'])
    const list = [{ key: 9, label: 'Nine', color: '#868e96', accessible: false }, vip]
    expect(await get(`/charts/${key}/categories`)).toEqual({ categories: list })
    expect(await drawing(key)).toMatchObject({ categories: { list, maxCategoryKey: 9 } })
  })

  test('is made once under an idempotency key', async () => {
    const { api, get } = await open()
    const keyed = { headers: ['Idempotency-Key', 'once'] }
    const [one, two] = [await api('POST /charts', {}, keyed), await api('POST /charts', {}, keyed)]
    expect(two.body).toEqual(one.body)
    expect(two.headers['idempotent-replayed']).toBe('true')
    expect((await get('/charts'))['items']).toHaveLength(1)
  })
})

describe('a change of a chart', () => {
  test('without events changes what is published', async () => {
    const { api, put, get, drawing } = await open()
    await put('hall')
    const before = await drawing('hall')
    const changes = { name: 'Hall', categories: [vip, { key: '1', label: 'One' }] }
    expect((await api('POST /charts/hall', changes)).status).toBe(204)
    const list = [vip, { ...standard, label: 'One' }]
    expect(await get('/charts/hall')).toMatchObject({ name: 'Hall', status: 'NOT_USED' })
    expect(await get('/charts/hall')).not.toHaveProperty('draftVersionThumbnailUrl')
    expect(await drawing('hall')).toEqual({
      ...before,
      name: 'Hall',
      categories: { list, maxCategoryKey: 2 },
    })
    expect((await api('GET /charts/hall/version/draft')).status).toBe(404)
    await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
    expect((await get('/events/gala'))['categories']).toEqual(list)
  })

  test('with events makes a draft, which takes further changes, and what is published stays', async () => {
    const { api, put, get, drawing } = await open()
    await put('hall')
    await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
    const before = await drawing('hall')
    await api('POST /charts/hall', { name: 'Hall' })
    await api('POST /charts/hall/categories', vip)
    expect(await get('/charts/hall')).toMatchObject({
      name: 'Hall',
      status: 'PUBLISHED_WITH_DRAFT',
      draftVersionThumbnailUrl: expect.stringMatching(/^http/) as string,
    })
    expect(await drawing('hall')).toEqual(before)
    const list = [standard, lounge, vip]
    expect(await get('/charts/hall/categories')).toEqual({ categories: list })
    expect(await drawing('hall', 'draft')).toMatchObject({ name: 'Hall', categories: { list } })
    expect((await get('/events/gala'))['categories']).toEqual([standard, lounge])
    for (const version of ['draft', 'published']) {
      expect((await api(`GET /charts/hall/version/${version}/thumbnail`)).status).toBe(200)
    }
  })

  test('goes into a draft that is there also when the events are gone', async () => {
    const { api, put, get, drawing } = await open()
    await put('hall')
    await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
    await api('POST /charts/hall', { name: 'Second' })
    await api('DELETE /events/gala')
    await api('POST /charts/hall', { name: 'Third' })
    expect(await get('/charts/hall')).toMatchObject({ name: 'Third', status: 'NOT_USED' })
    expect([await drawing('hall'), await drawing('hall', 'draft')]).toMatchObject([
      { name: 'Rows' },
      { name: 'Third' },
    ])
  })

  test('that changes nothing leaves everything as it is', async () => {
    const { api, put, get } = await open()
    await put('hall')
    await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
    const before = await get('/charts/hall')
    const keyed = { headers: ['Idempotency-Key', 'once'] }
    expect((await api('POST /charts/hall', {}, keyed)).status).toBe(204)
    const again = await api('POST /charts/hall', {}, keyed)
    expect([again.status, again.headers['idempotent-replayed']]).toEqual([204, 'true'])
    expect(await get('/charts/hall')).toEqual(before)
  })

  test('keeps seats held and booked, and what is sold', async () => {
    const { api, put, get } = await open()
    await put('hall')
    await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
    await api('POST /events/groups/actions/book', { events: ['gala'], objects: ['A-1'] })
    await api('DELETE /charts/hall/categories/1')
    await api('POST /charts/hall/version/draft/actions/publish')
    const objects = await get('/events/gala/objects?label=A-1&label=A-2')
    expect(objects).toMatchObject({ 'A-1': { status: 'booked' }, 'A-2': { status: 'free' } })
    expect(objects['A-2']).not.toHaveProperty('categoryKey')
  })
})

describe('categories', () => {
  test('are changed one by one, and what is left out stays', async () => {
    const { api, put, get } = await open()
    await put('hall', quaysideDrawing())
    await api('POST /charts/hall/categories/1', { label: 'One' })
    await api('POST /charts/hall/categories/lounge', { color: 'red', accessible: false })
    await api('POST /charts/hall/categories', { key: 3, label: 'Three' })
    const three = { key: 3, label: 'Three', color: '#868e96', accessible: false }
    const one = { ...standard, label: 'One' }
    const changed = { ...lounge, color: 'red', accessible: false }
    expect(await get('/charts/hall/categories')).toEqual({ categories: [one, changed, three] })
    await api('DELETE /charts/hall/categories/lounge')
    expect(await get('/charts/hall/categories')).toEqual({ categories: [one, three] })
  })

  test('that are deleted leave objects without one', async () => {
    const { api, put, drawing } = await open()
    await put('hall', quaysideDrawing())
    await api('DELETE /charts/hall/categories/1')
    const { subChart } = (await drawing('hall')) as { subChart: { rows: unknown[] } }
    const seats = { rows: [{ seats: [{ categoryKey: null }, {}, { categoryKey: null }] }] }
    expect(subChart).toMatchObject({ ...seats, booths: [{ categoryKey: null }] })
    expect(JSON.stringify(subChart)).toContain('"categoryKey":"lounge"')
  })

  test('that are left out of a new list go, and an empty list takes them all', async () => {
    const { api, put, get, drawing } = await open()
    await put('hall')
    await api('POST /charts/hall', { categories: [{ key: 'lounge', label: 'New' }] })
    expect(await get('/charts/hall/categories')).toEqual({
      categories: [{ ...lounge, label: 'New' }],
    })
    await api('POST /charts/hall', { categories: [] })
    expect(await get('/charts/hall/categories')).toEqual({ categories: [] })
    expect(await drawing('hall')).toMatchObject({ categories: { list: [], maxCategoryKey: 2 } })
  })

  test('are refused beyond a number, also one by one', async () => {
    const { api, put } = await open()
    await put('hall')
    const categories = Array.from({ length: CATEGORIES_MAX }, (_, key) => ({ key, label: 'x' }))
    const replace = async (count: number) =>
      (await api('POST /charts/hall', { categories: [...categories, vip].slice(0, count) })).status
    expect(await replace(CATEGORIES_MAX + 1)).toBe(400)
    expect(await replace(CATEGORIES_MAX - 1)).toBe(204)
    expect((await api('POST /charts/hall/categories', vip)).status).toBe(204)
    const beyond = await api('POST /charts/hall/categories', { key: 'more', label: 'x' })
    expect([beyond.status, errorOf(beyond)['message']]).toEqual([
      400,
      'A chart has at most 1000 categories',
    ])
  })
})

test('a drawing does not become larger than one may be', async () => {
  const { api, put } = await open()
  const text = (length: number) => ({ ...rowDrawing({ name: 'x' }), pad: 'x'.repeat(length) })
  const room = DRAWING_BYTES_MAX - Buffer.byteLength(JSON.stringify(text(0)))
  await put('hall', text(room))
  expect((await api('POST /charts/hall', { name: 'y' })).status).toBe(204)
  const larger = await api('POST /charts/hall', { name: 'yy' })
  expect([larger.status, errorOf(larger)['message']]).toEqual([
    400,
    'The drawing would be larger than 4194304 bytes',
  ])
})
