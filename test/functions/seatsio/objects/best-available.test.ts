import { expect, test } from 'vitest'
import {
  drawArea,
  drawBooth,
  drawChart,
  drawRow,
  drawSeat,
  drawSeats,
  drawSection,
  drawTable,
  rowDrawing,
} from '../../../support/drawings.ts'
import type { SeatsioAnswer } from '../../../support/seatsio.ts'
import { errorOf, openSeatsioScene, verdictOf, type Info } from '../../../support/seatsio-scene.ts'

// Book, hold and change-object-status with `bestAvailable` in the place of `objects`. Which objects are best is tried beside the rule;
// here it is what becomes of them, and what a request may ask.

const NOT_FOUND = '400 BEST_AVAILABLE_OBJECTS_NOT_FOUND'

async function open(drawing?: object) {
  const scene = await openSeatsioScene(drawing)
  const best = (bestAvailable: object, more: object = {}) =>
    scene.api('POST /events/gala/actions/book', { bestAvailable, ...more })
  const choice = async (bestAvailable: object, more: object = {}) =>
    labelsOf(await best(bestAvailable, more))
  return { ...scene, best, choice }
}

function labelsOf({ body }: SeatsioAnswer): string {
  return ((body?.['objects'] ?? []) as string[]).join(' ')
}

function detailsOf({ body }: SeatsioAnswer): Record<string, Info> {
  return (body?.['objectDetails'] ?? {}) as Record<string, Info>
}

test('the best seats are booked, and told with or without expand', async () => {
  const { best, statuses, lines, api } = await open()
  const booked = await best({ number: 3 }, { orderId: 'o-1' })
  expect(booked.status).toBe(200)
  expect(booked.body).toMatchObject({ objects: ['A-4', 'A-5', 'A-6'], nextToEachOther: true })
  expect(Object.keys(detailsOf(booked))).toEqual(['A-4', 'A-5', 'A-6'])
  expect(detailsOf(booked)['A-5']).toMatchObject({ status: 'booked', orderId: 'o-1' })
  expect(await statuses(['A-4', 'A-5', 'A-6'])).toEqual(['booked', 'booked', 'booked'])
  expect((await lines()).map(({ objectLabel }) => objectLabel)).toEqual(['A-6', 'A-5', 'A-4'])
  const path = 'POST /events/gala/actions/book?expand=objects'
  expect(labelsOf(await api(path, { bestAvailable: { number: 1 } }))).toBe('A-7')
})

test('what goes with each object goes with the n-th of the answer', async () => {
  const { best } = await open()
  const ticketTypes = ['adult', 'child']
  const told = detailsOf(await best({ number: 2, ticketTypes, extraData: [{ n: 1 }, { n: 2 }] }))
  expect(Object.values(told)).toMatchObject([
    { label: 'A-5', ticketType: 'adult', extraData: { n: 1 } },
    { label: 'A-6', ticketType: 'child', extraData: { n: 2 } },
  ])
})

test('a hold needs a token that is known, and lasts as long as it; to other changes a token says nothing', async () => {
  const { api, token, best, choice, infos } = await open()
  const hold = (more: object) =>
    api('POST /events/gala/actions/hold', { bestAvailable: { number: 2 }, ...more })
  expect(verdictOf(await hold({}))).toBe('400 HOLD_TOKEN_REQUIRED')
  expect(verdictOf(await hold({ holdToken: 'nobodys' }))).toBe('400 HOLD_TOKEN_NOT_FOUND')
  const holdToken = await token()
  expect(labelsOf(await hold({ holdToken }))).toBe('A-5 A-6')
  expect((await infos(['A-5']))['A-5']).toMatchObject({ status: 'reservedByToken', holdToken })
  expect(await choice({ number: 1 }, { holdToken: 'nobodys' })).toBe('A-4')
  expect(verdictOf(await best({ number: 99 }, { holdToken }))).toBe(NOT_FOUND)
})

test('an unknown token is told before that nothing was found, and an unknown event before both', async () => {
  const { api } = await open()
  const asked = { bestAvailable: { number: 99 }, holdToken: 'nobodys' }
  expect(verdictOf(await api('POST /events/gala/actions/hold', asked))).toBe(
    '400 HOLD_TOKEN_NOT_FOUND',
  )
  expect(verdictOf(await api('POST /events/none/actions/hold', asked))).toBe('404 EVENT_NOT_FOUND')
})

test('any status may be asked for; what every object must be before is asked of what is free', async () => {
  const { change } = await open()
  const checkedIn = { bestAvailable: { number: 1 }, status: 'checkedIn' }
  const changed = await change(checkedIn)
  expect(detailsOf(changed)['A-5']).toMatchObject({ status: 'checkedIn' })
  const refused = await change({ ...checkedIn, allowedPreviousStatuses: ['booked'] })
  expect(errorOf(refused)).toMatchObject({
    code: 'ILLEGAL_STATUS_CHANGE',
    message:
      'Cannot change from [free] to [checkedIn]: free is not in the list of allowed previous statuses',
  })
  expect(verdictOf(await change({ ...checkedIn, rejectedPreviousStatuses: ['booked'] }))).toBe(
    '200',
  )
  expect(verdictOf(await change({ bestAvailable: { number: 1 }, type: 'RELEASE' }))).toBe(
    '400 GENERAL_ERROR',
  )
})

test('nothing that is taken, in resale, off sale or in a channel is chosen; a channel that is opened is', async () => {
  const { api, change, choice } = await open(rowDrawing({ rows: 1, seatsPerRow: 5 }))
  await change({ objects: ['A-3'], status: 'resale' })
  await api('POST /events/gala/channels', { key: 'fans', name: 'Fans', color: '#000' })
  await api('POST /events/gala/channels/fans/objects', { objects: ['A-2'] })
  await api('POST /events/gala/actions/mark-as-not-for-sale', { objects: ['A-4'] })
  expect(await choice({ number: 1 })).toBe('A-1')
  expect(await choice({ number: 1 }, { channelKeys: ['fans'] })).toBe('A-2')
  expect(await choice({ number: 1 }, { ignoreChannels: true })).toBe('A-5')
  expect(await choice({ number: 1 }, { ignoreChannels: true })).toBe('')
})

test('categories are found by number, key and label; zones and sections by theirs', async () => {
  const rows = [
    drawRow('A', drawSeats(2)),
    drawRow('B', drawSeats(2, { y: 90, categoryKey: 'lounge' })),
  ]
  const sections = [drawSection('North', { rows: [drawRow('A', drawSeats(2))] }, { zone: 'far' })]
  const list = [{ key: 'far', label: 'Far', focalPoint: { x: 321, y: 180 } }]
  const { choice, best } = await open(
    drawChart({ focalPoint: { x: 0, y: 0 }, rows, sections }, { zones: { list } }),
  )
  expect(await choice({ number: 1, categories: [1] })).toBe('A-1')
  expect(await choice({ number: 1, categories: ['LOUNGE'] })).toBe('B-1')
  expect(await choice({ number: 1, zone: 'far' })).toBe('North-A-2')
  expect(await choice({ number: 1, sections: ['North'] })).toBe('North-A-1')
  expect(await choice({ number: 1, categories: [], sections: [] })).toBe('A-2')
  expect(verdictOf(await best({ number: 1, sections: ['South'] }))).toBe(NOT_FOUND)
})

test('places of an area are named once each, with what goes with each', async () => {
  const plane = { focalPoint: { x: 0, y: 0 }, generalAdmissionAreas: [drawArea('Lawn', 120)] }
  const { best, info } = await open(drawChart(plane))
  const booked = await best({ number: 3, ticketTypes: ['adult', 'child', 'adult'] })
  expect(booked.body).toMatchObject({ objects: ['Lawn', 'Lawn', 'Lawn'] })
  expect(booked.body).not.toHaveProperty('nextToEachOther')
  expect(detailsOf(booked)['Lawn']).toMatchObject({ numBooked: 3, status: 'free' })
  expect(verdictOf(await best({ number: 118 }))).toBe(NOT_FOUND)
  expect(labelsOf(await best({ number: 117 })).split(' ')).toHaveLength(117)
  expect(await info('Lawn')).toMatchObject({ numBooked: 120, status: 'booked' })
  expect(verdictOf(await best({ number: 1 }))).toBe(NOT_FOUND)
})

test('of an area the places of the channels that are opened are taken, and no more', async () => {
  const plane = { focalPoint: { x: 0, y: 0 }, generalAdmissionAreas: [drawArea('Lawn', 10)] }
  const { api, best, info } = await open(drawChart(plane))
  const fans = { key: 'fans', name: 'Fans', color: '#000', areaPlaces: { Lawn: 4 } }
  await api('POST /events/gala/channels', fans)
  expect(verdictOf(await best({ number: 7 }))).toBe(NOT_FOUND)
  expect(verdictOf(await best({ number: 5 }, { channelKeys: ['fans'] }))).toBe(NOT_FOUND)
  expect(verdictOf(await best({ number: 4 }, { channelKeys: ['fans'] }))).toBe('200')
  expect(verdictOf(await best({ number: 6 }))).toBe('200')
  expect(await info('Lawn')).toMatchObject({ numBooked: 10 })
})

test('booths, tables and areas as a whole are taken as one object each, and are in the way of their seats', async () => {
  const plane = {
    focalPoint: { x: 0, y: 0 },
    booths: [drawBooth('B1')],
    tables: [drawTable('T', 2, { bookAsAWhole: true }), drawTable('U', 2, { bookAsAWhole: true })],
    generalAdmissionAreas: [drawArea('Tent', 4, { bookAsAWhole: true })],
  }
  const { best, statuses, api } = await open(drawChart(plane))
  const one = await best({ number: 4, ticketTypes: ['a', 'b', 'c', 'd'] })
  expect(one.body).toMatchObject({ objects: ['Tent'], objectDetails: { Tent: { numBooked: 4 } } })
  expect(labelsOf(await best({ number: 2 }))).toBe('T U')
  const booth = await best({ number: 1 })
  expect(booth.body).toMatchObject({ objects: ['B1'] })
  expect(booth.body).not.toHaveProperty('nextToEachOther')
  expect(await statuses(['Tent', 'T', 'U', 'B1'])).toEqual(['booked', 'booked', 'booked', 'booked'])
  await api('POST /events/gala', { tableBookingConfig: { mode: 'ALL_BY_SEAT' } })
  expect(verdictOf(await best({ number: 1 }))).toBe(NOT_FOUND)
})

test('a chart without any focal point is told', async () => {
  const { best } = await open(rowDrawing({ focalPoint: null }))
  const refused = await best({ number: 1 })
  expect(verdictOf(refused)).toBe('400 GENERAL_ERROR')
  expect(errorOf(refused)['message']).toMatch(/no focal point/)
})

test.each([
  [{ objects: ['A-1'], bestAvailable: { number: 1 } }, /^#\/bestAvailable: not together/],
  [{}, /^#: required key \[objects\] not found/],
  [{ bestAvailable: {} }, /^#\/bestAvailable: required key \[number\] not found/],
  [{ bestAvailable: { number: 0 } }, /^#\/bestAvailable\/number: /],
  [
    { bestAvailable: { number: 10_001 } },
    /^#\/bestAvailable\/number: 10001 is not less or equal to 10000/,
  ],
  [{ bestAvailable: { number: 1.5 } }, /^#\/bestAvailable\/number: /],
  [{ bestAvailable: { number: 2, ticketTypes: ['a'] } }, /^#\/bestAvailable\/ticketTypes: /],
  [{ bestAvailable: { number: 1, ticketTypes: ['a', 'b'] } }, /^#\/bestAvailable\/ticketTypes: /],
  [{ bestAvailable: { number: 2, extraData: [{}] } }, /^#\/bestAvailable\/extraData: /],
  [{ bestAvailable: { number: 1, extraData: ['x'] } }, /^#\/bestAvailable\/extraData\/0: /],
  [{ bestAvailable: { number: 1, accessibleSeats: 2 } }, /^#\/bestAvailable\/accessibleSeats: /],
  [{ bestAvailable: { number: 1, accessibleSeats: -1 } }, /^#\/bestAvailable\/accessibleSeats: /],
  [{ bestAvailable: { number: 1, categories: [true] } }, /^#\/bestAvailable\/categories\/0: /],
  [
    { bestAvailable: { number: 1 }, channelKeys: ['x'], ignoreChannels: true },
    /^#\/ignoreChannels/,
  ],
])('%j is refused: %s', async (body, message) => {
  const { api, lines } = await open()
  for (const action of ['book', 'hold', 'change-object-status']) {
    const status = action === 'change-object-status' ? { status: 'x' } : {}
    const refused = await api(`POST /events/gala/actions/${action}` as const, {
      ...body,
      ...status,
    })
    expect(verdictOf(refused)).toBe('400 GENERAL_ERROR')
    expect(errorOf(refused)['message']).toMatch(message)
  }
  expect(await lines()).toEqual([])
})

test('release, resale, groups and batches take no best available', async () => {
  const { api, batch } = await open()
  const body = { bestAvailable: { number: 1 } }
  for (const path of [
    'POST /events/gala/actions/release',
    'POST /events/gala/actions/put-up-for-resale',
    'POST /events/groups/actions/book',
    'POST /events/groups/actions/change-object-status',
  ] as const) {
    const refused = await api(path, { events: ['gala'], status: 'x', ...body })
    expect(verdictOf(refused)).toBe('400 GENERAL_ERROR')
    expect(errorOf(refused)['message']).toMatch(/bestAvailable: not a field/)
  }
  const refused = await batch({ event: 'gala', status: 'x', ...body })
  expect(errorOf(refused)['message']).toMatch(/^#\/statusChanges\/0\/bestAvailable/)
})

test('a repeat with the same idempotency key gets the same seats', async () => {
  const { api } = await open()
  const key = { headers: ['Idempotency-Key', 'once'] }
  const book = (number: number) =>
    api('POST /events/gala/actions/book', { bestAvailable: { number } }, key)
  const [first, second] = [await book(2), await book(2)]
  expect(labelsOf(first)).toBe('A-5 A-6')
  expect(second.body).toEqual(first.body)
  expect((await book(3)).status).toBe(422)
})

test('seats with accessible ones among them are told as they are', async () => {
  const rows = [drawRow('A', [drawSeat('1', { accessible: true }), drawSeat('2', { x: 21 })])]
  const { best } = await open(drawChart({ focalPoint: { x: 0, y: 0 }, rows }))
  expect(verdictOf(await best({ number: 2 }))).toBe(NOT_FOUND)
  const booked = await best({ number: 2, accessibleSeats: 1 })
  expect(detailsOf(booked)['A-1']).toMatchObject({ isAccessible: true, status: 'booked' })
})
