import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { describe, expect, test } from 'vitest'
import type { Port } from '../../../lib/store/port.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { openHoldfast, type Holdfast } from '../../support/holdfast.ts'
import { seatsioOver, type SeatsioApi } from '../../support/seatsio.ts'

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

test('a hundred events are few transactions, and leave nothing beside them', async () => {
  const { api, calls, port } = await open()
  await api(CREATE, request(100))
  expect(calls.count().writes).toBe(11)
  expect((await partitionsOf(port)).filter((key) => key.startsWith('B '))).toEqual([])
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
    expect(await partitionsOf(port)).toEqual(before)
    expect((await api('POST /events', { chartKey: 'hall', eventKey: 'e0' })).status).toBe(200)
  })

  test('the chart goes while a hundred are created: either all are there, or none', async () => {
    const { api, runtime } = await open()
    const [created, chart] = await Promise.all([
      api(CREATE, request(100)),
      runtime.store.getChart('one', 'hall'),
    ])
    expect(created.status).toBe(200)
    if (chart === undefined) throw new Error('no chart')
    expect(await runtime.store.deleteChart(chart)).toBe(false)
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
  for (let writes = 0; writes < 11; writes += 1) {
    const { api, engine, runtime, clock } = await open()
    let left = writes
    engine.inject = ({ operation }) => {
      if (!/Write|Put|Update|Delete/.test(operation)) return undefined
      left -= 1
      return left < 0 ? 'lost-before' : undefined
    }
    await api(CREATE, request(100))
    engine.inject = undefined
    clock.advance(60_000)
    await runtime.store.settleEventBatches((_, error) => {
      throw error
    })
    const keys = await listed(api)
    outcomes.add(keys.length)
    expect([0, 100]).toContain(keys.length)
    const next = await api(CREATE, request(100))
    expect(next.status).toBe(keys.length === 0 ? 200 : 400)
  }
  expect([...outcomes].sort()).toEqual([0, 100])
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
