import { expect, test } from 'vitest'
import { drawArea, drawChart, drawRow, drawSeats, rowDrawing } from '../../../support/drawings.ts'
import { seatsioOver, type SeatsioAnswer } from '../../../support/seatsio.ts'
import { errorOf, openSeatsioScene, verdictOf } from '../../../support/seatsio-scene.ts'

// What the best available seats cost to find, and what becomes of changes since the event was read for everybody who polls it.

const READS = new Set(['GetItem', 'BatchGetItem', 'Query'])

/** A scene where this process has seen the event, and another one sells. */
async function openSeen(drawing: object = rowDrawing({ rows: 1, seatsPerRow: 5 })) {
  const scene = await openSeatsioScene(drawing)
  const other = seatsioOver(scene.freshRuntime())
  const best = (bestAvailable: object, more: object = {}) =>
    scene.api('POST /events/gala/actions/book', { bestAvailable, ...more })
  await scene.api('POST /events/gala/actions/hold', {
    bestAvailable: { number: 1 },
    holdToken: await scene.token(1),
  })
  scene.clock.advance(60_000)
  const otherwise = (action: string, body: object) =>
    other(`POST /events/gala/actions/${action}` as const, body)
  const choice = async (bestAvailable: object, more: object = {}) =>
    labelsOf(await best(bestAvailable, more))
  scene.calls.clear()
  return { ...scene, best, choice, otherwise }
}

function labelsOf({ body }: SeatsioAnswer): string {
  return ((body?.['objects'] ?? []) as string[]).join(' ')
}

test('a request reads the snapshot and the rows of its seats, however much of the hall is sold', async () => {
  const rows = Array.from({ length: 40 }, (_, row) =>
    drawRow(`R${row}`, drawSeats(60, { y: 60 + row * 30 })),
  )
  const { otherwise, best, calls, clock } = await openSeen(
    drawChart({ focalPoint: { x: 630, y: 0 }, rows }),
  )
  const half = rows.slice(0, 16).flatMap(({ label }) => namesIn(String(label), 60))
  await otherwise('book', { objects: half })
  const readsOf = async () => {
    clock.advance(60_000)
    calls.clear()
    expect((await best({ number: 4 })).status).toBe(200)
    return calls.all.filter(({ operation }) => READS.has(operation))
  }
  const first = await readsOf()
  expect(unitsOf(first)).toBeGreaterThan(40)
  calls.clear()
  clock.advance(1_000)
  expect((await best({ number: 4 })).status).toBe(200)
  const reads = calls.all.filter(({ operation }) => READS.has(operation))
  // The revision; what polls read; the revision and the rows.
  expect(reads.map(({ units }) => units)).toEqual([1, 0.5, 1 + 4])
})

function namesIn(row: string, seats: number): string[] {
  return Array.from({ length: seats }, (_, seat) => `${row}-${seat + 1}`)
}

function unitsOf(reads: readonly { readonly units: number }[]): number {
  return reads.reduce((sum, { units }) => sum + units, 0)
}

test('what others sold since is left out, and the next best is taken', async () => {
  const { otherwise, choice } = await openSeen()
  await otherwise('book', { objects: ['A-3'] })
  expect(await choice({ number: 1 })).toBe('A-2')
  await otherwise('book', { objects: ['A-5'] })
  expect(await choice({ number: 2 })).toBe('A-1 A-4')
})

test('what this process sold is left out at once', async () => {
  const { best, choice, calls } = await openSeen()
  expect(await choice({ number: 1 })).toBe('A-3')
  calls.clear()
  expect(labelsOf(await best({ number: 1 }))).toBe('A-2')
  expect(calls.all.filter(({ operation }) => READS.has(operation))).toHaveLength(2)
})

test('nobody is refused by what was seen late: before that all rows are read', async () => {
  const { otherwise, choice, best } = await openSeen()
  await otherwise('book', { objects: ['A-1', 'A-2', 'A-3', 'A-4', 'A-5'] })
  expect(verdictOf(await best({ number: 1 }))).toBe('400 BEST_AVAILABLE_OBJECTS_NOT_FOUND')
  await otherwise('release', { objects: ['A-2', 'A-3', 'A-4'] })
  expect(await choice({ number: 3 })).toBe('A-2 A-3 A-4')
})

test('held seats are free from the millisecond on when their hold ends', async () => {
  const { api, token, clock, choice, otherwise } = await openSeen()
  await otherwise('book', { objects: ['A-1', 'A-2', 'A-4', 'A-5'] })
  const holdToken = await token(1)
  await api('POST /events/gala/actions/hold', { objects: ['A-3'], holdToken })
  clock.advance(59_999)
  expect(await choice({ number: 1 })).toBe('')
  clock.advance(1)
  expect(await choice({ number: 1 })).toBe('A-3')
})

test('channels, sale rules and categories count as they are by now', async () => {
  const { api, choice } = await openSeen()
  await api('POST /events/gala/channels', { key: 'fans', name: 'Fans', color: '#000' })
  await api('POST /events/gala/channels/fans/objects', { objects: ['A-3'] })
  await api('POST /events/gala/actions/mark-as-not-for-sale', { objects: ['A-1', 'A-2'] })
  expect(await choice({ number: 1 })).toBe('A-4')
  expect(await choice({ number: 1 }, { channelKeys: ['fans'] })).toBe('A-3')
  await api('POST /events/gala/actions/mark-everything-as-for-sale')
  expect(await choice({ number: 2 })).toBe('A-1 A-2')
})

test('of a chart that was published anew the new seats are chosen', async () => {
  const { api, choice } = await openSeen()
  await api('POST /system/public/charts/hall', rowDrawing({ rows: 1, seatsPerRow: 9 }))
  expect((await choice({ number: 9 })).split(' ')).toHaveLength(9)
})

test('places of areas are counted by channel as they were seen, and where channels have changed since as they are', async () => {
  const areas = [drawArea('Lawn', 10), drawArea('Meadow', 30, { center: { x: 2_000, y: 2_000 } })]
  const { api, choice, otherwise, info } = await openSeen(
    drawChart({ focalPoint: { x: 0, y: 0 }, generalAdmissionAreas: areas }),
  )
  await otherwise('book', { objects: [{ objectId: 'Lawn', quantity: 4 }] })
  // Seen as empty still: the rows say no, and the other area is taken.
  expect(await choice({ number: 7 })).toBe(Array(7).fill('Meadow').join(' '))
  const fans = { key: 'fans', name: 'Fans', color: '#000', areaPlaces: { Lawn: 3 } }
  await api('POST /events/gala/channels', fans)
  expect(await choice({ number: 4 })).toBe(Array(4).fill('Meadow').join(' '))
  expect(await choice({ number: 3 }, { channelKeys: ['fans'] })).toBe('Lawn Lawn Lawn')
  expect(await choice({ number: 3 })).toBe('Lawn Lawn Lawn')
  expect(await info('Lawn')).toMatchObject({ numBooked: 10 })
})

test('more seats than one request may take are refused with the field and the limit, unless one area has them', async () => {
  const areas = [drawArea('Field', 1_001)]
  const { best, choice } = await openSeen(
    drawChart({ focalPoint: { x: 0, y: 0 }, generalAdmissionAreas: areas }),
  )
  expect((await choice({ number: 1_001 })).split(' ')).toHaveLength(1_001)
  const refused = await best({ number: 1_001 })
  expect(verdictOf(refused)).toBe('400 GENERAL_ERROR')
  expect(errorOf(refused)['message']).toBe(
    '#/bestAvailable/number: 1001 is not less or equal to 1000, and no area has so many places left',
  )
  expect(verdictOf(await best({ number: 1_000 }))).toBe('400 BEST_AVAILABLE_OBJECTS_NOT_FOUND')
  expect(verdictOf(await best({ number: 10_000 }))).toBe('400 GENERAL_ERROR')
})
