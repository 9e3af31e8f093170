import { describe, expect, test } from 'vitest'
import { quaysideDrawing } from '../support/drawings.ts'
import { openSeatsioScene, verdictOf, type SeatsioScene } from '../support/seatsio-scene.ts'

// What an event says about its chart decides, on both surfaces alike.

const SEATS = '/api/v1/events/gala/seats'

/** What both surfaces answer to a hold of that object by somebody new. */
async function holds(scene: SeatsioScene, label: string): Promise<[string, number]> {
  const book = await scene.api('POST /events/gala/actions/book', { objects: [label] })
  const holdToken = `holder-of-${label}-0123456789`
  const hold = await scene.native(`POST ${SEATS}/hold`, { objectLabel: label, holdToken })
  await scene.api('POST /events/gala/actions/release', { objects: [label] })
  return [verdictOf(book), hold.status]
}

describe('an event\u2019s table booking decides which of a table and its seats exist', () => {
  test('all by seat, over a table that the chart sells whole', async () => {
    const scene = await openSeatsioScene(quaysideDrawing())
    expect(await scene.info('T1')).toMatchObject({ forSale: true, isAvailable: true })
    await scene.api('POST /events/gala', { tableBookingConfig: { mode: 'ALL_BY_SEAT' } })
    expect(Object.keys(await scene.infos(['T1', 'T1-1', 'T2', 'T2-1']))).toEqual(['T1-1', 'T2-1'])
    // Booked through one surface, so taken on the other.
    expect(await holds(scene, 'T1-1')).toEqual(['204', 409])
    expect(await holds(scene, 'T1')).toEqual(['404 OBJECT_NOT_FOUND', 409])
    expect(await scene.info('T1-1', 'ball')).toEqual({})
  })

  test('all by table: a table is there and for sale, its seats are not there', async () => {
    const scene = await openSeatsioScene(quaysideDrawing())
    await scene.api('POST /events/gala', { tableBookingConfig: { mode: 'ALL_BY_TABLE' } })
    expect(Object.keys(await scene.infos(['T2', 'T2-1']))).toEqual(['T2'])
    expect(await holds(scene, 'T2')).toEqual(['204', 409])
    expect(await holds(scene, 'T2-1')).toEqual(['404 OBJECT_NOT_FOUND', 409])
  })

  test('table by table, from the next request on in a process that knows the event', async () => {
    const scene = await openSeatsioScene(quaysideDrawing())
    const config = (tables: object) =>
      scene.api('POST /events/gala', { tableBookingConfig: { mode: 'CUSTOM', tables } })
    const labels = ['T1', 'T1-1', 'T2', 'T2-1']
    await config({ T1: 'BY_SEAT' })
    expect(Object.keys(await scene.infos(labels))).toEqual(['T1-1', 'T2-1'])
    await config({ T2: 'BY_TABLE' })
    expect(Object.keys(await scene.infos(labels))).toEqual(['T1', 'T2'])
    await scene.api('POST /events/gala', { tableBookingConfig: { mode: 'INHERIT' } })
    expect(Object.keys(await scene.infos(labels))).toEqual(['T1', 'T2-1'])
  })

  test('what was sold before the switch can be released, and the log tells why it is not there', async () => {
    const scene = await openSeatsioScene(quaysideDrawing())
    await scene.api('POST /events/gala/actions/book', { objects: ['T2-1'] })
    await scene.api('POST /events/gala', { tableBookingConfig: { mode: 'ALL_BY_TABLE' } })
    expect(await scene.lines()).toMatchObject([
      {
        objectLabel: 'T2-1',
        isPresentOnChart: false,
        notPresentOnChartReason: 'SWITCHED_TO_BOOK_WHOLE_TABLE',
      },
    ])
    const status = await scene.native('GET /api/v1/events/gala/status')
    // Its table has what it has: nobody can buy it before the seat is let go.
    expect(status.body).toMatchObject({
      objects: [
        { objectLabel: 'T2', status: 'booked' },
        { objectLabel: 'T2-1', status: 'booked' },
      ],
    })
    const released = await scene.native(`POST ${SEATS}/release`, { objectLabels: ['T2-1'] })
    expect(released.status).toBe(200)
  })
})

describe('an object\u2019s category of its own counts on SeatBuilder\u2019s surface too', () => {
  const categories = [{ key: 'own', label: 'Own', color: '#123456' }]

  test('in a hold that asks for a category', async () => {
    const { api, native } = await openSeatsioScene()
    await api('POST /events/gala', { categories, objectCategories: { 'A-1': 'own' } })
    const hold = (objectLabel: string, categoryKey: string) =>
      native(`POST ${SEATS}/hold`, { objectLabel, categoryKey, holdToken: 'a-basket-0123456789' })
    expect((await hold('A-1', '1')).status).toBe(409)
    expect((await hold('A-1', 'own')).status).toBe(200)
    expect((await hold('A-2', 'own')).status).toBe(409)
    expect((await hold('A-2', '1')).status).toBe(200)
  })

  test('in status and reports', async () => {
    const { api, native } = await openSeatsioScene()
    await api('POST /events/gala', { categories, objectCategories: { 'A-1': 'own' } })
    await api('POST /events/gala/actions/book', { objects: ['A-1', 'A-2'] })
    const status = await native('GET /api/v1/events/gala/status')
    expect(status.body).toMatchObject({ objects: [{ categoryKey: 'own' }, { categoryKey: '1' }] })
    const reports = await native('GET /api/v1/events/gala/reports')
    expect(reports.body).toMatchObject({
      byCategory: [
        { status: 'booked', categoryKey: 'own', count: 1 },
        { status: 'booked', categoryKey: '1', count: 1 },
      ],
    })
  })
})

test('terms cost one more key at their first sight in a process, then nothing', async () => {
  const scene = await openSeatsioScene(quaysideDrawing())
  const objectCategories = Object.fromEntries(
    Array.from({ length: 500 }, (_, index) => [`Z-${index}`, 'lounge']),
  )
  await scene.api('POST /events/gala', { objectCategories })
  const requests = async () => {
    scene.calls.clear()
    await scene.api('POST /events/gala/actions/book', { objects: ['A-1'] })
    const made = scene.calls.all.length
    await scene.api('POST /events/gala/actions/release', { objects: ['A-1'] })
    return made
  }
  await requests()
  const later = await requests()
  await scene.api('POST /events/ball/actions/book', { objects: ['A-1'] })
  await scene.api('POST /events/ball/actions/release', { objects: ['A-1'] })
  scene.calls.clear()
  await scene.api('POST /events/ball/actions/book', { objects: ['A-1'] })
  expect(later).toBe(scene.calls.all.length)
})
