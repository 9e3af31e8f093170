import { expect, test } from 'vitest'
import { rowDrawing } from '../../support/drawings.ts'
import { errorOf, openSeatsioScene, verdictOf } from '../../support/seatsio-scene.ts'
import { seatsioOver } from '../../support/seatsio.ts'

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
  expect(calls.count()).toMatchObject({ writes: 1, items: 6 })
  await api('POST /events/gala', { chartKey: 'hall' })
  const again = await api('POST /events/gala', body, { headers })
  expect([again.status, again.headers['idempotent-replayed']]).toEqual([204, 'true'])
  expect([await statusOf('hall'), await statusOf('studio')]).toEqual(['PUBLISHED', 'NOT_USED'])
})
