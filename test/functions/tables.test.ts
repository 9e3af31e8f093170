import { describe, expect, test } from 'vitest'
import { drawArea, drawTable, quaysideDrawing, rowDrawing } from '../support/drawings.ts'
import { OTHER_TOKEN, TOKEN } from '../support/scene.ts'
import {
  errorOf,
  openSeatsioScene,
  verdictOf,
  type SeatsioScene,
} from '../support/seatsio-scene.ts'

// Tables that are sold as a whole, on both surfaces.

const SEATS = '/api/v1/events/gala/seats'

/** Table T1 of two is sold whole on this chart, T2 by seat. */
async function openQuayside() {
  const scene = await openSeatsioScene(quaysideDrawing())
  return { ...scene, ...callsOf(scene) }
}

function callsOf({ api, native, info }: SeatsioScene) {
  const act = async (action: string, label: string, more: object = {}) =>
    verdictOf(await api(`POST /events/gala/actions/${action}`, { objects: [label], ...more }))
  return {
    act,
    sellBy: (mode: string) => api('POST /events/gala', { tableBookingConfig: { mode } }),
    /** What SeatBuilder's surface answers: the status, or the reason for the first label. */
    seats: async (verb: string, labels: readonly string[], more: object = {}) => {
      const named = verb === 'extend' ? { labels } : { objectLabels: labels }
      const { status, body } = await native(`POST ${SEATS}/${verb}`, { ...named, ...more })
      const [first] = (body['failed'] ?? []) as { reason: string }[]
      return first?.reason ?? status
    },
    status: async () => {
      const { body } = await native('GET /api/v1/events/gala/status')
      const objects = body['objects'] as { objectLabel: string; status: string }[]
      return objects.map(({ objectLabel, status }) => `${objectLabel} ${status}`)
    },
    shown: async (label: string) => {
      const { status, isAvailable, availabilityReason } = await info(label)
      return [status, isAvailable, availabilityReason]
    },
  }
}

const taken = (status: string) => [status, false, status]
const free = ['free', true, 'available']

describe('a table that is sold as a whole is one object', () => {
  test('to hold, extend, book and release through SeatBuilder\u2019s surface', async () => {
    const { seats, status, shown, native } = await openQuayside()
    expect(await seats('hold', ['T1', 'A-1'], { holdToken: TOKEN })).toBe(200)
    expect(await seats('hold', ['T1'], { holdToken: OTHER_TOKEN })).toBe('held')
    expect(await seats('extend', ['T1'], { holdToken: TOKEN })).toBe(200)
    expect(await status()).toEqual(['A-1 held', 'T1 held'])
    expect(await seats('book', ['T1', 'A-1'], { holdToken: TOKEN })).toBe(200)
    expect(await shown('T1')).toEqual(taken('booked'))
    const { body } = await native('GET /api/v1/events/gala/reports')
    expect(body).toMatchObject({ byStatus: { held: 0, booked: 2 } })
    expect(await seats('release', ['T1'])).toBe(200)
    expect(await shown('T1')).toEqual(free)
  })

  test('to change on seats.io\u2019s surface, and to read in the log', async () => {
    const { act, info, token, lines, change, statuses } = await openQuayside()
    const holdToken = await token()
    expect(await act('hold', 'T1', { holdToken })).toBe('204')
    expect(await info('T1')).toMatchObject({ status: 'reservedByToken', holdToken })
    expect(await act('book', 'T1', { holdToken, orderId: 'o-1' })).toBe('204')
    expect(await act('book', 'T1')).toBe('400 ILLEGAL_STATUS_CHANGE')
    const checkedIn = await change({ objects: ['T1'], status: 'checkedIn', orderId: 'o-1' })
    expect(checkedIn.body).toMatchObject({ objects: { T1: { status: 'checkedIn' } } })
    expect(await act('release', 'T1')).toBe('204')
    expect(await statuses(['T1'])).toEqual(['free'])
    expect((await lines()).map(({ objectLabel, status }) => [objectLabel, status])).toEqual([
      ['T1', 'free'],
      ['T1', 'checkedIn'],
      ['T1', 'booked'],
      ['T1', 'reservedByToken'],
    ])
    expect((await lines())[0]).toMatchObject({ quantity: 1, isPresentOnChart: true })
  })

  test('with the seats at it and its occupancy, as the chart has them, and nothing that seats have', async () => {
    const scene = await openQuayside()
    expect(await scene.info('T1')).toMatchObject({
      objectType: 'table',
      labels: { own: { label: 'T1', type: 'table' } },
      ids: { own: 'T1' },
      numSeats: 2,
      bookAsAWhole: true,
      variableOccupancy: false,
      minOccupancy: 1,
    })
    const fields = ['maxOccupancy', 'capacity', 'isAccessible', 'leftNeighbour', 'areaType']
    for (const field of fields) expect(await scene.info('T1')).not.toHaveProperty(field)
    // What the chart says of a table stays, however the event sells it.
    await scene.sellBy('ALL_BY_TABLE')
    expect(await scene.info('T2')).toMatchObject({ numSeats: 2, bookAsAWhole: false })
    const party = { bookAsAWhole: true, variableOccupancy: true, minOccupancy: 2, maxOccupancy: 5 }
    const plane = { tables: [drawTable('P', 6, party)] }
    const other = await openSeatsioScene(rowDrawing({ plane }))
    expect(await other.info('P')).toMatchObject({ ...party, numSeats: 6 })
  })

  test('that obeys channels and sale rules like any other', async () => {
    const { api, act, seats, info } = await openQuayside()
    const channel = { key: 'k', name: 'K', objects: ['T1'] }
    await api('POST /events/gala/channels/replace', { channels: [channel] })
    expect(await act('book', 'T1')).toBe('400 OBJECT_IN_CHANNEL')
    expect(await act('book', 'T1', { channelKeys: ['k'] })).toBe('204')
    expect(await act('release', 'T1', { ignoreChannels: true })).toBe('204')
    await api('POST /events/gala/channels/replace', { channels: [] })
    await api('POST /events/gala/actions/mark-as-not-for-sale', { objects: ['T1'] })
    expect(await act('book', 'T1')).toBe('400 OBJECT_NOT_FOR_SALE')
    expect(await seats('hold', ['T1'], { holdToken: TOKEN })).toBe('not_for_sale')
    expect(await info('T1')).toMatchObject({ isAvailable: false, forSale: false })
  })
})

describe.each([
  { told: 'a seat was sold, its table', sold: 'T1-2', wanted: 'T1' },
  { told: 'a table was sold, its seats', sold: 'T1', wanted: 'T1-2' },
])('where $told', ({ sold, wanted }) => {
  const modeFor = (label: string) => (label === 'T1' ? 'ALL_BY_TABLE' : 'ALL_BY_SEAT')

  async function openSold(action: string, more: (holdToken: string) => object = () => ({})) {
    const scene = await openQuayside()
    const holdToken = await scene.token()
    await scene.sellBy(modeFor(sold))
    expect(await scene.act(action, sold, more(holdToken))).toBe('204')
    await scene.sellBy(modeFor(wanted))
    return { ...scene, holdToken }
  }

  test.each([
    ['booked', 'booked'],
    ['checkedIn', 'booked'],
  ])('read %s, as it is', async (status, told) => {
    const scene = await openSold('change-object-status', () => ({ status, orderId: 'o-1' }))
    expect(await scene.shown(wanted)).toEqual(taken(status))
    // An order is of what was ordered.
    expect(await scene.info(wanted)).not.toHaveProperty('orderId')
    const both = [`${sold} ${told}`, `${wanted} ${told}`]
    const others = wanted === 'T1' ? [] : [`T1-1 ${told}`]
    expect((await scene.status()).sort()).toEqual([...both, ...others].sort())
  })

  test('cannot be had by anybody, whatever is asked for', async () => {
    const scene = await openSold('book')
    const { act, seats, holdToken, change, statuses } = scene
    expect(await seats('hold', [wanted], { holdToken: TOKEN })).toBe('booked')
    expect(await seats('book', [wanted], { holdToken: TOKEN })).toBe('not_held_by_token')
    expect(await seats('release', [wanted])).toBe('not_found_or_free')
    expect(await act('hold', wanted, { holdToken })).toBe('400 ILLEGAL_STATUS_CHANGE')
    expect(await act('book', wanted, { holdToken })).toBe('400 NOT_HELD_BY_TOKEN')
    for (const status of ['booked', 'free', 'resale', 'checkedIn']) {
      const answer = await change({ objects: ['A-1', wanted], status })
      expect(errorOf(answer)).toMatchObject({
        code: 'ILLEGAL_STATUS_CHANGE',
        message: `Cannot change from [booked] to [${status}]: ${wanted} is not free`,
        data: { object: wanted },
      })
    }
    // A release would not free it: so it does not say that it did.
    expect(await act('release', wanted)).toBe('400 ILLEGAL_STATUS_CHANGE')
    const rejected = { status: 'booked', rejectedPreviousStatuses: ['booked'] }
    expect(errorOf(await change({ objects: [wanted], ...rejected }))['message']).toBe(
      'Cannot change from [booked] to [booked]: booked is in the list of rejected previous statuses',
    )
    expect(await statuses(['A-1'])).toEqual(['free'])
  })

  test('cannot be had by whoever holds what was sold, until the hold ends', async () => {
    const scene = await openSold('hold', (holdToken) => ({ holdToken }))
    const { act, seats, holdToken, info, native, shown, clock, lines } = scene
    expect(await shown(wanted)).toEqual(taken('reservedByToken'))
    expect(await info(wanted)).not.toHaveProperty('holdToken')
    const { body } = await native('GET /api/v1/events/gala/status')
    const objects = body['objects'] as { objectLabel: string }[]
    const inStatus = objects.find(({ objectLabel }) => objectLabel === wanted)
    expect(inStatus).toMatchObject({ status: 'held', holdToken: null, extraData: null })
    expect(await act('hold', wanted, { holdToken })).toBe('400 ILLEGAL_STATUS_CHANGE')
    expect(await act('book', wanted)).toBe('400 ILLEGAL_STATUS_CHANGE')
    expect(await seats('hold', [wanted], { holdToken })).toBe('held')
    clock.advance(15 * 60_000)
    expect(await shown(wanted)).toEqual(free)
    expect(await act('book', wanted)).toBe('204')
    const told = (await lines()).map((line) => [line.objectLabel, line.status, line['origin']])
    expect(told.slice(0, 2)).toMatchObject([
      [wanted, 'booked', { type: 'API_CALL' }],
      [sold, 'free', { type: 'HOLD_EXPIRED' }],
    ])
  })

  test('are free once what was sold is released, also in one request, and the log tells why that is not there', async () => {
    const scene = await openSold('book')
    const { batch, shown, lines, act, status } = scene
    const books = (label: string) => ({ event: 'gala', objects: [label], status: 'booked' })
    const releases = (label: string) => ({ event: 'gala', objects: [label], type: 'RELEASE' })
    expect(verdictOf(await batch(books(wanted), releases(sold)))).toBe('400 ILLEGAL_STATUS_CHANGE')
    expect(verdictOf(await batch(releases(sold), books(wanted)))).toBe('200')
    expect(await shown(wanted)).toEqual(taken('booked'))
    expect(await status()).toEqual([`${wanted} booked`])
    const [, line] = await lines()
    expect(line).toMatchObject({
      objectLabel: sold,
      isPresentOnChart: false,
      notPresentOnChartReason:
        wanted === 'T1' ? 'SWITCHED_TO_BOOK_WHOLE_TABLE' : 'SWITCHED_TO_BOOK_BY_SEAT',
    })
    expect(await act('release', sold)).toBe('404 OBJECT_NOT_FOUND')
  })

  test('refuse in a group of events for one of them, and nothing changes in the others', async () => {
    const { api, statuses } = await openSold('book')
    await api('POST /events/ball', { tableBookingConfig: { mode: modeFor(wanted) } })
    const group = { events: ['ball', 'gala'], objects: [wanted] }
    const booked = await api('POST /events/groups/actions/book', group)
    expect(errorOf(booked)).toMatchObject({
      code: 'ILLEGAL_STATUS_CHANGE',
      data: { event: 'gala' },
    })
    expect(await statuses([wanted], 'ball')).toEqual(['free'])
  })
})

test('an area that is sold as a whole is one object with all its places', async () => {
  const whole = { bookAsAWhole: true }
  const party = { ...whole, variableOccupancy: true, minOccupancy: 5, maxOccupancy: 9 }
  const plane = { generalAdmissionAreas: [drawArea('Box', 8, whole), drawArea('Bar', 9, party)] }
  const scene = await openSeatsioScene(rowDrawing({ plane }))
  const { act, seats, shown } = callsOf(scene)
  const holdToken = await scene.token()
  const objects = [{ objectId: 'Box', ticketType: 'adult' }]
  await scene.api('POST /events/gala/actions/hold', { objects, holdToken })
  const counts = { numBooked: 0, numHeld: 0, numFree: 0, numNotForSale: 0, holds: {} }
  const area = { objectType: 'generalAdmission', areaType: 'fixedOccupancy', capacity: 8 }
  expect(await scene.info('Box')).toMatchObject({
    ...area,
    ...counts,
    status: 'reservedByToken',
    numHeld: 8,
    holds: { [holdToken]: { adult: 8 } },
    bookAsAWhole: true,
    variableOccupancy: false,
    minOccupancy: 1,
  })
  for (const field of ['holdToken', 'ticketType', 'maxOccupancy', 'numSeats']) {
    expect(await scene.info('Box')).not.toHaveProperty(field)
  }
  expect(await act('book', 'Box', { holdToken, orderId: 'o-1' })).toBe('204')
  expect(await scene.info('Box')).toMatchObject({ ...counts, numBooked: 8, orderId: 'o-1' })
  expect(await seats('hold', ['Bar'], { holdToken: TOKEN })).toBe(200)
  expect(await scene.info('Bar')).toMatchObject({
    areaType: 'variableOccupancy',
    ...counts,
    numHeld: 9,
    holds: { [TOKEN]: { NO_TICKET_TYPE: 9 } },
    minOccupancy: 5,
    maxOccupancy: 9,
  })
  expect(await seats('release', ['Bar', 'Box'])).toBe(200)
  expect(await shown('Box')).toEqual(free)
  await scene.api('POST /events/gala/actions/mark-as-not-for-sale', { objects: ['Box'] })
  expect(await scene.info('Box')).toMatchObject({ ...counts, numFree: 8, numNotForSale: 8 })
})
