import { describe, expect, test } from 'vitest'
import {
  boxInView,
  centreOn,
  constrainView,
  fitView,
  limitsOf,
  soundBox,
  toDrawing,
} from '../../../web/picture/view.ts'
import { viewDuring } from '../../../web/picture/flight.ts'

const size = { width: 1000, height: 700 }
const hall = { minX: -500, minY: 100, maxX: 9_500, maxY: 2_100 }

test('a hall is seen as a whole, in the middle, from the beginning', () => {
  const view = fitView(hall, size, limitsOf(hall, size, 16))
  const seen = boxInView(view, size)
  expect(seen.minX).toBeLessThanOrEqual(hall.minX)
  expect(seen.maxX).toBeGreaterThanOrEqual(hall.maxX)
  expect((seen.minX + seen.maxX) / 2).toBeCloseTo(4_500)
  expect((seen.minY + seen.maxY) / 2).toBeCloseTo(1_100)
})

test('one zooms from the whole floor to seats of 40 pixels, and a hall of few seats is not blown up', () => {
  const { min, max } = limitsOf(hall, size, 16)
  expect(min).toBeCloseTo(960 / 10_000)
  expect(16 * max).toBeCloseTo(40)
  const small = limitsOf({ minX: 0, minY: 0, maxX: 60, maxY: 20 }, size, 16)
  expect(small).toEqual({ min: 2.5, max: 2.5 })
})

describe('a view is kept to the hall', () => {
  test('what is smaller than the view stays in the middle', () => {
    const view = constrainView({ k: 0.05, x: 900, y: -3_000 }, size, hall)
    expect(toDrawing(view, { x: 500, y: 350 })).toEqual({ x: 4_500, y: 1_100 })
  })

  test('what is larger may be moved until its edge is a third into the view, and no further', () => {
    const far = constrainView({ k: 1, x: 1e6, y: 1e6 }, size, hall)
    expect(hall.minX * far.k + far.x).toBeCloseTo(320)
    const near = constrainView({ k: 1, x: -4_000, y: -1_000 }, size, hall)
    expect(near).toEqual({ k: 1, x: -4_000, y: -1_000 })
  })
})

test('a drawing at 10^9 is seen like one at 0', () => {
  const far = { minX: 1e9, minY: -1e9, maxX: 1e9 + 400, maxY: -1e9 + 200 }
  const view = fitView(far, size, limitsOf(far, size, 16))
  expect(toDrawing(view, { x: 500, y: 350 }).x - 1e9).toBeCloseTo(200, 3)
  expect(1e9 * view.k + view.x).toBeCloseTo(20, 3)
})

test.each([
  { box: { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity } },
  { box: { minX: Number.NaN, minY: 0, maxX: 10, maxY: 10 } },
  { box: { minX: 5, minY: 5, maxX: 5, maxY: 5 } },
])('a floor without extent is a place like another: $box', ({ box }) => {
  const sound = soundBox(box)
  const { k, x, y } = fitView(sound, size, limitsOf(sound, size, 16))
  expect([k, x, y].every((it) => Number.isFinite(it))).toBe(true)
  expect(k).toBeGreaterThan(0)
})

test('a flight ends exactly where it was meant to, and what stays in place stays there on the way', () => {
  const from = centreOn({ x: 100, y: 100 }, size, 1)
  // Around the pixel at 200, 300.
  const at = toDrawing(from, { x: 200, y: 300 })
  const to = { k: 4, x: 200 - 4 * at.x, y: 300 - 4 * at.y }
  const flight = { from, to, startedAt: 1_000 }
  expect(viewDuring(flight, 1_000)).toEqual(from)
  const between = viewDuring(flight, 1_100)
  expect(between.k).toBeGreaterThan(1)
  expect(toDrawing(between, { x: 200, y: 300 }).x).toBeCloseTo(at.x)
  expect(viewDuring(flight, 5_000)).toBe(to)
})
