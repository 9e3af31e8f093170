import { describe, expect, test } from 'vitest'
import type { Notice } from '../../../lib/rules/notice.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { labelsOf, OTHER_TOKEN, TOKEN } from '../../support/scene.ts'
import { openSeatsioScene } from '../../support/seatsio-scene.ts'
import { openTold, openToldScene } from '../../support/told.ts'
import { getEvent } from '../../../lib/store/events/events.ts'
import { purgeEvent } from '../../../lib/store/events/purge-event.ts'

/** The short form of a notice. */
function brief({ type, objectLabel, version, previousStatus, status }: Notice): string {
  return `${objectLabel} ${version} ${type.replace('seat.', '')} ${previousStatus}→${status}`
}

test('a notice says everything of the change, its event, its chart and its workspace', async () => {
  const { told, api, seats, eventKey, chartKey, clock, runtime } = await openToldScene()
  const answer = await api(`POST ${seats}/hold`, {
    objectLabel: 'A-1',
    holdToken: TOKEN,
    ttlSeconds: 300,
    extraData: { guest: 'Ada', seat: 1.5 },
  })
  expect(answer.status).toBe(200)
  await told.relay()
  const event = await getEvent(runtime.store, 'one', eventKey)
  const row = told.records.findLast(({ dynamodb }) => dynamodb?.NewImage?.['s'] !== undefined)
  expect(told.notices()).toEqual([
    {
      id: `${event?.eventId}:A-1:1`,
      type: 'seat.held',
      occurredAt: new Date(clock.now()).toISOString(),
      workspaceId: 'one',
      environment: 'sandbox',
      chart: { chartKey, name: 'Test hall' },
      event: { eventKey, name: 'Test night' },
      objectLabel: 'A-1',
      status: 'held',
      previousStatus: 'free',
      version: 1,
      holdToken: TOKEN,
      heldUntil: new Date(clock.now() + 300_000).toISOString(),
      extraData: { guest: 'Ada', seat: 1.5 },
      operationId: row?.dynamodb?.NewImage?.['op']?.S,
    },
  ])
  expect(told.messaging.published[0]).toMatchObject({
    source: 'holdfast.seats',
    'detail-type': 'seat.held',
    time: new Date(clock.now()).toISOString().replace('.000', ''),
  })
})

describe('each accepted change is told once, and nothing else', () => {
  test('through the life of a seat: held, extended, booked, released', async () => {
    const { told, api, seats } = await openToldScene()
    await api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: TOKEN })
    await api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: OTHER_TOKEN })
    await api(`POST ${seats}/extend`, { holdToken: TOKEN, ttlSeconds: 900 })
    await api(`POST ${seats}/book`, { objectLabels: ['A-1'], holdToken: TOKEN })
    await api(`POST ${seats}/release`, { objectLabels: ['A-1'] })
    await told.relay()
    expect(told.notices().map(brief)).toEqual([
      'A-1 1 held free→held',
      'A-1 2 updated held→held',
      'A-1 3 booked held→booked',
      'A-1 4 released booked→free',
    ])
  })

  test('a release tells what the seat had, and whose it was', async () => {
    const { told, api, seats } = await openToldScene()
    await api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: TOKEN, extraData: { a: 1 } })
    await api(`POST ${seats}/release`, { objectLabels: ['A-1'], holdToken: TOKEN })
    await told.relay()
    const last = told.notices().at(-1)
    expect(last).toMatchObject({ type: 'seat.released', holdToken: TOKEN, extraData: { a: 1 } })
    expect(last).not.toHaveProperty('heldUntil')
  })

  test('a lapsed seat that is taken again has expired first', async () => {
    const { told, api, seats, clock } = await openToldScene()
    await api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: TOKEN, ttlSeconds: 60 })
    await told.relay()
    told.forget()
    clock.advance(60_000)
    await api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: OTHER_TOKEN })
    await told.relay()
    const [expired, held] = told.notices()
    expect(told.notices().map(brief)).toEqual([
      'A-1 2 hold_expired held→free',
      'A-1 3 held free→held',
    ])
    expect([expired?.holdToken, held?.holdToken]).toEqual([TOKEN, OTHER_TOKEN])
  })

  test('of 150 seats in one commit of several steps, each is told once', async () => {
    const { told, api, seats } = await openToldScene(rowDrawing({ rows: 1, seatsPerRow: 150 }))
    const objectLabels = labelsOf('A', 1, 150)
    await api(`POST ${seats}/hold`, { objectLabels, holdToken: TOKEN })
    await told.relay()
    const expected = objectLabels.map((label) => `${label} 1 held free→held`)
    expect(told.notices().map(brief).toSorted()).toEqual(expected.toSorted())
    expect(new Set(told.notices().map(({ operationId }) => operationId)).size).toBe(1)
  })

  test('rows that go with their event are not told, what happened before is', async () => {
    const { told, api, seats, eventKey, runtime } = await openToldScene()
    await api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: TOKEN })
    const event = await getEvent(runtime.store, 'one', eventKey)
    await api(`DELETE /api/v1/events/${eventKey}`)
    if (event !== undefined) await purgeEvent(runtime.store, event)
    await told.relay()
    expect(told.notices().map(brief)).toEqual(['A-1 1 held free→held'])
    expect(told.notices()[0]?.event).toEqual({ eventKey, name: 'Test night' })
    expect(told.messaging.list('failures')).toEqual([])
  })
})

describe('changes that the second surface makes', () => {
  test('several changes of a seat in one request are one notice each', async () => {
    const scene = await openSeatsioScene()
    const told = await openTold(scene)
    const holdToken = await scene.token()
    await scene.change({ objects: ['A-1'], status: 'booked', orderId: 'ada' })
    const objects = ['A-1']
    await scene.batch(
      { event: 'gala', type: 'RELEASE', objects },
      { event: 'gala', status: 'reservedByToken', holdToken, objects },
      { event: 'gala', status: 'booked', holdToken, objects, orderId: 'ben' },
    )
    await told.relay()
    expect(told.notices().map(brief)).toEqual([
      'A-1 1 booked free→booked',
      'A-1 2 released booked→free',
      'A-1 3 held free→held',
      'A-1 4 booked held→booked',
    ])
    const orders = told.notices().map(({ orderId }) => orderId)
    expect(orders).toEqual(['ada', undefined, undefined, 'ben'])
  })

  test('a status of its own is told by its name; extra data and resales have words of their own', async () => {
    const scene = await openSeatsioScene()
    const told = await openTold(scene)
    const objects = ['A-1']
    await scene.change({ objects, status: 'sponsor' })
    await scene.api('POST /events/gala/objects/A-1/actions/update-extra-data', {
      extraData: { vip: true },
    })
    await scene.change({ objects, status: 'resale' })
    await scene.change({ objects, status: 'booked' })
    await scene.api('POST /events/gala/actions/change-object-status', { type: 'RELEASE', objects })
    await told.relay()
    expect(told.notices().map(brief)).toEqual([
      'A-1 1 status_changed free→sponsor',
      'A-1 2 updated sponsor→sponsor',
      'A-1 3 status_changed sponsor→resale',
      'A-1 4 booked resale→booked',
      'A-1 5 released booked→resale',
    ])
  })

  test('a token that is ended now lets its seats expire', async () => {
    const scene = await openSeatsioScene()
    const told = await openTold(scene)
    const holdToken = await scene.token()
    await scene.change({ objects: ['A-1', 'A-2'], status: 'reservedByToken', holdToken })
    await scene.api(`POST /hold-tokens/${holdToken}`, { expiresInMinutes: 10 })
    await scene.api(`POST /hold-tokens/${holdToken}`, { expiresInMinutes: 0 })
    await told.relay()
    const types = told.notices().map(({ objectLabel, type }) => `${objectLabel} ${type}`)
    expect(types.filter((it) => it.startsWith('A-1'))).toEqual([
      'A-1 seat.held',
      'A-1 seat.updated',
      'A-1 seat.hold_expired',
    ])
  })

  test('an event under a new key is told under that', async () => {
    const scene = await openSeatsioScene()
    const told = await openTold(scene)
    await scene.api('POST /events/gala', { eventKey: 'gala-2', name: 'Second night' })
    scene.clock.advance(1)
    await scene.api('POST /events/gala-2/actions/change-object-status', {
      objects: ['A-1'],
      status: 'booked',
    })
    await told.relay()
    expect(told.notices()[0]?.event).toEqual({ eventKey: 'gala-2', name: 'Second night' })
  })

  test('each of many events that were created together is known to its notices', async () => {
    const scene = await openSeatsioScene()
    const told = await openTold(scene)
    const events = Array.from({ length: 60 }, (_, index) => ({ eventKey: `night-${index}` }))
    await scene.api('POST /events/actions/create-multiple', { chartKey: 'hall', events })
    await scene.api('POST /events/groups/actions/change-object-status', {
      events: events.map(({ eventKey }) => eventKey),
      objects: ['A-1'],
      status: 'booked',
    })
    await told.relay()
    const keys = told.notices().map(({ event }) => event.eventKey)
    expect(keys.toSorted()).toEqual(events.map(({ eventKey }) => eventKey).toSorted())
  })
})

test('telling a batch costs two reads of the table, and a write by which whoever polls the event knows, whatever the number of seats', async () => {
  const { told, api, seats, calls } = await openToldScene(rowDrawing({ rows: 1, seatsPerRow: 60 }))
  await api(`POST ${seats}/hold`, { objectLabels: labelsOf('A', 1, 60), holdToken: TOKEN })
  calls.clear()
  await told.relay()
  expect(told.notices()).toHaveLength(60)
  const read = calls.all.filter(({ operation }) => operation === 'BatchGetItem')
  expect(read).toHaveLength(2)
  expect(calls.count()).toMatchObject({ writes: 1 })
})
