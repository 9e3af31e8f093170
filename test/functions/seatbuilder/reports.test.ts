import { expect, test } from 'vitest'
import { drawChart, drawRow, drawSeats } from '../../support/drawings.ts'
import { openScene, OTHER_TOKEN, TOKEN } from '../../support/scene.ts'

const mixed = drawChart({
  rows: [
    drawRow('A', drawSeats(4, { categoryKey: 1 })),
    drawRow('B', drawSeats(4, { categoryKey: 'lounge' })),
    drawRow('C', drawSeats(4, { categoryKey: null })),
  ],
})

test('reports count by status and by category, and leave lapsed holds out', async () => {
  const { api, seats, eventKey, clock } = await openScene(mixed)
  const reports = async () => (await api(`GET /api/v1/events/${eventKey}/reports`)).body
  expect(await reports()).toEqual({ eventKey, byStatus: { held: 0, booked: 0 }, byCategory: [] })
  const hold = (objectLabels: string[], holdToken: string, ttlSeconds: number) =>
    api(`POST ${seats}/hold`, { objectLabels, holdToken, ttlSeconds })
  await hold(['A-1', 'A-2', 'B-1', 'C-1'], TOKEN, 900)
  await hold(['A-3', 'C-2', 'C-3'], OTHER_TOKEN, 1)
  await api(`POST ${seats}/book`, { objectLabels: ['A-1', 'B-1'], holdToken: TOKEN })
  expect((await reports())['byStatus']).toEqual({ held: 5, booked: 2 })
  clock.advance(1_000)
  expect(await reports()).toEqual({
    eventKey,
    byStatus: { held: 2, booked: 2 },
    byCategory: [
      { status: 'booked', categoryKey: '1', count: 1 },
      { status: 'held', categoryKey: '1', count: 1 },
      { status: 'booked', categoryKey: 'lounge', count: 1 },
      { status: 'held', categoryKey: null, count: 1 },
    ],
  })
})

test('reports of an unknown event are not found', async () => {
  const { api } = await openScene()
  expect((await api('GET /api/v1/events/none/reports')).status).toBe(404)
})
