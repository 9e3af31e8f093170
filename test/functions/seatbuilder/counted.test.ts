import { describe, expect, test } from 'vitest'
import { itemBytes } from '../../../lib/store/table/item-bytes.ts'
import { getItem } from '../../../lib/store/table/read.ts'
import { keys } from '../../../lib/store/table/table.ts'
import { apiOver } from '../../support/api.ts'
import { drawArea, drawChart, drawTable, rowDrawing, rowsOfForty } from '../../support/drawings.ts'
import { openHoldfast } from '../../support/holdfast.ts'
import {
  labelsOf,
  makeEvent,
  openScene,
  OTHER_TOKEN,
  TOKEN,
  type Scene,
} from '../../support/scene.ts'

const manySeats = rowDrawing({ rows: 1, seatsPerRow: 100 })

/** A scene whose process has seen the event and the key, so that only the action itself is counted. */
async function openWarm(): Promise<Scene> {
  const scene = await openScene(manySeats)
  // The first request learns the revision of the chart, the second remembers the heads under it.
  for (let at = 1; at <= 2; at += 1) {
    await scene.api(`POST ${scene.seats}/hold`, { objectLabel: 'A-100', holdToken: 'warming-up' })
  }
  scene.calls.clear()
  return scene
}

describe.each([1, 4, 20, 97])('%i seats, in a process that has seen the event', (n) => {
  const objectLabels = labelsOf('A', 1, n)

  test('are held by one read and one transaction of n + 2 items', async () => {
    const { api, seats, calls } = await openWarm()
    expect((await api(`POST ${seats}/hold`, { objectLabels, holdToken: TOKEN })).status).toBe(200)
    expect(calls.count()).toMatchObject({ reads: 1, writes: 1, items: n + 2 })
    if (n <= 20) expect(calls.count().writeUnits).toBe(2 * (n + 2))
  })

  test('are extended, booked and released by one read and one transaction each', async () => {
    const { api, seats, calls } = await openWarm()
    await api(`POST ${seats}/hold`, { objectLabels, holdToken: TOKEN })
    const count = async (verb: string, body: object) => {
      calls.clear()
      expect((await api(`POST ${seats}/${verb}`, body)).status).toBe(200)
      return calls.count()
    }
    const extended = await count('extend', { labels: objectLabels, holdToken: TOKEN })
    expect(extended).toMatchObject({ reads: 1, writes: 1, items: n + 2 })
    const booked = await count('book', { objectLabels, holdToken: TOKEN })
    expect(booked).toMatchObject({ reads: 1, writes: 1, items: n + 1 })
    if (n <= 20) expect(booked.writeUnits).toBe(2 * (n + 1))
    const released = await count('release', { objectLabels })
    expect(released).toMatchObject({ reads: 1, writes: 1, items: n + 1 })
  })

  test('that lapsed are taken with one history item more: they expire first', async () => {
    const { api, seats, calls, clock } = await openWarm()
    await api(`POST ${seats}/hold`, { objectLabels, holdToken: OTHER_TOKEN, ttlSeconds: 1 })
    clock.advance(1_000)
    calls.clear()
    await api(`POST ${seats}/hold`, { objectLabels, holdToken: TOKEN })
    expect(calls.count()).toMatchObject({ reads: n < 97 ? 1 : 2, writes: 1, items: n + 3 })
  })
})

describe('a table of eight', () => {
  const TABLE_SEATS = 8
  const seatsOfTable = labelsOf('T', 1, TABLE_SEATS)

  async function openTable(bookAsAWhole: boolean) {
    const plane = { tables: [drawTable('T', TABLE_SEATS, { bookAsAWhole })] }
    const scene = await openScene(rowDrawing({ plane }))
    await scene.api(`POST ${scene.seats}/hold`, { objectLabel: 'A-2', holdToken: 'warming-up' })
    const counted = async (verb: string, objectLabels: string[]) => {
      scene.calls.clear()
      const body = verb === 'release' ? { objectLabels } : { objectLabels, holdToken: TOKEN }
      expect((await scene.api(`POST ${scene.seats}/${verb}`, body)).status).toBe(200)
      const { reads, writes, items, writeUnits } = scene.calls.count()
      return [reads, writes, items, writeUnits]
    }
    return counted
  }

  const costs = (items: number) => [1, 1, items, 2 * items]

  test('that is sold by seat costs a check more where its seats are taken, however many they are', async () => {
    const counted = await openTable(false)
    expect(await counted('hold', seatsOfTable)).toEqual(costs(TABLE_SEATS + 2 + 1))
    expect(await counted('book', seatsOfTable)).toEqual(costs(TABLE_SEATS + 1))
    expect(await counted('release', seatsOfTable)).toEqual(costs(TABLE_SEATS + 1))
    expect(await counted('hold', ['T-1', 'A-1'])).toEqual(costs(2 + 2 + 1))
  })

  test('that is sold as a whole costs a check of each seat where it is taken, and nothing more afterwards', async () => {
    const counted = await openTable(true)
    expect(await counted('hold', ['T'])).toEqual(costs(1 + 2 + TABLE_SEATS))
    expect(await counted('book', ['T'])).toEqual(costs(1 + 1))
    expect(await counted('release', ['T'])).toEqual(costs(1 + 1))
    expect(await counted('hold', ['A-1'])).toEqual(costs(1 + 2))
  })
})

test('the first sight of an event in a process costs two reads, the next one', async () => {
  const scene = await openScene()
  const fresh = apiOver(scene.freshRuntime())
  const hold = (objectLabel: string) =>
    fresh(`POST ${scene.seats}/hold`, { objectLabel, holdToken: TOKEN })
  // The key is looked up once a minute; a request that it refuses costs no other read.
  await fresh('GET /api/v1/charts?limit=0')
  scene.calls.clear()
  await hold('A-1')
  expect(scene.calls.count()).toMatchObject({ reads: 2, writes: 1 })
  scene.calls.clear()
  await hold('A-2')
  expect(scene.calls.count()).toMatchObject({ reads: 1, writes: 1 })
})

test('where objects are at a table, the first sight of their chart costs a read more: it tells who is there', async () => {
  const scene = await openScene(rowDrawing({ plane: { tables: [drawTable('T', 4)] } }))
  const fresh = apiOver(scene.freshRuntime())
  await fresh('GET /api/v1/charts?limit=0')
  const reads = async (objectLabel: string) => {
    scene.calls.clear()
    await fresh(`POST ${scene.seats}/hold`, { objectLabel, holdToken: TOKEN })
    return scene.calls.count().reads
  }
  expect(await reads('T-1')).toBe(3)
  expect(await reads('T-2')).toBe(1)
})

test('a publish costs the next request of a process one read more, once, and another one where the drawing is new', async () => {
  const { api, seats, chartKey, calls } = await openWarm()
  await api(`POST /api/v1/charts/${chartKey}/publish`)
  const reads = async (objectLabel: string) => {
    calls.clear()
    await api(`POST ${seats}/hold`, { objectLabel, holdToken: TOKEN })
    return calls.count().reads
  }
  // The draft did not change, so the process has its manifest already.
  expect(await reads('A-1')).toBe(2)
  await api(`PATCH /api/v1/charts/${chartKey}`, { draftVersion: manySeats })
  await api(`POST /api/v1/charts/${chartKey}/publish`)
  expect(await reads('A-2')).toBe(3)
  expect(await reads('A-3')).toBe(1)
})

test.each(['hold', 'book', 'release', 'extend'])('a refused %s writes nothing', async (verb) => {
  const { api, seats, calls } = await openWarm()
  const body = {
    hold: { objectLabel: 'A-100', holdToken: TOKEN },
    book: { objectLabels: ['A-1', 'A-100'], holdToken: TOKEN },
    release: { objectLabels: ['A-1', 'A-100'] },
    extend: { labels: ['A-1', 'A-100'], holdToken: TOKEN },
  }[verb]
  await api(`POST ${seats}/${verb}`, body)
  expect(calls.count()).toMatchObject({ reads: 1, writes: 0 })
})

test('extending all that a token holds costs one read more', async () => {
  const { api, seats, calls } = await openWarm()
  await api(`POST ${seats}/hold`, { objectLabels: ['A-1', 'A-2'], holdToken: TOKEN })
  calls.clear()
  await api(`POST ${seats}/extend`, { holdToken: TOKEN })
  expect(calls.count()).toMatchObject({ reads: 2, writes: 1, items: 4 })
})

test('an event is created with the same six items for 40 seats and for 100,000', async () => {
  const holdfast = await openHoldfast()
  const api = apiOver(holdfast.runtime)
  for (const rows of [1, 2_500]) {
    const { chartKey } = await makeEvent(api, rowsOfForty(rows))
    holdfast.calls.clear()
    await api('POST /api/v1/events', { chartKey })
    expect(holdfast.calls.count()).toEqual({ reads: 1, writes: 1, items: 6, writeUnits: 12 })
  }
})

test('an event is created with the same six items on a chart with fifty areas, whose capacities its head keeps', async () => {
  const holdfast = await openHoldfast()
  const api = apiOver(holdfast.runtime)
  const areas = Array.from({ length: 50 }, (_, at) => drawArea(`Standing ${at + 10}`, 1_500))
  const { chartKey } = await makeEvent(api, drawChart({ generalAdmissionAreas: areas }))
  holdfast.calls.clear()
  const { body } = await api('POST /api/v1/events', { chartKey })
  expect(holdfast.calls.count()).toEqual({ reads: 1, writes: 1, items: 6, writeUnits: 12 })
  const head = await getItem(holdfast.port, keys.eventHead('one', String(body['eventKey'])))
  const { ga, ...others } = (head ?? {}) as { ga?: unknown }
  expect(ga).toHaveLength(100)
  // Numbers are counted here as the longest that there are, which takes 18 bytes more than these do.
  expect(itemBytes({ ga }) - 50 * 18).toBeLessThan(850)
  expect(itemBytes(others)).toBeLessThan(500)
})

test('the first sight of a chart of 100,000 seats costs two reads as well', async () => {
  const holdfast = await openHoldfast()
  const { eventKey } = await makeEvent(apiOver(holdfast.runtime), rowsOfForty(2_500))
  const fresh = apiOver(holdfast.freshRuntime())
  await fresh('GET /api/v1/charts?limit=0')
  holdfast.calls.clear()
  const answer = await fresh(`POST /api/v1/events/${eventKey}/seats/hold`, {
    objectLabel: 'S-R2499-40',
    holdToken: TOKEN,
  })
  expect(answer.status).toBe(200)
  expect(holdfast.calls.count()).toMatchObject({ reads: 2, writes: 1, items: 3 })
})

describe('one transaction holds 100 items', () => {
  test.each([
    ['hold', 98],
    ['extend', 98],
    ['book', 99],
    ['release', 99],
  ])('%s takes %i seats in one, and one more by a large commit', async (verb, max) => {
    const { api, seats, calls } = await openScene(manySeats)
    const half = (from: number, to: number) => ({
      objectLabels: labelsOf('A', from, to),
      holdToken: TOKEN,
    })
    const prepare = async () => {
      if (verb === 'hold') return
      await api(`POST ${seats}/hold`, half(1, 50))
      await api(`POST ${seats}/hold`, half(51, 100))
    }
    const body = (n: number) => ({
      [verb === 'extend' ? 'labels' : 'objectLabels']: labelsOf('A', 1, n),
      ...(verb === 'release' ? {} : { holdToken: TOKEN }),
    })
    const countWrites = async (n: number) => {
      await prepare()
      calls.clear()
      expect((await api(`POST ${seats}/${verb}`, body(n))).status).toBe(200)
      const { writes, items } = calls.count()
      await api(`POST ${seats}/release`, { objectLabels: labelsOf('A', 1, 100) })
      await api(`POST ${seats}/release`, { objectLabels: labelsOf('A', 1, n) })
      return { writes, items }
    }
    expect(await countWrites(max)).toMatchObject({ writes: 1, items: 100 })
    expect((await countWrites(max + 1)).items).toBeGreaterThan(2 * max)
  })
})
