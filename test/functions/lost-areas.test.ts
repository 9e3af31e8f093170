import { expect, test } from 'vitest'
import { apiOver } from '../support/api.ts'
import { drawArea, rowDrawing } from '../support/drawings.ts'
import { openHoldfast } from '../support/holdfast.ts'
import { seatsioOver } from '../support/seatsio.ts'
import { errorOf, verdictOf } from '../support/seatsio-scene.ts'

const without = rowDrawing()
const withAreas = (labels: readonly string[], capacity = 120) =>
  rowDrawing({
    plane: { generalAdmissionAreas: labels.map((label) => drawArea(label, capacity)) },
  })

const TOKEN = 'basket-of-ada'

/** An event that begins with a lawn of 120 places, and gets a beach later. */
async function open() {
  const holdfast = await openHoldfast()
  const [api, native] = [seatsioOver(holdfast.runtime), apiOver(holdfast.runtime)]
  const draw = (drawing: object) => api('POST /system/public/charts/hall', drawing)
  await draw(withAreas(['Lawn']))
  await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
  await draw(withAreas(['Lawn', 'Beach']))
  const change = (action: string, places: readonly [label: string, count: number], more = {}) => {
    const [objectId, quantity] = places
    const body = { objects: [{ objectId, quantity }], ...more }
    return api(`POST /events/gala/actions/${action}`, body)
  }
  const info = async (label: string) => {
    const { body } = await api(`GET /events/gala/objects?label=${label}`)
    return body?.[label] as Record<string, unknown> | undefined
  }
  const hold = (objectLabel: string, quantity: number) =>
    native('POST /api/v1/events/gala/seats/hold', {
      ...{ objectLabel, objectType: 'generalAdmission', quantity, holdToken: TOKEN },
    })
  const basket = (verb: 'book' | 'release', label: string) =>
    native(`POST /api/v1/events/gala/seats/${verb}`, { objectLabels: [label], holdToken: TOKEN })
  return { ...holdfast, api, native, draw, change, info, hold, basket }
}

test.each(['Lawn', 'Beach'])(
  'what is sold of an area that the chart lost is told, and can be given back and not sold: %s',
  async (label) => {
    const { draw, change, info } = await open()
    await change('book', [label, 100], { orderId: 'o-1' })
    await draw(without)
    expect(await info(label)).toMatchObject({
      ...{ label, status: 'booked', orderId: 'o-1', isPresentOnChart: false },
      ...{ isAvailable: false, forSale: false },
    })
    for (const action of ['book', 'put-up-for-resale']) {
      const refused = await change(action, [label, 1], { status: 'x' })
      expect(verdictOf(refused)).toBe(action === 'book' ? '404 OBJECT_NOT_FOUND' : '204')
    }
    expect(verdictOf(await change('release', [label, 98]))).toBe('204')
    expect(verdictOf(await change('release', [label, 2]))).toBe('400 NOT_ENOUGH_PLACES')
    expect(await info(label)).toMatchObject({ isPresentOnChart: false })
    expect(verdictOf(await change('release', [label, 1]))).toBe('204')
    // Nothing is left of it.
    expect(await info(label)).toBeUndefined()
    expect(verdictOf(await change('release', [label, 1]))).toBe('404 OBJECT_NOT_FOUND')
  },
)

test('an area that comes back has what was sold of it, and the rest', async () => {
  const { draw, change, info } = await open()
  await change('book', ['Lawn', 100])
  await draw(without)
  await change('release', ['Lawn', 60])
  await draw(withAreas(['Lawn'], 50))
  expect(await info('Lawn')).toMatchObject({ numBooked: 40, numFree: 10, status: 'free' })
  expect(verdictOf(await change('book', ['Lawn', 11]))).toBe('400 NOT_ENOUGH_PLACES')
  expect(verdictOf(await change('book', ['Lawn', 10]))).toBe('204')
})

test('a basket with places of a lost area is paid or given up as one with a lost seat is', async () => {
  const { draw, hold, basket, info, change, api } = await open()
  await hold('Lawn', 3)
  await hold('Beach', 2)
  await draw(without)
  expect(await info('Lawn')).toMatchObject({ status: 'reservedByToken', isPresentOnChart: false })
  const paid = await basket('book', 'Lawn')
  expect(paid.body).toMatchObject({ booked: [{ objectLabel: 'Lawn', quantity: 3 }] })
  expect((await basket('release', 'Beach')).status).toBe(200)
  expect(await info('Beach')).toBeUndefined()
  const annotated = await api('POST /events/gala/objects/Lawn/actions/update-extra-data', {
    extraData: { gate: 1 },
  })
  expect(verdictOf(annotated)).toBe('404 OBJECT_NOT_FOUND')
  const booked = await change('book', ['Lawn', 1], { allowedPreviousStatuses: ['free'] })
  expect(errorOf(booked)['code']).toBe('OBJECT_NOT_FOUND')
})

test('what was never an area is unknown as before, at the cost of one read', async () => {
  const { info, change, calls } = await open()
  expect(await info('Nowhere')).toBeUndefined()
  calls.clear()
  expect(verdictOf(await change('release', ['Nowhere', 1]))).toBe('404 OBJECT_NOT_FOUND')
  expect(calls.count()).toMatchObject({ reads: 1, writes: 0 })
})

/** The lawn, sold as a whole. */
const asAWhole = rowDrawing({
  plane: { generalAdmissionAreas: [{ ...drawArea('Lawn', 120), bookAsAWhole: true }] },
})

test('an area that is sold as a whole by now is not sold while places of it are: each is sold once', async () => {
  const { draw, change, info, hold } = await open()
  await change('book', ['Lawn', 2])
  await draw(asAWhole)
  expect(await info('Lawn')).toMatchObject({
    ...{ status: 'booked', isAvailable: false, bookAsAWhole: true },
    ...{ numBooked: 2, capacity: 120 },
  })
  expect(verdictOf(await change('book', ['Lawn', 1]))).toBe('400 ILLEGAL_STATUS_CHANGE')
  expect((await hold('Lawn', 1)).body).toMatchObject({
    failed: [{ objectLabel: 'Lawn', reason: 'booked' }],
  })
  expect(verdictOf(await change('release', ['Lawn', 2]))).toBe('204')
  expect(await info('Lawn')).toMatchObject({ status: 'free', isAvailable: true, numBooked: 0 })
  expect(verdictOf(await change('book', ['Lawn', 1]))).toBe('204')
  expect(await info('Lawn')).toMatchObject({ status: 'booked', numBooked: 120 })
  // And the reverse: as long as somebody has all of it, no place is sold.
  await draw(withAreas(['Lawn']))
  expect(verdictOf(await change('book', ['Lawn', 1]))).toBe('400 ILLEGAL_STATUS_CHANGE')
  expect(verdictOf(await change('release', ['Lawn', 1]))).toBe('204')
  expect(verdictOf(await change('book', ['Lawn', 120]))).toBe('204')
})

test('what is in its way is told by its status: in refusals, to what a request asks of the status before, and on the other surface', async () => {
  const { draw, change, hold } = await open()
  await hold('Lawn', 2)
  await draw(asAWhole)
  const says = async (action: string, more: object = {}) =>
    errorOf(await change(action, ['Lawn', 1], more))['message']
  const no = 'Cannot change from [reservedByToken] to'
  expect(await says('book')).toBe(`${no} [booked]: Lawn is not free`)
  const [status, word] = ['x', 'reservedByToken']
  const to = (more: object) => says('change-object-status', { status, ...more })
  expect(await to({ allowedPreviousStatuses: ['free'] })).toBe(
    `${no} [x]: ${word} is not in the list of allowed previous statuses`,
  )
  expect(await to({ rejectedPreviousStatuses: [word] })).toBe(
    `${no} [x]: ${word} is in the list of rejected previous statuses`,
  )
  expect((await hold('Lawn', 1)).body).toMatchObject({ failed: [{ reason: 'held' }] })
})

test('an area that was taken as a whole has all fields of an area while it is sold by its places again', async () => {
  const { draw, change, info } = await open()
  await draw(asAWhole)
  await change('book', ['Lawn', 1])
  await draw(withAreas(['Lawn'], 100))
  expect(await info('Lawn')).toMatchObject({
    ...{ status: 'booked', areaType: 'generalAdmission', bookAsAWhole: false, holds: {} },
    ...{ capacity: 100, numBooked: 100, numHeld: 0, numFree: 0, numNotForSale: 0 },
    ...{ variableOccupancy: false, minOccupancy: 1 },
  })
})
