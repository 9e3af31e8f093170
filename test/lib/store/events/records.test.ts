import { expect, test } from 'vitest'
import type { EventHead } from '../../../../lib/records/records.ts'
import {
  findManifest,
  firstSightKeys,
  newManifestCache,
} from '../../../../lib/store/charts/manifests.ts'
import { batchGet } from '../../../../lib/store/table/read.ts'
import { rowDrawing } from '../../../support/drawings.ts'
import { makeEvent, openScene, TOKEN, type Scene } from '../../../support/scene.ts'
import {
  getChart,
  createChart,
  replaceChart,
  deleteChart,
} from '../../../../lib/store/charts/charts.ts'
import { getEvent, replaceEvent, deleteEvents } from '../../../../lib/store/events/events.ts'
import { newSerial } from '../../../../lib/store/table/serials.ts'
import { createEvents } from '../../../../lib/store/events/create-events.ts'
import { findHeldLabels } from '../../../../lib/store/seats/read-event.ts'

async function headsOf({
  runtime,
  chartKey,
  eventKey,
}: Pick<Scene, 'runtime' | 'chartKey' | 'eventKey'>) {
  const chart = await getChart(runtime.store, 'one', chartKey)
  const event = await getEvent(runtime.store, 'one', eventKey)
  if (chart === undefined || event === undefined) throw new Error('no heads')
  return { chart, event }
}

test('a chart that was changed since it was read is not overwritten', async () => {
  const scene = await openScene()
  const { chart } = await headsOf(scene)
  const { store } = scene.runtime
  const rename = (name: string) => ({ before: chart, after: { ...chart, name } })
  const contents = { log: [], receiptFor: () => undefined }
  expect(await replaceChart(store, rename('first'), contents)).toMatchObject({ name: 'first' })
  expect(await replaceChart(store, rename('second'), contents)).toBeUndefined()
  expect(await getChart(store, 'one', chart.chartKey)).toMatchObject({ name: 'first' })
})

test('a chart that took the key of a deleted one is neither overwritten nor deleted as that', async () => {
  const scene = await openScene()
  const { api, runtime, chartKey, eventKey } = scene
  const { store } = runtime
  await api(`DELETE /api/v1/events/${eventKey}`)
  const { version, ...former } = (await getChart(store, 'one', chartKey)) ?? raise()
  await api(`DELETE /api/v1/charts/${chartKey}`)
  const contents = { draft: '{}', log: [], receiptFor: () => undefined }
  const newer = { ...former, chartId: 'NEWER', serial: newSerial(store), name: 'newer' }
  const made = await createChart(store, newer, contents)
  if (made === undefined) throw new Error('no chart')
  const before = { ...former, version: made.version }
  const renamed = { before, after: { ...before, name: 'renamed' } }
  expect(await replaceChart(store, renamed, contents)).toBeUndefined()
  expect(await deleteChart(store, before)).toBe(false)
  expect(await getChart(store, 'one', chartKey)).toMatchObject({ name: 'newer' })
  expect(version).toBeGreaterThan(made.version)
})

function raise(): never {
  throw new Error('no such record')
}

test('an event that was moved, renamed or edited since it was read is not deleted as it was read', async () => {
  const scene = await openScene()
  const { api, runtime, chartKey, eventKey } = scene
  const { store } = runtime
  const other = await makeEvent(api, rowDrawing())
  const edits: Partial<EventHead>[] = [
    { chartKey: other.chartKey, chartId: (await headsOf({ ...scene, ...other })).chart.chartId },
    { eventKey: `${eventKey}-anew` },
    { name: 'edited' },
  ]
  let key = eventKey
  for (const edit of edits) {
    const before = (await getEvent(store, 'one', key)) ?? raise()
    const after = { ...before, ...edit }
    const moved = await replaceEvent(store, { before, after }, () => undefined)
    expect(typeof moved).toBe('object')
    expect(await deleteEvents(store, { heads: [before] })).toBe(false)
    expect(await replaceEvent(store, { before, after: before }, () => undefined)).toBe('changed')
    key = after.eventKey
  }
  const counts = async () => [
    (await getChart(store, 'one', chartKey))?.events,
    (await getChart(store, 'one', other.chartKey))?.events,
  ]
  expect(await counts()).toEqual([0, 2])
  expect(
    await deleteEvents(store, { heads: [(await getEvent(store, 'one', key)) ?? raise()] }),
  ).toBe(true)
  expect(await counts()).toEqual([0, 1])
})

test('two edits of one chart at once both count: the later one reads again', async () => {
  const { api, chartKey } = await openScene()
  const redraw = (firstRow: string) =>
    api(`PATCH /api/v1/charts/${chartKey}`, { draftVersion: rowDrawing({ firstRow }) })
  const answers = await Promise.all(['C', 'D', 'E'].map(redraw))
  expect(answers.map(({ body }) => body['draftVersion']).sort()).toEqual([2, 3, 4])
})

test('an event cannot be created on a chart that was unpublished, or replaced, since it was read', async () => {
  const scene = await openScene()
  const { event } = await headsOf(scene)
  const { store } = scene.runtime
  const create = async (changes: Partial<EventHead>) => {
    const head = { ...event, eventKey: 'new', eventId: 'NEW', serial: newSerial(store) }
    const outcome = await createEvents(store, [{ head: { ...head, ...changes }, details: {} }])
    return outcome.status
  }
  expect(await create({ chartId: 'FORMER' })).toBe('record-changed')
  await scene.api(`POST /api/v1/charts/${scene.chartKey}/unpublish`)
  expect(await create({})).toBe('record-changed')
  await scene.api(`POST /api/v1/charts/${scene.chartKey}/publish`)
  expect(await create({})).toBe('created')
  expect(await create({})).toBe('key-taken')
})

test('a chart cannot be deleted under an event that is created meanwhile', async () => {
  const scene = await openScene()
  await scene.api(`DELETE /api/v1/events/${scene.eventKey}`)
  const chart = await getChart(scene.runtime.store, 'one', scene.chartKey)
  if (chart === undefined) throw new Error('no chart')
  await scene.api('POST /api/v1/events', { chartKey: scene.chartKey })
  expect(await deleteChart(scene.runtime.store, chart)).toBe(false)
})

test('lists and their totals agree after creating and deleting at once', async () => {
  const { api, chartKey, eventKey } = await openScene()
  const create = (index: number) =>
    api('POST /api/v1/events', { chartKey, eventKey: `event-${index}` })
  const indexes = Array.from({ length: 12 }, (_, index) => index)
  const created = await Promise.all(indexes.map(create))
  const keys = created
    .filter(({ status }) => status === 201)
    .map(({ body }) => body['eventKey'] as string)
  const deleted = await Promise.all(
    keys.slice(0, 5).map((key) => api(`DELETE /api/v1/events/${key}`)),
  )
  const left = keys.length - deleted.filter(({ status }) => status === 200).length
  const { body } = await api('GET /api/v1/events')
  expect(body['total']).toBe(left + 1)
  expect(body['items']).toHaveLength(left + 1)
  expect(eventKey).not.toBe('')
})

test('hold entries name what a token was to hold in one event, not in others, and until when at last', async () => {
  const { api, seats, chartKey, eventKey, clock, runtime } = await openScene()
  const hold = (path: `/${string}`, objectLabel: string, ttlSeconds: number) =>
    api(`POST ${path}/hold`, { objectLabel, holdToken: TOKEN, ttlSeconds })
  await api('POST /api/v1/events', { chartKey, eventKey: 'other' })
  await hold(seats, 'A-1', 60)
  await hold(seats, 'A-2', 1)
  await hold('/api/v1/events/other/seats', 'A-3', 60)
  const start = clock.now()
  await api(`POST ${seats}/extend`, { objectLabels: ['A-1'], holdToken: TOKEN, ttlSeconds: 30 })
  const wanted = { workspaceId: 'one', eventKey, holdToken: TOKEN }
  const found = await findHeldLabels(runtime.store, wanted)
  const until = { 'A-1': start + 30_000, 'A-2': start + 1_000 }
  expect(Object.fromEntries(found?.until ?? [])).toEqual(until)
})

test('parts of a manifest count only if they belong to the drawing that the head publishes', async () => {
  const scene = await openScene()
  const { api, port, chartKey } = scene
  const former = await batchGet(port, firstSightKeys({ workspaceId: 'one', chartKey }))
  await api(`PATCH /api/v1/charts/${chartKey}`, { draftVersion: rowDrawing({ firstRow: 'X' }) })
  await api(`POST /api/v1/charts/${chartKey}/publish`)
  const { chart } = await headsOf(scene)
  if (chart.published === undefined) throw new Error('not published')
  const wanted = { address: chart, drawing: chart.published, items: former }
  const inventory = await findManifest(port, newManifestCache(), wanted)
  expect([...(inventory?.named.keys() ?? [])]).toContain('X-1')
  const gone = { ...wanted, drawing: { drawingId: 'FORMER', parts: 1 } }
  expect(await findManifest(port, newManifestCache(), gone)).toBeUndefined()
})
