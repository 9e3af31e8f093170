import { describe, expect, test } from 'vitest'
import { drawArea, rowDrawing } from '../../support/drawings.ts'
import { openAreas, places, type AreaScene } from '../../support/area-scene.ts'
import { openSeatsioScene, verdictOf } from '../../support/seatsio-scene.ts'

const path = (action: string) => `POST /events/gala/actions/${action}` as const

/** A scene whose process has seen the event and the key, so that only the change itself is counted. */
async function openWarm(): Promise<AreaScene & { holdToken: string }> {
  const scene = await openAreas(10, 3_200)
  const holdToken = await scene.token()
  await scene.statuses(['A-1'])
  scene.calls.clear()
  return { ...scene, holdToken }
}

describe.each([1, 8])('%i places of an area on a quiet event', (n) => {
  const objects = [places('Field', n)]

  test('are held by one read, and one transaction of block, history, hold entry and token', async () => {
    const { api, calls, holdToken } = await openWarm()
    expect(verdictOf(await api(path('hold'), { objects, holdToken }))).toBe('204')
    expect(calls.count()).toEqual({ reads: 1, writes: 1, items: 4, writeUnits: 8 })
  })

  test('are booked and let go by one read, and one transaction of block and history each', async () => {
    const { api, calls, holdToken } = await openWarm()
    await api(path('hold'), { objects, holdToken })
    for (const action of ['book', 'release']) {
      calls.clear()
      const token = action === 'book' ? { holdToken } : {}
      expect(verdictOf(await api(path(action), { objects, ...token }))).toBe('204')
      // Who names no token may have to look for booked places in all blocks.
      const reads = action === 'book' ? 1 : 2
      expect(calls.count()).toEqual({ reads, writes: 1, items: 2, writeUnits: 4 })
    }
  })

  test('are booked at once by one read and one transaction of two items', async () => {
    const { api, calls } = await openWarm()
    expect(verdictOf(await api(path('book'), { objects }))).toBe('204')
    expect(calls.count()).toEqual({ reads: 1, writes: 1, items: 2, writeUnits: 4 })
  })
})

test('an order that its block cannot serve reads the others once, and writes one where one has enough', async () => {
  const { api, calls, holdToken } = await openWarm()
  await api(path('hold'), { objects: [places('Field', 45)], holdToken })
  calls.clear()
  expect(verdictOf(await api(path('hold'), { objects: [places('Field', 8)], holdToken }))).toBe(
    '204',
  )
  expect(calls.count()).toMatchObject({ reads: 2, writes: 1, items: 4 })
})

test.each([
  ['Lawn', 10, 1],
  ['Field', 3_200, 2],
])(
  '%s of %i places refuses, once it is sold out, by %i read(s) and no write',
  async (label, all, reads) => {
    const { api, book, calls } = await openWarm()
    expect(verdictOf(await book([places(label, all)]))).toBe('200')
    calls.clear()
    expect(verdictOf(await api(path('book'), { objects: [label] }))).toBe('400 NOT_ENOUGH_PLACES')
    expect(calls.count()).toMatchObject({ reads, writes: 0 })
  },
)

test('the first order after places were given to a channel writes the plan and all blocks besides, the next no more than ever', async () => {
  const { api, channels, calls, statuses } = await openWarm()
  await channels({ sponsors: 3 })
  await statuses(['A-1'])
  calls.clear()
  expect(verdictOf(await api(path('book'), { objects: ['Lawn'] }))).toBe('204')
  expect(calls.count()).toMatchObject({ reads: 1, writes: 1, items: 3 })
  calls.clear()
  expect(verdictOf(await api(path('book'), { objects: ['Lawn'] }))).toBe('204')
  expect(calls.count()).toMatchObject({ reads: 1, writes: 1, items: 2 })
})

test('an area of the most blocks is planned in one transaction with the order', async () => {
  const { api, calls, holdToken } = await openWarm()
  const body = { forSale: false, areaPlaces: { Field: 5 } }
  await api(path('mark-as-not-for-sale'), body)
  calls.clear()
  const objects = ['A-1', places('Field', 3)]
  expect(verdictOf(await api(path('hold'), { objects, holdToken }))).toBe('204')
  // Plan and 64 blocks; the seat; history, hold entry and token.
  expect(calls.count()).toMatchObject({ writes: 1, items: 1 + 64 + 1 + 3 })
})

test('an event on a chart with 50 areas is created with the very items of one without', async () => {
  const { api, calls } = await openSeatsioScene()
  const areas = Array.from({ length: 50 }, (_, index) => drawArea(`Area ${index}`, 500))
  const plain = rowDrawing({ seatsPerRow: 10 })
  const drawn = rowDrawing({ seatsPerRow: 10, plane: { generalAdmissionAreas: areas } })
  const created: object[] = []
  for (const [chartKey, drawing] of Object.entries({ plain, drawn })) {
    await api(`POST /system/public/charts/${chartKey}`, drawing)
    await api('POST /events', { chartKey, eventKey: `first-of-${chartKey}` })
    calls.clear()
    expect((await api('POST /events', { chartKey, eventKey: `of-${chartKey}` })).status).toBe(200)
    const { writes, items, writeUnits } = calls.count()
    created.push({ writes, items, writeUnits })
  }
  expect(created[1]).toEqual(created[0])
})
