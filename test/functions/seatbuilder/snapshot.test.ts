import { describe, expect, test } from 'vitest'
import { keys, snapshotPartition } from '../../../lib/store/table/table.ts'
import { getItem, queryAll } from '../../../lib/store/table/read.ts'
import { drawArea, drawTable, quaysideDrawing, rowDrawing } from '../../support/drawings.ts'
import { testKeys } from '../../support/holdfast.ts'
import { labelsOf, OTHER_TOKEN, TOKEN } from '../../support/scene.ts'
import { openSnapshotScene, pollerOver, type SnapshotScene } from '../../support/snapshot-scene.ts'

const publishable = { key: testKeys.publishable }

describe('what it tells', () => {
  test('every object of the drawing in a letter, with the labels where they are asked for', async () => {
    const { poll } = await openSnapshotScene(quaysideDrawing())
    const { status, body, headers } = await poll('?labels=true')
    expect(status).toBe(200)
    expect(body).toMatchObject({ chartVersion: 1, nextEnd: null, ends: [], objectCount: 13 })
    const letters = String(body['states']).split('')
    const labels = body['labels'] as string[]
    expect(Object.fromEntries(labels.map((label, index) => [label, letters[index]]))).toEqual({
      'A-1': 'f',
      'A-2': 'f',
      'A-3': 'f',
      T1: 'f',
      'T1-1': '-',
      'T1-2': '-',
      T2: '-',
      'T2-1': 'f',
      'T2-2': 'f',
      B1: 'f',
      Pier: 'a',
      'East-C-1': 'f',
      'East-C-2': 'f',
    })
    const index = labels.indexOf('Pier')
    expect(body['areas']).toEqual([{ index, capacity: 25, free: 25, freeInChannels: 0 }])
    expect(headers).toMatchObject({
      ETag: `"${String(body['revision'])}"`,
      'Cache-Control': 'private, no-cache',
    })
    expect((await poll('?labels=false')).body).not.toHaveProperty('labels')
  })

  test('never who holds or has bought what', async () => {
    const { api, seats, poll, settle, eventKey } = await openSnapshotScene()
    await api(`POST ${seats}/hold`, { objectLabels: ['A-1', 'A-2'], holdToken: TOKEN })
    const extraData = { secretName: 'Lovelace' }
    await api(`POST ${seats}/book`, { objectLabels: ['A-1'], holdToken: TOKEN, extraData })
    const { body } = await poll('?labels=true')
    await settle()
    const status = await api(`GET /api/v1/events/${eventKey}/status`, undefined, publishable)
    for (const text of [JSON.stringify(body), JSON.stringify(status.body)]) {
      expect(text).not.toContain(TOKEN)
      expect(text).not.toContain('Lovelace')
    }
    expect(String(body['states']).slice(0, 3)).toBe('bhf')
    expect(Object.values(status.body['objects'] as object)).toHaveLength(2)
  })

  test('only what changed, to whoever says what they have; everything, where that is not known', async () => {
    const { api, seats, poll, settle, clock } = await openSnapshotScene(rowDrawing())
    const first = (await poll()).body
    await api(`POST ${seats}/hold`, {
      objectLabels: ['A-2', 'B-1'],
      holdToken: TOKEN,
      ttlSeconds: 60,
    })
    await settle()
    const second = (await poll(`?since=${String(first['revision'])}`)).body
    expect(second).toMatchObject({ changes: { h: [1, 4] }, areas: [] })
    expect(second).not.toHaveProperty('states')
    const again = (await poll(`?since=${String(second['revision'])}`)).body
    expect(again).toMatchObject({ changes: {}, revision: second['revision'] })
    clock.advance(58_999)
    const third = (await poll(`?since=${String(second['revision'])}`)).body
    expect(third['changes']).toEqual({})
    clock.advance(1)
    const fourth = (await poll(`?since=${String(third['revision'])}`)).body
    expect(fourth).toMatchObject({ changes: { f: [1, 4] }, nextEnd: null })
    expect((await poll('?since=1.0.0')).body).toMatchObject({ states: 'ffffffff' })
  })

  test('holds that end within seconds, and what becomes of their objects', async () => {
    const { api, seats, poll, clock } = await openSnapshotScene(rowDrawing())
    await api(`POST ${seats}/hold`, {
      objectLabels: ['A-1', 'A-3'],
      holdToken: TOKEN,
      ttlSeconds: 60,
    })
    await api(`POST ${seats}/hold`, {
      objectLabels: ['B-2'],
      holdToken: OTHER_TOKEN,
      ttlSeconds: 61,
    })
    clock.advance(55_000)
    const { body } = await poll()
    expect(body['ends']).toEqual([
      { afterMs: 5_000, changes: { f: [0, 2] }, areas: [] },
      { afterMs: 6_000, changes: { f: [5] }, areas: [] },
    ])
    expect(body['nextEnd']).toBe(new Date(clock.now() + 5_000).toISOString())
  })

  test.each(['', '1', '1.2', 'x.y.z', '1.2.3.4', `${'9'.repeat(16)}.0.0`])(
    'a revision that is none is refused: %j',
    async (since) => {
      const { poll } = await openSnapshotScene()
      const { status, body } = await poll(`?since=${since}`)
      expect([status, body['errors']]).toEqual([400, { since: [expect.any(String)] }])
    },
  )

  test('an event that there is not is refused, and so is one of another workspace', async () => {
    const { api, eventKey } = await openSnapshotScene()
    expect((await api('GET /api/v1/events/nobody/snapshot')).status).toBe(404)
    const key = testKeys.otherSecret
    const other = await api(`GET /api/v1/events/${eventKey}/snapshot`, undefined, { key })
    expect(other.status).toBe(404)
  })

  test('nothing where nothing is published, and objects again where something is', async () => {
    const { api, poll, clock, chartKey } = await openSnapshotScene(rowDrawing())
    await api(`POST /api/v1/charts/${chartKey}/unpublish`)
    expect((await poll('?labels=true')).body).toMatchObject({
      chartVersion: null,
      states: '',
      labels: [],
    })
    await api(`PATCH /api/v1/charts/${chartKey}`, { draftVersion: rowDrawing({ rows: 1 }) })
    await api(`POST /api/v1/charts/${chartKey}/publish`)
    clock.advance(60_000)
    expect((await poll('?labels=true')).body).toMatchObject({ chartVersion: 2, states: 'ffff' })
  })

  test('labels are those of the drawing that the letters are of, also right after another is published', async () => {
    const { api, poll, freshRuntime, eventKey, chartKey } = await openSnapshotScene(rowDrawing())
    const before = (await poll('?labels=true')).body
    await api(`PATCH /api/v1/charts/${chartKey}`, { draftVersion: rowDrawing({ rows: 1 }) })
    await api(`POST /api/v1/charts/${chartKey}/publish`)
    const [old, anew] = [poll, pollerOver(freshRuntime(), eventKey)]
    expect((await old('?labels=true')).body).toMatchObject({
      chartVersion: 1,
      labels: before['labels'],
    })
    const { body } = await anew(`?labels=true&since=${String(before['revision'])}`)
    expect(body).toMatchObject({ chartVersion: 2, labels: labelsOf('A', 1, 4), states: 'ffff' })
  })
})

describe('areas and tables', () => {
  const plane = { tables: [drawTable('T1', 2)], generalAdmissionAreas: [drawArea('Lawn', 120)] }
  const drawing = rowDrawing({ rows: 1, plane })

  test('places that are held and booked are taken off, and come back at their deadlines', async () => {
    const { api, seats, poll, settle, clock } = await openSnapshotScene(drawing)
    const { labels, revision } = (await poll('?labels=true')).body
    const index = (labels as string[]).indexOf('Lawn')
    await api(`POST ${seats}/hold`, {
      objectLabel: 'Lawn',
      objectType: 'generalAdmission',
      quantity: 7,
      holdToken: TOKEN,
      ttlSeconds: 60,
    })
    await api(`POST ${seats}/hold`, { objectLabel: 'T1-1', holdToken: TOKEN, ttlSeconds: 60 })
    await settle()
    const held = (await poll(`?since=${String(revision)}`)).body
    expect(held['areas']).toEqual([{ index, capacity: 120, free: 113, freeInChannels: 0 }])
    expect(Object.keys(held['changes'] as object)).toEqual(['h'])
    clock.advance(59_000)
    const ended = (await poll(`?since=${String(held['revision'])}`)).body
    expect(ended['areas']).toEqual([{ index, capacity: 120, free: 120, freeInChannels: 0 }])
    expect(Object.keys(ended['changes'] as object)).toEqual(['f'])
  })
})

describe('events that go', () => {
  const statesOf = async (scene: SnapshotScene, query?: string) =>
    (await scene.poll(query)).body['states']

  test('one that was deleted is refused within a second, by processes that knew it too; and one with its key is another', async () => {
    const scene = await openSnapshotScene(rowDrawing())
    const { api, seats, settle, poll, freshRuntime, eventKey, chartKey } = scene
    const another = pollerOver(freshRuntime(), eventKey)
    await api(`POST ${seats}/hold`, { objectLabels: ['A-1'], holdToken: TOKEN })
    await poll()
    await another()
    await api(`DELETE /api/v1/events/${eventKey}`)
    await settle()
    expect([(await poll()).status, (await another()).status]).toEqual([404, 404])
    await api('POST /api/v1/events', { chartKey, eventKey, name: 'Again' })
    expect(await statesOf(scene)).toBe('ffffffff')
    expect((await another()).body['states']).toBe('ffffffff')
  })

  test('one that is made anew with its key at once is another within a second', async () => {
    const scene = await openSnapshotScene(rowDrawing())
    const { api, seats, settle, poll, freshRuntime, eventKey, chartKey } = scene
    const another = pollerOver(freshRuntime(), eventKey)
    await api(`POST ${seats}/hold`, { objectLabels: ['A-1'], holdToken: TOKEN })
    expect([await statesOf(scene), (await another()).body['states']]).toEqual([
      'hfffffff',
      'hfffffff',
    ])
    await api(`DELETE /api/v1/events/${eventKey}`)
    await api('POST /api/v1/events', { chartKey, eventKey, name: 'Again' })
    await settle()
    expect((await another()).body['states']).toBe('ffffffff')
    expect((await poll()).body['states']).toBe('ffffffff')
  })

  test('nothing of it is left when it has been cleared away, also of what is counted later', async () => {
    const scene = await openSnapshotScene(rowDrawing())
    const { api, seats, poll, purge, port, told, eventKey } = scene
    await poll()
    const head = await getItem(port, keys.eventHead('one', eventKey))
    const eventId = head?.['id'] as string
    const left = () =>
      queryAll(port, {
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': snapshotPartition(eventId) },
      })
    expect((await left()).map(({ sk }) => sk as string)).toEqual(['A', 'B', 'D#0#0'])
    expect((await left()).filter(({ ttl }) => typeof ttl === 'number')).toHaveLength(3)
    await api(`POST ${seats}/hold`, { objectLabels: ['A-1'], holdToken: TOKEN })
    await api(`DELETE /api/v1/events/${eventKey}`)
    await purge()
    expect(await left()).toEqual([])
    await told.relay()
    expect(await left()).toEqual([])
  })
})

test('a change of what is on sale, of channels and of tables is told as one of seats is', async () => {
  const { api, poll, settle, eventKey } = await openSnapshotScene(rowDrawing())
  await poll()
  const rules = { forSale: false, objects: ['A-1'], areaPlaces: {}, categories: [] }
  const { status } = await api(`POST /events/${eventKey}/actions/mark-as-not-for-sale`, rules, {
    headers: ['Authorization', `Basic ${Buffer.from(`${testKeys.secret}:`).toString('base64')}`],
  })
  expect(status).toBe(200)
  await settle()
  expect((await poll()).body['states']).toBe('nfffffff')
})

describe('status of a publishable key', () => {
  test('says what that of a secret key does but tokens and extra data, once it has settled', async () => {
    const plane = { tables: [drawTable('T1', 2)], generalAdmissionAreas: [drawArea('Lawn', 120)] }
    const scene = await openSnapshotScene(rowDrawing({ rows: 2, plane }))
    const { api, seats, poll, settle, eventKey } = scene
    await poll()
    const hold = (objectLabel: string, more: object = {}) =>
      api(`POST ${seats}/hold`, { objectLabel, holdToken: TOKEN, ...more })
    await hold('A-1')
    await hold('B-3')
    await hold('T1-2')
    await hold('Lawn', { objectType: 'generalAdmission', quantity: 5 })
    await api(`POST ${seats}/book`, { objectLabels: ['B-3'], holdToken: TOKEN })
    await settle()
    const path = `GET /api/v1/events/${eventKey}/status` as const
    const [secret, shown] = [await api(path), await api(path, undefined, publishable)]
    const expected = (secret.body['objects'] as Record<string, unknown>[]).map((entry) => {
      const { extraData, ...rest } = entry
      return { ...rest, holdToken: null }
    })
    expect(expected).toHaveLength(4)
    expect(shown.body['objects']).toEqual(expected)
  })
})
