import { describe, expect, test } from 'vitest'
import { apiOver } from '../../../support/api.ts'
import { rowDrawing } from '../../../support/drawings.ts'
import { openHoldfast } from '../../../support/holdfast.ts'
import { seatsioOver } from '../../../support/seatsio.ts'

async function open() {
  const holdfast = await openHoldfast()
  const api = seatsioOver(holdfast.runtime)
  await api('POST /system/public/charts/hall', rowDrawing())
  holdfast.calls.clear()
  return { ...holdfast, api, native: apiOver(holdfast.runtime) }
}

const UUID_LENGTH = 36

test('an event with nothing but a chart has a key of ours and every field that is always there', async () => {
  const { api, clock } = await open()
  const { status, body } = await api('POST /events', { chartKey: 'hall' })
  expect(status).toBe(200)
  const { id, key, categories, ...rest } = body ?? {}
  expect(Number.isSafeInteger(id)).toBe(true)
  expect(String(key)).toHaveLength(UUID_LENGTH)
  expect(categories).toBeInstanceOf(Array)
  expect(rest).toEqual({
    chartKey: 'hall',
    tableBookingConfig: { mode: 'INHERIT' },
    supportsBestAvailable: true,
    isSeason: false,
    isTopLevelSeason: false,
    isPartialSeason: false,
    isEventInSeason: false,
    isInThePast: false,
    createdOn: new Date(clock.now()).toISOString(),
  })
  expect((await api(`GET /events/${String(key)}`)).body).toEqual(body)
})

const everything = {
  name: 'Spring gala',
  date: '2031-05-17',
  tableBookingConfig: { mode: 'CUSTOM', tables: { T1: 'BY_TABLE', T2: 'BY_SEAT' } },
  objectCategories: { 'A-1': 9, 'A-2': 'vip' },
  categories: [
    { key: 9, label: 'Nine', color: 'red', accessible: true },
    { key: 'vip', label: 'VIP' },
  ],
}

test('everything that is said of an event is told again, keys of categories with their types', async () => {
  const { api } = await open()
  const sent = { chartKey: 'hall', eventKey: 'gala 31/ü%', ...everything }
  const { body } = await api('POST /events', sent)
  expect(body).toMatchObject({
    key: 'gala 31/ü%',
    name: 'Spring gala',
    date: '2031-05-17',
    tableBookingConfig: everything.tableBookingConfig,
    objectCategories: { 'A-1': 9, 'A-2': 'vip' },
  })
  expect((body?.['categories'] as unknown[]).slice(-2)).toEqual([
    { key: 9, label: 'Nine', color: 'red', accessible: true },
    { key: 'vip', label: 'VIP', color: '#868e96', accessible: false },
  ])
  const encoded = encodeURIComponent('gala 31/ü%')
  expect((await api(`GET /events/${encoded}`)).body).toEqual(body)
  // One client encodes keys twice.
  expect((await api(`GET /events/${encodeURIComponent(encoded)}`)).body).toEqual(body)
})

test('an event costs a handful of writes, and one more where it says more than fits its head', async () => {
  const { api, calls } = await open()
  await api('POST /events', { chartKey: 'hall', eventKey: 'plain' })
  expect(calls.count()).toMatchObject({ writes: 1, items: 6 })
  calls.clear()
  await api('POST /events', { chartKey: 'hall', eventKey: 'full', ...everything })
  expect(calls.count()).toMatchObject({ writes: 1, items: 7 })
})

test('an update changes what it names, and only that', async () => {
  const { api, clock } = await open()
  const created = await api('POST /events', { chartKey: 'hall', eventKey: 'gala', ...everything })
  clock.advance(1_000)
  const update = (body: object) => api('POST /events/gala', body)
  expect((await update({ name: 'Autumn gala', isInThePast: true })).status).toBe(204)
  const updatedOn = new Date(clock.now()).toISOString()
  const changed = { ...created.body, name: 'Autumn gala', isInThePast: true, updatedOn }
  expect((await api('GET /events/gala')).body).toEqual(changed)
  await update({ tableBookingConfig: { mode: 'ALL_BY_SEAT', tables: { T1: 'BY_SEAT' } } })
  expect((await api('GET /events/gala')).body).toEqual({
    ...changed,
    tableBookingConfig: { mode: 'ALL_BY_SEAT' },
  })
  for (const nothing of [null, {}, []]) {
    await update({ objectCategories: { 'A-3': 9 } })
    expect((await api('GET /events/gala')).body?.['objectCategories']).toEqual({ 'A-3': 9 })
    await update({ objectCategories: nothing })
    expect((await api('GET /events/gala')).body).not.toHaveProperty('objectCategories')
  }
  const own = async () => ((await api('GET /events/gala')).body?.['categories'] as object[]).length
  const before = await own()
  await update({ categories: null, name: null })
  expect([before - (await own()), (await api('GET /events/gala')).body?.['name']]).toEqual([
    2,
    'Autumn gala',
  ])
})

test('an event that is renamed keeps its id and its seats, and the old key is free', async () => {
  const { api, native } = await open()
  const { body } = await api('POST /events', { chartKey: 'hall', eventKey: 'old' })
  const hold = { objectLabel: 'A-1', holdToken: 'token-of-ada' }
  await native('POST /api/v1/events/old/seats/hold', hold)
  expect((await api('POST /events/old', { eventKey: 'new' })).status).toBe(204)
  expect((await api('GET /events/old')).status).toBe(404)
  expect((await api('GET /events/new')).body).toMatchObject({ id: body?.['id'], key: 'new' })
  const again = await native('POST /api/v1/events/new/seats/hold', {
    ...hold,
    holdToken: 'token-of-ben',
  })
  expect(again.status).toBe(409)
  await api('POST /events', { chartKey: 'hall', eventKey: 'old' })
  const taken = await api('POST /events/new', { eventKey: 'old' })
  expect([taken.status, taken.body?.['errors']]).toEqual([
    400,
    [{ code: 'EVENT_KEY_ALREADY_EXISTS', message: 'Event key already exists: old' }],
  ])
  const list = await api('GET /events')
  expect((list.body?.['items'] as { key: string }[]).map(({ key }) => key)).toEqual(['old', 'new'])
})

test('a deleted event is unknown, and its key can be used again', async () => {
  const { api } = await open()
  await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
  expect((await api('DELETE /events/gala', {})).status).toBe(204)
  expect((await api('DELETE /events/gala')).body?.['errors']).toEqual([
    {
      code: 'EVENT_NOT_FOUND',
      message:
        'Event not found: gala was not found in workspace 11111111-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
    },
  ])
  expect((await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })).status).toBe(200)
})

describe('what is wrong with an event is said with its place', () => {
  test.each([
    [{}, '#: required key [chartKey] not found'],
    [{ chartKey: 1 }, '#/chartKey: expected type: String, found: Integer'],
    [{ chartKey: 'hall', eventKey: 'groups' }, '#/eventKey: this key is used by the API itself'],
    [{ chartKey: 'hall', eventKey: '' }, '#/eventKey: expected minLength: 1, actual: 0'],
    [{ chartKey: 'hall', date: '2031-02-30' }, '#/date: expected date: yyyy-MM-dd'],
    [
      { chartKey: 'hall', categories: ['x'] },
      '#/categories/0: expected type: JSONObject, found: String',
    ],
    [{ chartKey: 'hall', categories: [{ key: 1 }] }, '#/categories/0: required key [label] not'],
    [
      { chartKey: 'hall', tableBookingConfig: { mode: 'x' } },
      '#/tableBookingConfig/mode: x is not',
    ],
    [{ chartKey: 'hall', channels: [{}] }, '#/channels/0: required key [key] not found'],
    [{ chartKey: 'hall', forSaleConfig: {} }, '#/forSaleConfig: required key [forSale] not found'],
  ])('%j', async (body, message) => {
    const { api } = await open()
    const answer = await api('POST /events', body)
    expect([answer.status, (answer.body?.['errors'] as { code: string }[])[0]?.code]).toEqual([
      400,
      'GENERAL_ERROR',
    ])
    expect(String(answer.body?.['messages'])).toContain(message)
  })
})

test('an unknown chart, and a key that is taken, are refused by their codes', async () => {
  const { api } = await open()
  const unknown = await api('POST /events', { chartKey: 'nowhere' })
  expect(unknown.body).toMatchObject({ status: 404, errors: [{ code: 'CHART_NOT_FOUND' }] })
  await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
  const taken = await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
  expect(taken.body).toMatchObject({ status: 400, errors: [{ code: 'EVENT_KEY_ALREADY_EXISTS' }] })
})

test('a list is paged in both directions, by numbers that need not be anyone’s', async () => {
  const { api } = await open()
  for (const eventKey of ['1', '2', '3', '4', '5']) {
    await api('POST /events', { chartKey: 'hall', eventKey })
  }
  const all = (await api('GET /events')).body?.['items'] as { id: number; key: string }[]
  const ids = new Map(all.map(({ id, key }) => [key, id]))
  const page = async (query: string) => {
    const asked = query.replaceAll(/<(\d)([+-]?)>/g, (_, key: string, sign: string) =>
      String((ids.get(key) ?? 0) + (sign === '+' ? 1 : sign === '-' ? -1 : 0)),
    )
    const { body } = await api(`GET /events?${asked}`)
    const { items, ...cursors } = body as { items: { key: string }[] }
    const names = new Map([...ids].map(([key, id]) => [String(id), key]))
    const told = Object.entries(cursors).map(([name, id]) => [name, names.get(String(id))])
    return [items.map(({ key }) => key).join(''), Object.fromEntries(told) as unknown]
  }
  const [next, previous] = ['next_page_starts_after', 'previous_page_ends_before']
  expect(await page('')).toEqual(['54321', {}])
  expect(await page('limit=2')).toEqual(['54', { [next]: '4' }])
  expect(await page('limit=2&start_after_id=<4>')).toEqual(['32', { [next]: '2', [previous]: '3' }])
  expect(await page('start_after_id=<2>')).toEqual(['1', { [previous]: '1' }])
  expect(await page('start_after_id=<1>')).toEqual(['', {}])
  expect(await page('start_after_id=0')).toEqual(['', {}])
  expect(await page('end_before_id=<1>&limit=2')).toEqual(['32', { [next]: '2', [previous]: '3' }])
  expect(await page('end_before_id=<1>')).toEqual(['5432', { [next]: '2' }])
  expect(await page('end_before_id=<5>')).toEqual(['', {}])
  expect(await page('end_before_id=<4->')).toEqual(['54', { [next]: '4' }])
  expect(await page('start_after_id=<3+>')).toEqual(['321', { [previous]: '3' }])
  expect(await page('limit=1000000')).toEqual(['54321', {}])
  expect(await page('limit=&start_after_id=')).toEqual(['54321', {}])
})

test.each([
  'limit=0',
  'limit=-1',
  'limit=x',
  'limit=1&limit=2',
  'start_after_id=x',
  'start_after_id=1&end_before_id=2',
])('a page cannot be asked for by %s', async (query) => {
  const { api } = await open()
  const { status, body } = await api(`GET /events?${query}`)
  expect([status, body?.['errors']]).toMatchObject([400, [{ code: 'GENERAL_ERROR' }]])
})

test('ids rise with every event, and a page holds twenty of them', async () => {
  const { api } = await open()
  for (let count = 0; count < 21; count += 1) await api('POST /events', { chartKey: 'hall' })
  const { body } = await api('GET /events')
  const ids = (body?.['items'] as { id: number }[]).map(({ id }) => id)
  expect(ids).toHaveLength(20)
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a))
})

test('every write can be repeated under a key, those without a body too', async () => {
  const { api } = await open()
  const keyed = (name: string) => ({ headers: ['Idempotency-Key', name] })
  const twice = async (request: `${string} /${string}`, body: object | undefined, name: string) => {
    const first = await api(request, body, keyed(name))
    const second = await api(request, body, keyed(name))
    expect([second.status, second.text]).toEqual([first.status, first.text])
    expect(second.headers['idempotent-replayed']).toBe('true')
    expect(second.headers['access-control-expose-headers']).toContain('Idempotent-Replayed')
    return first.status
  }
  const event = { chartKey: 'hall', eventKey: 'gala' }
  expect(await twice('POST /events', event, 'create')).toBe(200)
  expect(await twice('POST /events/gala', { eventKey: 'ball' }, 'rename')).toBe(204)
  expect(await twice('DELETE /events/ball', undefined, 'delete')).toBe(204)
  expect(await twice('POST /system/public/charts/other', rowDrawing(), 'import')).toBe(201)
  const many = { chartKey: 'hall', events: [{}, {}] }
  expect(await twice('POST /events/actions/create-multiple', many, 'many')).toBe(200)
  const reused = await api('POST /events', { chartKey: 'hall' }, keyed('create'))
  expect(reused.status).toBe(422)
})
