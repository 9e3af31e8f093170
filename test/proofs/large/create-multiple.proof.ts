import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { describe, expect, test } from 'vitest'
import type { Port } from '../../../lib/store/table/port.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { openHoldfast, type Holdfast } from '../../support/holdfast.ts'
import { seatsioOver, type SeatsioApi } from '../../support/seatsio.ts'
import { getChart, deleteChart } from '../../../lib/store/charts/charts.ts'
import { endOperation } from '../../../lib/store/commit/recover.ts'
import { listEvents, getEvent } from '../../../lib/store/events/events.ts'
import { readEventFacts } from '../../../lib/store/events/event-facts.ts'

const CREATE = 'POST /events/actions/create-multiple'

interface Scene extends Holdfast {
  readonly api: SeatsioApi
}

async function open(): Promise<Scene> {
  const holdfast = await openHoldfast()
  const api = seatsioOver(holdfast.runtime)
  await api('POST /system/public/charts/hall', rowDrawing())
  holdfast.calls.clear()
  return { ...holdfast, api }
}

function request(count: number, more: object = {}) {
  const events = Array.from({ length: count }, (_, index) => ({ eventKey: `e${index}`, ...more }))
  return { chartKey: 'hall', events }
}

async function partitionsOf({ reader, tableName }: Port): Promise<string[]> {
  const { Items = [] } = await reader.send(new ScanCommand({ TableName: tableName }))
  return Items.map(({ pk, sk }) => `${String(pk)} ${String(sk)}`).sort()
}

/** Operations that are not finished. */
async function openOperations({ reader, tableName }: Port): Promise<string[]> {
  const { Items = [] } = await reader.send(new ScanCommand({ TableName: tableName }))
  const headers = Items.filter(({ pk, sk, fin }) => {
    return String(pk).startsWith('O#') && sk === 'O' && fin === undefined
  })
  return headers.map(({ pk }) => String(pk).slice(2))
}

/** Ends what processes left behind, as the timer does. */
async function recoverAll({ port, runtime }: Scene): Promise<void> {
  for (const operationId of await openOperations(port)) {
    await endOperation(runtime.store, operationId)
  }
  expect(await openOperations(port)).toEqual([])
}

async function listed(api: SeatsioApi): Promise<string[]> {
  const keys: string[] = []
  let after = ''
  for (;;) {
    const { body } = await api(`GET /events?start_after_id=${after}`)
    const items = body?.['items'] as { id: number; key: string }[]
    keys.push(...items.map(({ key }) => key))
    if (body?.['next_page_starts_after'] === undefined) return keys
    after = body['next_page_starts_after'] as string
  }
}

test.each([1, 24, 25, 100])('%i events are created in the order of the request', async (count) => {
  const { api } = await open()
  const { status, body } = await api(CREATE, request(count))
  expect(status).toBe(200)
  const events = body?.['events'] as { id: number; key: string }[]
  expect(events.map(({ key }) => key)).toEqual(request(count).events.map((it) => it.eventKey))
  expect(events.map(({ id }) => id)).toEqual(events.map(({ id }) => id).sort((a, b) => a - b))
  expect(await listed(api)).toEqual(events.map(({ key }) => key).reverse())
  expect((await api(`GET /events/e${count - 1}`)).body).toEqual(events.at(-1))
})

test('up to 24 events are one transaction of four items each, and two', async () => {
  const { api, calls } = await open()
  await api(CREATE, request(24))
  expect(calls.count()).toMatchObject({ writes: 1, items: 98 })
})

test('a hundred events are few transactions, and leave nothing beside them but an operation that is finished', async () => {
  const { api, calls, port } = await open()
  const before = await partitionsOf(port)
  await api(CREATE, request(100))
  // Details and header, five times locks, the decision, four times rows, the end.
  expect(calls.count().writes).toBe(13)
  const more = (await partitionsOf(port)).filter((key) => !before.includes(key))
  expect(more.filter((key) => !key.startsWith('O#'))).toHaveLength(400)
  expect(await openOperations(port)).toEqual([])
})

describe('what cannot be created is not created in part', () => {
  test.each([10, 100])('of %i, the last has a key that is taken', async (count) => {
    const { api, port } = await open()
    const last = `e${count - 1}`
    await api('POST /events', { chartKey: 'hall', eventKey: last })
    const before = await partitionsOf(port)
    const { body } = await api(CREATE, request(count, { objectCategories: { 'A-1': 1 } }))
    expect(body?.['errors']).toEqual([
      { code: 'EVENT_KEY_ALREADY_EXISTS', message: `Event key already exists: ${last}` },
    ])
    expect(await listed(api)).toEqual([last])
    expect((await partitionsOf(port)).filter((key) => !key.startsWith('O#'))).toEqual(before)
    expect((await api('POST /events', { chartKey: 'hall', eventKey: 'e0' })).status).toBe(200)
  })

  test('the chart goes while a hundred are created: either all are there, or none', async () => {
    const { api, runtime } = await open()
    const [created, chart] = await Promise.all([
      api(CREATE, request(100)),
      getChart(runtime.store, 'one', 'hall'),
    ])
    expect(created.status).toBe(200)
    if (chart === undefined) throw new Error('no chart')
    expect(await deleteChart(runtime.store, chart)).toBe(false)
    expect((await api('GET /charts/hall')).body?.['status']).toBe('PUBLISHED')
  })
})

test('two requests for the same hundred keys never both win', async () => {
  const { api } = await open()
  const statuses = await Promise.all(
    Array.from({ length: 3 }, async () => (await api(CREATE, request(100))).status),
  )
  expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(1)
  if (!statuses.includes(200)) expect(statuses).toContain(429)
  const keys = await listed(api)
  expect([0, 100]).toContain(keys.length)
})

test('a process that dies at any write leaves all events or none, once its time is up', async () => {
  const outcomes = new Set<number>()
  for (let writes = 0; writes < WRITES; writes += 1) {
    const scene = await open()
    const { api, clock } = scene
    await createAndDie(scene, writes)
    clock.advance(60_000)
    await recoverAll(scene)
    const keys = await listed(api)
    outcomes.add(keys.length)
    expect([0, 100]).toContain(keys.length)
    const next = await api(CREATE, request(100))
    expect(next.status).toBe(keys.length === 0 ? 200 : 400)
  }
  expect([...outcomes].sort()).toEqual([0, 100])
})

test('a process that dies at any write leaves a line in the log of each event that is there, and no other', async () => {
  const outcomes = new Set<number>()
  for (let writes = DECIDED - 1; writes < DECIDED + 5; writes += 1) {
    const scene = await open()
    const before = (await linesOf(scene)).length
    await createAndDie(scene, writes, { more: { forSaleConfig: { forSale: false } } })
    scene.clock.advance(60_000)
    await recoverAll(scene)
    const lines = (await linesOf(scene)).length - before
    outcomes.add(lines)
    expect(lines).toBe((await listed(scene.api)).length)
  }
  expect([...outcomes].sort()).toEqual([0, 100])
})

const linesOf = async ({ port }: Scene) =>
  (await partitionsOf(port)).filter((key) => key.startsWith('J#'))

/** Sends the request, and lets its process die after that many writes. */
async function createAndDie(
  { api, engine }: Scene,
  writes: number,
  { keyed, more = {} }: { keyed?: string; more?: object } = {},
) {
  let left = writes
  engine.inject = ({ operation }) => {
    if (!/Write|Put|Update|Delete/.test(operation)) return undefined
    left -= 1
    return left < 0 ? 'lost-before' : undefined
  }
  const answer = await api(CREATE, request(100, more), keyed === undefined ? {} : keyedBy(keyed))
  engine.inject = undefined
  return answer
}

const keyedBy = (key: string) => ({ headers: ['Idempotency-Key', key] })

/** Writes up to the one that decides: details and header, and five times locks. */
const DECIDED = 8

/** All of them. */
const WRITES = 13

test('a process that dies at any write leaves all events or none to every reader, from that moment on', async () => {
  for (let writes = 0; writes <= WRITES; writes += 1) {
    const scene = await open()
    await createAndDie(scene, writes)
    const expected = writes < DECIDED ? 0 : 100
    expect(await listed(scene.api)).toHaveLength(expected)
    const read = await Promise.all(
      request(100).events.map(({ eventKey }) => scene.api(`GET /events/${eventKey}`)),
    )
    expect(read.filter(({ status }) => status === 200)).toHaveLength(expected)
    const onChart = await scene.api('GET /charts/hall?expand=events')
    expect(onChart.body?.['events']).toHaveLength(expected)
    const { heads } = await allHeads(scene)
    expect(heads).toBe(expected)
  }
})

/** Events that the older surface lists: their number, and how many of them. */
async function allHeads({ runtime }: Scene) {
  const { items, total } = await listEvents(runtime.store, 'one', { page: 1, limit: 200 })
  expect(items).toHaveLength(total)
  return { heads: total }
}

test('events that are decided and not applied yet can be sold, edited, renamed and deleted', async () => {
  const scene = await open()
  const { api, runtime, clock } = scene
  await createAndDie(scene, DECIDED, { keyed: 'again' })
  const book = await api('POST /events/e1/actions/book', { objects: ['A-1'] })
  expect(book.status).toBe(204)
  expect((await api('POST /events', { chartKey: 'hall', eventKey: 'e2' })).status).toBe(400)
  const event = await getEvent(runtime.store, 'one', 'e1')
  const facts = await readEventFacts(runtime.store, [event?.eventId ?? ''])
  expect(facts.get(event?.eventId ?? '')).toMatchObject({ event: { eventKey: 'e1' } })
  expect((await api('POST /events/e3', { name: 'Third' })).status).toBe(204)
  expect((await api('POST /events/e4', { eventKey: 'f4' })).status).toBe(204)
  expect((await api('DELETE /events/e5')).status).toBe(204)
  expect((await api(CREATE, request(100), keyedBy('again'))).status).toBe(200)
  clock.advance(60_000)
  await recoverAll(scene)
  const keys = await listed(api)
  expect(keys).toHaveLength(99)
  expect(keys).toContain('f4')
  expect((await api('GET /events/e3')).body?.['name']).toBe('Third')
  expect((await api('GET /events/e1/objects?label=A-1')).body?.['A-1']).toMatchObject({
    status: 'booked',
  })
  const chart = await getChart(runtime.store, 'one', 'hall')
  expect(chart?.events).toBe(99)
})

test('a key that is locked for events that never came to be can be taken, by a new event and by another one', async () => {
  const scene = await open()
  const { api, clock } = scene
  await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
  await createAndDie(scene, DECIDED - 1)
  clock.advance(60_000)
  expect((await api('POST /events/gala', { eventKey: 'e7' })).status).toBe(204)
  expect((await api('POST /events', { chartKey: 'hall', eventKey: 'e8' })).status).toBe(200)
  expect((await listed(api)).sort()).toEqual(['e7', 'e8'])
})

test.each([
  [{ chartKey: 'hall', events: [] }, '#/events: expected minimum item count: 1, found: 0'],
  [{ chartKey: 'hall' }, '#: required key [events] not found'],
  [
    { chartKey: 'hall', events: [{ eventKey: 'a' }, { eventKey: 'a' }] },
    '#/events: Duplicate event keys are not allowed',
  ],
  [request(101), '#/events: expected maximum item count: 100, found: 101'],
  [
    { chartKey: 'hall', events: [{}, { date: 1 }] },
    '#/events/1/date: expected type: String, found: Integer',
  ],
])('%j is refused', async (body, message) => {
  const { api } = await open()
  const answer = await api(CREATE, body)
  expect([answer.status, answer.body?.['messages']]).toEqual([400, [message]])
})
