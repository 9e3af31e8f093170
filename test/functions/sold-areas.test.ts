import { expect, test } from 'vitest'
import { drawArea, rowDrawing } from '../support/drawings.ts'
import { errorOf, openSeatsioScene } from '../support/seatsio-scene.ts'

// What a drawing takes from places of areas that are sold one by one.

const IMPORT = 'POST /system/public/charts/hall'

const lawnOf = (capacity: number, more: object = {}) =>
  rowDrawing({ plane: { generalAdmissionAreas: [drawArea('Lawn', capacity, { ...more })] } })

/** Of a lawn of 120 places, 7 are booked and 3 held; in another event 5 were held until now. */
async function openLawnSold() {
  const scene = await openSeatsioScene(lawnOf(120))
  const { api, clock } = scene
  const places = (quantity: number) => [{ objectId: 'Lawn', quantity }]
  const hold = async (eventKey: string, quantity: number, minutes: number) => {
    const body = { objects: places(quantity), holdToken: await scene.token(minutes) }
    expect((await api(`POST /events/${eventKey}/actions/hold`, body)).status).toBe(204)
  }
  await hold('ball', 5, 10)
  clock.advance(10 * 60_000)
  await hold('gala', 3, 20)
  await api('POST /events/gala/actions/book', { objects: places(7) })
  const taken = async (drawing: object) => {
    const { body } = await api(`${IMPORT}?dryRun=true`, drawing)
    return body?.['soldObjects']
  }
  return { ...scene, taken }
}

const none = { vanishing: 0, changingCategory: 0, exceedingCapacity: 0 }
const lawn = { label: 'Lawn', status: 'booked', quantity: 10, categoryKey: '1' }

/** What is told of the one event in which places are taken at this moment. */
const ofGala = (counts: Partial<typeof none>, object: object) => ({
  ...{ ...none, ...counts, eventsUnread: 0 },
  events: [{ eventKey: 'gala', ...none, ...counts, objects: [{ ...lawn, ...object }] }],
})

test('an area that goes is told with the places that are held and booked of it at that moment', async () => {
  const { taken } = await openLawnSold()
  const gone = ofGala({ vanishing: 1 }, { effect: 'vanishes' })
  expect(await taken(rowDrawing())).toEqual(gone)
  expect(await taken(lawnOf(120, { bookAsAWhole: true }))).toEqual(gone)
})

test('so is one that gets another category', async () => {
  const { taken } = await openLawnSold()
  const other = await taken(lawnOf(120, { categoryKey: 'lounge' }))
  const effect = { effect: 'changesCategory', newCategoryKey: 'lounge' }
  expect(other).toEqual(ofGala({ changingCategory: 1 }, effect))
})

test('and one that has fewer places than are sold, which as many as are sold are not', async () => {
  const { taken } = await openLawnSold()
  const effect = { effect: 'exceedsCapacity', newCategoryKey: '1' }
  expect(await taken(lawnOf(9))).toEqual(ofGala({ exceedingCapacity: 1 }, effect))
  for (const capacity of [10, 11, 300]) {
    expect(await taken(lawnOf(capacity))).toEqual({ ...none, eventsUnread: 0, events: [] })
  }
})

test('it is refused where nothing sold is to be touched, and sold on where it is done all the same', async () => {
  const { api } = await openLawnSold()
  const refused = await api(`${IMPORT}?ifUnsold=true`, lawnOf(9))
  expect(errorOf(refused)).toMatchObject({
    message: expect.stringContaining(
      'Lawn of gala would have fewer places than are sold',
    ) as string,
  })
  expect((await api(`${IMPORT}?ifUnsold=true`, lawnOf(10))).status).toBe(201)
  expect((await api(IMPORT, lawnOf(9))).status).toBe(201)
  // That more are sold than there are is no news to the next one, unless they become fewer still.
  expect((await api(`${IMPORT}?ifUnsold=true`, lawnOf(9, { entrance: 'Door 3' }))).status).toBe(201)
  expect((await api(`${IMPORT}?ifUnsold=true`, lawnOf(8))).status).toBe(400)
})
