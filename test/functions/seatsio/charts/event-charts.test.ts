import { REVISION_COPIES } from '../../../../lib/limits/limits.ts'
import { describe, expect, test } from 'vitest'
import { rowDrawing } from '../../../support/drawings.ts'
import { errorOf, openSeatsioScene, verdictOf } from '../../../support/seatsio-scene.ts'
import { seatsioOver } from '../../../support/seatsio.ts'

/** `gala` on a chart of rows A and B, and another chart that has row A only, and more of it. */
async function open() {
  const scene = await openSeatsioScene(rowDrawing({ rows: 2, seatsPerRow: 10 }))
  await scene.api('POST /system/public/charts/studio', rowDrawing({ rows: 1, seatsPerRow: 12 }))
  const go = (chartKey: string, event = 'gala') => scene.api(`POST /events/${event}`, { chartKey })
  const book = async (labels: string[], event = 'gala') =>
    verdictOf(await scene.api(`POST /events/${event}/actions/book`, { objects: labels }))
  const statusOf = async (chartKey: string) =>
    (await scene.api(`GET /charts/${chartKey}`)).body?.['status']
  return { ...scene, go, book, statusOf }
}

test('an event that goes to another chart keeps its id and the state of its objects', async () => {
  const { api, go, book, token, statuses } = await open()
  const before = (await api('GET /events/gala')).body
  const holdToken = await token()
  await api('POST /events/gala/actions/hold', { objects: ['A-1'], holdToken })
  expect(await book(['A-2', 'B-1'])).toBe('204')
  expect((await go('studio')).status).toBe(204)
  const after = (await api('GET /events/gala')).body
  expect(after).toMatchObject({ id: before?.['id'], key: 'gala', chartKey: 'studio' })
  expect(await statuses(['A-1', 'A-2', 'A-3'])).toEqual(['reservedByToken', 'booked', 'free'])
  expect(await book(['A-2'])).toBe('400 ILLEGAL_STATUS_CHANGE')
  expect(await book(['A-11'])).toBe('204')
  // What the chart does not have cannot be sold, and is shown again when a chart has it.
  expect(await book(['B-1'])).toBe('404 OBJECT_NOT_FOUND')
  await go('hall')
  expect(await statuses(['B-1', 'A-2'])).toEqual(['booked', 'booked'])
  expect(await book(['B-1'])).toBe('400 ILLEGAL_STATUS_CHANGE')
})

test('a process that remembers the event notices that it went to another chart', async () => {
  const holdfast = await open()
  const { api, go, book, native } = holdfast
  const elsewhere = seatsioOver(holdfast.freshRuntime())
  expect(await book(['A-1'])).toBe('204')
  await elsewhere('POST /events/gala', { chartKey: 'studio' })
  expect(await book(['B-2'])).toBe('404 OBJECT_NOT_FOUND')
  expect(await book(['A-12'])).toBe('204')
  await elsewhere('POST /events/gala', { chartKey: 'hall' })
  const hold = { objectLabel: 'A-12', holdToken: 'token-of-ada' }
  expect((await native('POST /api/v1/events/gala/seats/hold', hold)).status).toBe(409)
  const info = await api('GET /events/gala/objects?label=B-2')
  expect(info.body).toMatchObject({ 'B-2': { status: 'free' } })
  await go('studio')
  expect((await api('GET /events/gala/objects?label=B-2')).body).toEqual({})
})

test('charts know which events they have', async () => {
  const { api, go, statusOf } = await open()
  const eventsOf = async (chartKey: string) => {
    const { body } = await api(`GET /charts/${chartKey}?expand=events`)
    return (body?.['events'] as { key: string }[]).map(({ key }) => key)
  }
  expect([await statusOf('hall'), await statusOf('studio')]).toEqual(['PUBLISHED', 'NOT_USED'])
  await go('studio')
  expect([await eventsOf('hall'), await eventsOf('studio')]).toEqual([['ball'], ['gala']])
  await api('POST /events/ball', { chartKey: 'studio', eventKey: 'dance' })
  expect([await eventsOf('hall'), await eventsOf('studio')]).toEqual([[], ['dance', 'gala']])
  expect([await statusOf('hall'), await statusOf('studio')]).toEqual(['NOT_USED', 'PUBLISHED'])
  await api('DELETE /events/dance')
  expect(await eventsOf('studio')).toEqual(['gala'])
  const list = (await api('GET /events')).body?.['items'] as { key: string; chartKey: string }[]
  expect(list.map(({ key, chartKey }) => `${key} ${chartKey}`)).toEqual([
    'open-air park',
    'gala studio',
  ])
})

test('an event goes to its own chart without effect on the chart', async () => {
  const { go, statusOf, api } = await open()
  expect((await go('hall')).status).toBe(204)
  expect(await statusOf('hall')).toBe('PUBLISHED')
  await api('DELETE /events/gala')
  await api('DELETE /events/ball')
  expect(await statusOf('hall')).toBe('NOT_USED')
})

test('a chart that there is not, and one that is not published, are refused, and nothing is changed', async () => {
  const { api, native, go } = await open()
  const unknown = await go('nowhere')
  expect(errorOf(unknown)).toEqual({
    code: 'CHART_NOT_FOUND',
    message:
      'Chart not found: nowhere was not found in workspace 11111111-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
  })
  const { body } = await native('POST /api/v1/charts', { name: 'Draft' })
  const refused = await go(String(body['chartKey']))
  expect(verdictOf(refused)).toBe('400 GENERAL_ERROR')
  expect((await api('GET /events/gala')).body).toMatchObject({ chartKey: 'hall' })
  expect((await api('GET /events/gala')).body).not.toHaveProperty('updatedOn')
  for (const [chartKey, message] of [
    [1, '#/chartKey: expected type: String, found: Integer'],
    ['', '#/chartKey: expected minLength: 1, actual: 0'],
    ['x'.repeat(256), '#/chartKey: expected maxLength: 255, actual: 256'],
  ] as const) {
    const answer = await api('POST /events/gala', { chartKey })
    expect(errorOf(answer)['message']).toBe(message)
  }
})

test('an event that goes back and forth while others sell it loses no booking', async () => {
  const { api, go, book, statuses } = await open()
  const labels = Array.from({ length: 10 }, (_, index) => `A-${index + 1}`)
  const moves = ['studio', 'hall', 'studio', 'hall'].map((chartKey) => () => go(chartKey))
  const sales = labels.map((label) => () => book([label]))
  const [moved, sold] = await Promise.all([inTurn(moves), Promise.all(sales.map((sale) => sale()))])
  expect(moved.map(({ status }) => status)).toEqual([204, 204, 204, 204])
  expect(sold).toEqual(labels.map(() => '204'))
  expect(await statuses(labels)).toEqual(labels.map(() => 'booked'))
  expect((await api('GET /events/gala')).body).toMatchObject({ chartKey: 'hall' })
})

async function inTurn<T>(tasks: readonly (() => Promise<T>)[]): Promise<T[]> {
  const done: T[] = []
  for (const task of tasks) done.push(await task())
  return done
}

test('going to another chart is one transaction, and can be repeated under a key', async () => {
  const { api, calls, statusOf } = await open()
  const headers = ['Idempotency-Key', 'once']
  calls.clear()
  const body = { chartKey: 'studio' }
  expect((await api('POST /events/gala', body, { headers })).status).toBe(204)
  expect(calls.count()).toMatchObject({ writes: 1, items: 7 + REVISION_COPIES })
  await api('POST /events/gala', { chartKey: 'hall' })
  const again = await api('POST /events/gala', body, { headers })
  expect([again.status, again.headers['idempotent-replayed']]).toEqual([204, 'true'])
  expect([await statusOf('hall'), await statusOf('studio')]).toEqual(['PUBLISHED', 'NOT_USED'])
})

describe('an event that goes to a copy of its chart', () => {
  const PATH = 'POST /events/gala/actions/move-to-new-chart-copy'

  test('is on a chart of its own, and keeps all that it has', async () => {
    const { api, book, statuses, token, clock } = await open()
    await api('POST /charts/hall/tags/indoor')
    const objectCategories = { 'A-1': 'vip' }
    const categories = [{ key: 'vip', label: 'VIP' }]
    const tableBookingConfig = { mode: 'CUSTOM', tables: { T1: 'BY_TABLE' } }
    const given = { name: 'Gala', objectCategories, categories, tableBookingConfig }
    await api('POST /events/gala', given)
    await api('POST /events/gala/actions/hold', { objects: ['A-1'], holdToken: await token() })
    await book(['A-2', 'B-1'])
    const before = (await api('GET /events/gala')).body
    clock.advance(1_000)
    const { status, body } = await api(PATH)
    const chartKey = String(body?.['chartKey'])
    const updatedOn = new Date(clock.now()).toISOString()
    expect([status, body]).toEqual([200, { ...before, chartKey, updatedOn }])
    expect(chartKey).not.toBe('hall')
    expect((await api('GET /events/gala')).body).toEqual(body)
    expect(await statuses(['A-1', 'A-2', 'B-1', 'B-2'])).toEqual([
      'reservedByToken',
      'booked',
      'booked',
      'free',
    ])
    expect(await book(['A-2'])).toBe('400 ILLEGAL_STATUS_CHANGE')
    expect(await book(['B-2'])).toBe('204')
    const original = (await api('GET /charts/hall?expand=events')).body
    const copy = (await api(`GET /charts/${chartKey}?expand=events`)).body
    expect(copy).toMatchObject({
      name: `${String(original?.['name'])} (copy)`,
      status: 'PUBLISHED',
      tags: ['indoor'],
      events: [{ key: 'gala' }],
    })
    expect(original).toMatchObject({ status: 'PUBLISHED', events: [{ key: 'ball' }] })
  })

  test('is not disturbed when the chart that it came from changes', async () => {
    const { api, book } = await open()
    await api(PATH)
    await api('POST /system/public/charts/hall', rowDrawing({ rows: 1, seatsPerRow: 1 }))
    expect(await book(['B-10'])).toBe('204')
    expect(await book(['B-10'], 'ball')).toBe('404 OBJECT_NOT_FOUND')
  })

  test('goes there in one transaction: where that fails, there is no copy', async () => {
    const { api, calls, engine } = await open()
    const charts = async () => ((await api('GET /charts')).body?.['items'] as object[]).length
    const before = await charts()
    engine.inject = ({ operation }) =>
      operation === 'TransactWriteItems' ? 'lost-before' : undefined
    expect((await api(PATH)).status).toBe(503)
    engine.inject = undefined
    expect(await charts()).toBe(before)
    expect((await api('GET /events/gala')).body).toMatchObject({ chartKey: 'hall' })
    calls.clear()
    expect((await api(PATH)).status).toBe(200)
    expect(calls.count()).toMatchObject({ writes: 1 })
    expect(await charts()).toBe(before + 1)
  })

  test('goes there once, however often that is asked under one key', async () => {
    const { api } = await open()
    const headers = ['Idempotency-Key', 'once']
    const first = await api(PATH, undefined, { headers })
    const second = await api(PATH, {}, { headers })
    expect([second.status, second.body]).toEqual([422, expect.anything()])
    const again = await api(PATH, undefined, { headers })
    expect([again.status, again.body]).toEqual([first.status, first.body])
    expect((await api('GET /charts')).body?.['items']).toHaveLength(4)
  })

  test('must be there, and its chart published', async () => {
    const { api, native } = await open()
    const unknown = await api('POST /events/nothing/actions/move-to-new-chart-copy')
    expect(verdictOf(unknown)).toBe('404 EVENT_NOT_FOUND')
    const drawing = rowDrawing({ rows: 1, seatsPerRow: 2 })
    const made = await native('POST /api/v1/charts', { name: 'Own', draftVersion: drawing })
    const chartKey = String(made.body['chartKey'])
    await native(`POST /api/v1/charts/${chartKey}/publish`)
    await api('POST /events', { chartKey, eventKey: 'own' })
    await native(`POST /api/v1/charts/${chartKey}/unpublish`)
    const refused = await api('POST /events/own/actions/move-to-new-chart-copy')
    expect(verdictOf(refused)).toBe('404 GENERAL_ERROR')
  })
})
