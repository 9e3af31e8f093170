import { expect, test } from 'vitest'
import { drawArea, rowDrawing } from '../../../support/drawings.ts'
import { places } from '../../../support/area-scene.ts'
import { openSeatsioScene, verdictOf } from '../../../support/seatsio-scene.ts'
import { openTold } from '../../../support/told.ts'

const labels = ['North', 'South']

/** A hall with two areas of the most blocks: one order that plans both is more than one transaction. */
const hall = rowDrawing({
  plane: { generalAdmissionAreas: labels.map((label) => drawArea(label, 3_200)) },
})

test('an order that plans two large areas is one large commit, whose places are told, expire and are sold once', async () => {
  const scene = await openSeatsioScene(hall)
  const { api, change, info, token, calls, clock } = scene
  const told = await openTold(scene)
  await told.relay()
  told.forget()
  const areaPlaces = { North: 100, South: 100 }
  await api('POST /events/gala/actions/mark-as-not-for-sale', { areaPlaces })
  const holdToken = await token(1)
  const objects = ['A-1', ...labels.map((label) => places(label, 3_100))]
  calls.clear()
  const hold = await change({ objects, status: 'reservedByToken', holdToken })
  expect(verdictOf(hold)).toBe('200')
  expect(calls.count().items).toBeGreaterThan(100)
  const more = await change({ objects: [places('North', 1)], status: 'booked' })
  expect(verdictOf(more)).toBe('400 NOT_ENOUGH_PLACES')
  await told.relay()
  const sumOf = (type: string) =>
    told
      .notices()
      .filter((notice) => notice.type === type && notice.objectLabel === 'North')
      .reduce((sum, { quantity = 0 }) => sum + quantity, 0)
  expect(sumOf('seat.held')).toBe(3_100)
  clock.advance(60_000)
  await told.fire()
  await told.relay()
  expect(sumOf('seat.hold_expired')).toBe(3_100)
  const ids = told.notices().map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const label of labels)
    expect(await info(label)).toMatchObject({ numHeld: 0, numFree: 3_200 })
  const rest = labels.map((label) => places(label, 3_100))
  expect(verdictOf(await change({ objects: rest, status: 'booked' }))).toBe('200')
  expect(await info('South')).toMatchObject({ numBooked: 3_100, isAvailable: false })
})
