import { describe, expect, test } from 'vitest'
import { rowDrawing } from '../../support/drawings.ts'
import { labelsOf } from '../../support/scene.ts'
import { openSeatsioScene, verdictOf, type SeatsioScene } from '../../support/seatsio-scene.ts'

const oneRow = rowDrawing({ rows: 1, seatsPerRow: 120 })
const held = 'reservedByToken'
const keyed = { headers: ['Idempotency-Key', 'once'] }

/** A scene whose process has seen the events and the key, so that only the change itself is counted. */
async function openWarm(): Promise<SeatsioScene & { holdToken: string }> {
  const scene = await openSeatsioScene(oneRow)
  const holdToken = await scene.token()
  for (const event of ['gala', 'ball', 'open-air', 'gala']) await scene.statuses(['A-1'], event)
  scene.calls.clear()
  return { ...scene, holdToken }
}

describe.each([1, 4, 20, 95])('%i seats of one event', (n) => {
  const body = { events: ['gala'], objects: labelsOf('A', 1, n) }
  const path = 'POST /events/groups/actions/change-object-status?expand=objects'

  test('are held by one read and one transaction of n + 3 items', async () => {
    const { api, calls, holdToken } = await openWarm()
    expect(verdictOf(await api(path, { ...body, status: held, holdToken }))).toBe('200')
    expect(calls.count()).toMatchObject({ reads: 1, writes: 1, items: n + 3 })
    if (n <= 20) expect(calls.count().writeUnits).toBe(2 * (n + 3))
  })

  test('are booked, changed and released by one read and one transaction of n + 1 items each', async () => {
    const { api, calls, holdToken } = await openWarm()
    await api(path, { ...body, status: held, holdToken })
    for (const target of [
      { status: 'booked', holdToken },
      { status: 'checkedIn' },
      { type: 'RELEASE' },
    ]) {
      calls.clear()
      expect(verdictOf(await api(path, { ...body, ...target }))).toBe('200')
      expect(calls.count()).toMatchObject({ reads: 1, writes: 1, items: n + 1 })
      if (n <= 20) expect(calls.count().writeUnits).toBe(2 * (n + 1))
    }
  })

  test('cost one item more under an idempotency key, and a repeat writes nothing', async () => {
    const { api, calls, holdToken } = await openWarm()
    await api(path, { ...body, status: held, holdToken }, keyed)
    expect(calls.count()).toMatchObject({ reads: 1, writes: 1, items: n + 4 })
    calls.clear()
    const again = await api(path, { ...body, status: held, holdToken }, keyed)
    expect(again.headers['idempotent-replayed']).toBe('true')
    expect(calls.count().writes).toBe(0)
  })

  test('are refused by one read and no write', async () => {
    const { api, calls } = await openWarm()
    const guard = { allowedPreviousStatuses: ['booked'] }
    expect(verdictOf(await api(path, { ...body, status: 'x', ...guard }))).toMatch(/^400/)
    expect(calls.count()).toMatchObject({ reads: 1, writes: 0 })
  })
})

describe('a batch', () => {
  test.each([
    [1, 20],
    [2, 20],
    [3, 30],
  ])(
    'over %i events of %i seats each reads every 100 keys in one request, and commits once',
    async (count, n) => {
      const { batch, calls } = await openWarm()
      const events = ['gala', 'ball', 'open-air'].slice(0, count)
      const objects = labelsOf('A', 1, Math.min(n, 10))
      const entries = events.map((event) => ({
        event,
        status: 'x',
        objects: event === 'open-air' ? objects : labelsOf('A', 1, n),
      }))
      const seats = entries.reduce((sum, entry) => sum + entry.objects.length, 0)
      const charts = count === 3 ? 2 : 1
      expect(verdictOf(await batch(...entries))).toBe('200')
      const reads = Math.ceil((seats + count + charts) / 100)
      expect(calls.count()).toMatchObject({ reads, writes: 1, items: seats + count })
    },
  )

  test('reads 199 keys in two requests that are sent at once', async () => {
    const { batch, calls } = await openWarm()
    const n = 99
    const entries = ['gala', 'ball'].map((event) => ({
      event,
      status: 'x',
      objects: labelsOf('A', 1, n),
    }))
    await batch(...entries)
    const reads = calls.all.filter(({ operation }) => operation === 'BatchGetItem')
    const sizes = reads.slice(0, 3).map(({ input }) => {
      const [table] = Object.values(input['RequestItems'] as Record<string, { Keys: unknown[] }>)
      return table?.Keys.length
    })
    expect(sizes).toEqual([100, 99])
    expect(calls.all.slice(0, 2).map(({ operation }) => operation)).toEqual(
      Array.from({ length: 2 }, () => 'BatchGetItem'),
    )
  })

  test('writes a seat once however often it changes, and each token that holds in the end', async () => {
    const { batch, calls, holdToken, token } = await openWarm()
    const other = await token()
    calls.clear()
    const entry = { event: 'gala', objects: ['A-1'] }
    await batch(
      { ...entry, status: held, holdToken: other },
      { ...entry, type: 'RELEASE', holdToken: other },
      { ...entry, status: held, holdToken },
      { ...entry, objects: ['A-2'], status: 'booked' },
    )
    expect(calls.count()).toMatchObject({ reads: 1, writes: 1, items: 2 + 1 + 1 + 1 })
  })

  test('holds in two events with one token by one entry an event and one write of the token', async () => {
    const { batch, calls, holdToken } = await openWarm()
    const entries = ['gala', 'ball'].map((event) => ({
      event,
      status: held,
      holdToken,
      objects: ['A-1', 'A-2'],
    }))
    await batch(...entries)
    expect(calls.count()).toMatchObject({ reads: 1, writes: 1, items: 4 + 2 + 2 + 1 })
  })
})

test('one transaction holds 100 items; what needs more is changed all the same', async () => {
  for (const [n, transactions] of [
    [99, 1],
    [100, 0],
  ] as const) {
    const { change, calls, statuses } = await openWarm()
    await change({ objects: labelsOf('A', 1, n), status: 'x' })
    const whole = calls.all.filter(
      ({ operation, input }) =>
        operation === 'TransactWriteItems' && (input['TransactItems'] as unknown[]).length === 100,
    )
    expect(whole).toHaveLength(transactions)
    expect(await statuses([`A-${n}`])).toEqual(['x'])
  }
})

test('objects are read by one request for every hundred of them, without any other rows', async () => {
  const { api, calls } = await openWarm()
  const query = labelsOf('A', 1, 98)
    .map((label) => `label=${label}`)
    .join('&')
  await api(`GET /events/gala/objects?${query}`)
  expect(calls.all.map(({ operation }) => operation)).toEqual(['BatchGetItem'])
})

test('extra data costs a read and a transaction of n + 1 items', async () => {
  const { api, calls } = await openWarm()
  const extraData = Object.fromEntries(labelsOf('A', 1, 5).map((label) => [label, { label }]))
  await api('POST /events/gala/actions/update-extra-data', { extraData })
  expect(calls.count()).toMatchObject({ reads: 1, writes: 1, items: 6 })
})

describe('a hold token', () => {
  test('is issued by one write and looked up by one read', async () => {
    const { api, calls, token } = await openWarm()
    const holdToken = await token(15)
    expect(calls.count()).toMatchObject({ reads: 0, writes: 1, items: 1 })
    calls.clear()
    // Where nothing is said, the company says how long.
    await token()
    expect(calls.count()).toMatchObject({ reads: 1, writes: 1, items: 1 })
    calls.clear()
    await api(`GET /hold-tokens/${holdToken}`)
    expect(calls.count()).toMatchObject({ reads: 1, writes: 0 })
  })

  test.each([5, 0])(
    'that holds three seats in two events is moved to %i minutes by three reads and one commit',
    async (minutes) => {
      const { api, batch, calls, holdToken } = await openWarm()
      await batch(
        { event: 'gala', status: held, holdToken, objects: ['A-1', 'A-2'] },
        { event: 'ball', status: held, holdToken, objects: ['A-1'] },
      )
      calls.clear()
      await api(`POST /hold-tokens/${holdToken}`, { expiresInMinutes: minutes })
      const entries = minutes === 0 ? 0 : 2
      expect(calls.count()).toMatchObject({ reads: 3, writes: 1, items: 3 + 1 + 2 + entries })
    },
  )
})

test('the first page of a log reads its event, a few entries of each partition and nothing else', async () => {
  const { api, change, calls } = await openWarm()
  await change({ objects: labelsOf('A', 1, 30), status: 'x' })
  calls.clear()
  await api('GET /events/gala/status-changes?limit=10')
  const names = calls.all.map(({ operation }) => operation)
  expect(names.filter((name) => name === 'BatchGetItem')).toHaveLength(1)
  expect(names.filter((name) => name === 'Query').length).toBeLessThanOrEqual(17)
  expect(calls.count().writes).toBe(0)
})
