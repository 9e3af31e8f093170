import { describe, expect, test } from 'vitest'
import { rowDrawing } from '../support/drawings.ts'
import {
  objectsOf,
  openSeatsioScene,
  verdictOf,
  type SeatsioScene,
} from '../support/seatsio-scene.ts'

// A drawing that is published over sold seats, and does not have them any more.

const SEATS = '/api/v1/events/gala/seats'
const BASKET = 'basket-of-ada-0123456789'

/** A-1 is booked, A-2 held under an issued token, A-3 under one of a shop's own, A-4 has a status of its own; then row A is gone. */
async function openLost(): Promise<SeatsioScene & { readonly holdToken: string }> {
  const scene = await openSeatsioScene()
  const { api, native, change, clock } = scene
  const holdToken = await scene.token(10)
  await change({ objects: [{ objectId: 'A-1', extraData: { n: 1 } }], status: 'booked' })
  await change({ objects: ['A-2'], status: 'reservedByToken', holdToken })
  await native(`POST ${SEATS}/hold`, { objectLabel: 'A-3', holdToken: BASKET })
  await change({ objects: ['A-4'], status: 'invited' })
  clock.advance(1)
  await api('POST /system/public/charts/hall', rowDrawing({ firstRow: 'B' }))
  return { ...scene, holdToken }
}

const labels = ['A-1', 'A-2', 'A-3', 'A-4']

describe('what was taken before the chart lost it is still told', () => {
  test('by status and reports', async () => {
    const { native } = await openLost()
    const { body } = await native('GET /api/v1/events/gala/status')
    expect(body).toMatchObject({
      objects: [
        { objectLabel: 'A-1', status: 'booked', categoryKey: null, extraData: { n: 1 } },
        { objectLabel: 'A-2', status: 'held' },
        { objectLabel: 'A-3', status: 'held', holdToken: BASKET },
        { objectLabel: 'A-4', status: 'booked' },
      ],
    })
    expect((await native('GET /api/v1/events/gala/reports')).body).toMatchObject({
      byStatus: { held: 2, booked: 2 },
    })
  })

  test('as objects, which say that the chart does not have them', async () => {
    const { api, infos, holdToken } = await openLost()
    const found = await infos([...labels, 'A-5', 'B-1'])
    expect(Object.keys(found)).toEqual([...labels, 'B-1'])
    expect(found['A-1']).toEqual({
      label: 'A-1',
      labels: { own: { label: 'A-1', type: 'seat' } },
      ids: { own: 'A-1' },
      objectType: 'seat',
      status: 'booked',
      forSale: false,
      isAvailable: false,
      availabilityReason: 'booked',
      isPresentOnChart: false,
      extraData: { n: 1 },
      seasonStatusOverriddenQuantity: 0,
      seasonStatusOverriddenQuantities: {},
    })
    expect(found['A-2']).toMatchObject({ status: 'reservedByToken', holdToken })
    expect(found['A-4']).toMatchObject({ status: 'invited', availabilityReason: 'invited' })
    expect(found['B-1']).not.toHaveProperty('isPresentOnChart')
    const one = await api('GET /events/gala/objects/A-1')
    expect(one.body).toEqual({ status: 'booked', forSale: false, extraData: { n: 1 } })
    expect(verdictOf(await api('GET /events/gala/objects/A-5'))).toBe('404 OBJECT_NOT_FOUND')
  })

  test('and by the log', async () => {
    const { lines } = await openLost()
    const told = await lines('sort=objectLabel')
    expect(told.map(({ objectLabel }) => objectLabel)).toEqual(labels)
    for (const line of told) {
      expect(line).toMatchObject({
        isPresentOnChart: false,
        notPresentOnChartReason: 'RENAMED_OR_DELETED',
      })
    }
  })

  test('until a hold ends by itself', async () => {
    const { infos, clock, native } = await openLost()
    clock.advance(20 * 60_000)
    expect(Object.keys(await infos(labels))).toEqual(['A-1', 'A-4'])
    expect((await native('GET /api/v1/events/gala/reports')).body).toMatchObject({
      byStatus: { held: 0, booked: 2 },
    })
  })
})

describe('and can be let go', () => {
  test.each([
    ['release', 'POST /events/gala/actions/release', {}],
    ['release in groups', 'POST /events/groups/actions/release', { events: ['gala'] }],
    ['to free', 'POST /events/gala/actions/change-object-status', { status: 'free' }],
    ['back', 'POST /events/gala/actions/change-object-status', { type: 'RELEASE' }],
  ] as const)('%s', async (_, call, body) => {
    const { api, statuses, native } = await openLost()
    const released = await api(`${call}?expand=objects`, { objects: labels, ...body })
    expect(released.status).toBe(200)
    const objects = objectsOf(released)
    expect(labels.map((label) => objects[label])).toMatchObject(
      labels.map(() => ({ status: 'free', isAvailable: false, isPresentOnChart: false })),
    )
    expect((await native('GET /api/v1/events/gala/status')).body).toMatchObject({ objects: [] })
    // Once free it is nothing that the event has.
    expect(await statuses(labels)).toEqual(labels.map(() => undefined))
    const again = await api('POST /events/gala/actions/release', { objects: labels })
    expect(verdictOf(again)).toBe('404 OBJECT_NOT_FOUND')
    await api('POST /system/public/charts/hall', rowDrawing())
    expect(await statuses(labels)).toEqual(labels.map(() => 'free'))
  })

  test('in a batch, and of what is held with its token alone', async () => {
    const { api, batch, statuses, holdToken } = await openLost()
    const release = (objects: string[]) =>
      api('POST /events/gala/actions/release', { objects, holdToken })
    expect(verdictOf(await release(['A-2', 'A-3']))).toBe('400 NOT_HELD_BY_TOKEN')
    expect(verdictOf(await release(['A-2']))).toBe('204')
    const released = await batch({ type: 'RELEASE', event: 'gala', objects: ['A-1', 'A-3'] })
    expect(released.status).toBe(200)
    expect(await statuses(labels)).toEqual([undefined, undefined, undefined, 'invited'])
  })

  test('on the other surface, where a hold can be extended and booked as well', async () => {
    const { native } = await openLost()
    const token = { holdToken: BASKET, objectLabels: ['A-3'] }
    expect((await native(`POST ${SEATS}/extend`, { ...token, ttlSeconds: 60 })).status).toBe(200)
    expect((await native(`POST ${SEATS}/book`, token)).status).toBe(200)
    const released = await native(`POST ${SEATS}/release`, { objectLabels: labels })
    expect(released.status).toBe(200)
  })
})

test('nothing else is done with it on the surface of seats.io, and nobody new gets it on either', async () => {
  const { api, change, native, holdToken, statuses } = await openLost()
  const refused = [
    await change({ objects: ['A-1'], status: 'invited' }),
    await change({ objects: ['A-2'], status: 'booked', holdToken }),
    await change({ objects: ['A-1'], status: 'resale' }),
    await api('POST /events/gala/objects/A-1/actions/update-extra-data', { extraData: {} }),
  ]
  expect(refused.map(verdictOf)).toEqual(refused.map(() => '404 OBJECT_NOT_FOUND'))
  expect(await statuses(labels)).toEqual([
    'booked',
    'reservedByToken',
    'reservedByToken',
    'invited',
  ])
  await api('POST /events/gala/actions/release', { objects: labels })
  expect(verdictOf(await change({ objects: ['A-1'], status: 'booked' }))).toContain('404')
  const hold = await native(`POST ${SEATS}/hold`, { objectLabel: 'A-1', holdToken: BASKET })
  expect(hold.status).toBe(409)
})
