import { expect, test } from 'vitest'
import { getEvent } from '../../../lib/store/events/events.ts'
import { purgeEvent } from '../../../lib/store/events/purge-event.ts'
import { readEventRows } from '../../../lib/store/seats/read-event.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { openSeatsioScene, type SeatsioScene } from '../../support/seatsio-scene.ts'

/** The most that 16 shards are for, and more than twice as many. */
const SMALL = rowDrawing({ rows: 2, seatsPerRow: 256 })
const LARGE = rowDrawing({ rows: 4, seatsPerRow: 257 })

const IMPORT = 'POST /system/public/charts/hall'

async function headOf({ context }: SeatsioScene, eventKey: string) {
  const { store, caller } = context()
  const head = await getEvent(store, caller.workspaceId, eventKey)
  if (head === undefined) throw new Error(`${eventKey} is not there`)
  return head
}

test('an event has as many shards as its chart asked for when it was created, and keeps them with all that was sold', async () => {
  const scene = await openSeatsioScene(SMALL)
  const { api, change, statuses } = scene
  await change({ objects: ['A-1', 'B-256'], status: 'booked' })
  await api(IMPORT, LARGE)
  await api('POST /events', { chartKey: 'hall', eventKey: 'late' })
  expect((await headOf(scene, 'gala')).shards).toBe(16)
  expect((await headOf(scene, 'late')).shards).toBe(64)
  await change({ objects: ['D-257'], status: 'booked' })
  await api('POST /events/gala', { name: 'Renamed', eventKey: 'grand' })
  expect(await statuses(['A-1', 'B-256', 'D-257', 'D-1'], 'grand')).toEqual([
    'booked',
    'booked',
    'booked',
    'free',
  ])
  expect((await headOf(scene, 'grand')).shards).toBe(16)
  const { body } = await api('GET /reports/events/grand/byStatus/booked')
  expect(body?.['booked']).toHaveLength(3)
})

test('an event on a large chart is sold, read as a whole, told in its log and deleted with every shard', async () => {
  const scene = await openSeatsioScene(LARGE)
  const { api, change, calls, lines } = scene
  const objects = Array.from({ length: 200 }, (_, at) => `C-${at + 1}`)
  await change({ objects, status: 'booked' })
  calls.clear()
  const { body } = await api('GET /reports/events/gala/byStatus/booked')
  expect(body?.['booked']).toHaveLength(200)
  expect(calls.all.filter(({ operation }) => operation === 'Query')).toHaveLength(64)
  expect(await lines()).toHaveLength(200)
  const head = await headOf(scene, 'gala')
  await purgeEvent(scene.port, head)
  expect((await readEventRows(scene.port, head)).seats).toEqual([])
  expect(await lines()).toEqual([])
})

test('many events of one request have the shards of their chart', async () => {
  const scene = await openSeatsioScene(LARGE)
  const events = Array.from({ length: 30 }, (_, number) => ({ eventKey: `show-${number}` }))
  await scene.api('POST /events/actions/create-multiple', { chartKey: 'hall', events })
  const shards = await Promise.all(
    events.map(async ({ eventKey }) => (await headOf(scene, eventKey)).shards),
  )
  expect(new Set(shards)).toEqual(new Set([64]))
})

test('the parts of a season have its shards, also where the chart has grown since; its events have their own', async () => {
  const scene = await openSeatsioScene(SMALL)
  const { api, statuses } = scene
  await api('POST /seasons', { chartKey: 'hall', key: 'season', eventKeys: ['first'] })
  await api(IMPORT, LARGE)
  await api('POST /seasons/season/actions/create-events', { eventKeys: ['second'] })
  await api('POST /seasons/season/partial-seasons', { key: 'half', eventKeys: ['second'] })
  const [season, first, second, half] = await Promise.all(
    ['season', 'first', 'second', 'half'].map((key) => headOf(scene, key)),
  )
  expect([season?.shards, first?.shards, second?.shards, half?.shards]).toEqual([16, 16, 64, 16])
  expect(second?.season).toMatchObject({ role: 'event', shards: 16 })
  await api('POST /events/half/actions/book', { objects: ['D-257'] })
  expect(await statuses(['D-257'], 'second')).toEqual(['booked'])
  expect(await statuses(['D-257'], 'first')).toEqual(['free'])
  const taken = await api('POST /events/season/actions/book', { objects: ['D-257'] })
  expect(taken.status).toBe(400)
})
