import { describe, expect, test } from 'vitest'
import { findHit } from '../../../web/picture/find-hit.ts'
import { indexScene } from '../../../web/picture/index-scene.ts'
import { levelAt } from '../../../web/picture/level.ts'
import type { Look } from '../../../web/picture/picture.ts'
import { boxOfShape, isInside } from '../../../web/picture/shapes.ts'
import type { Scene, SceneObject, Shape } from '../../../web/scene/scene.ts'
import { makeHall, openLooks, seatAt } from './halls.ts'

const hall = makeHall({ sections: 3, rows: 4, seats: 5 })

function hitIn(
  scene: Scene,
  at: { readonly x: number; readonly y: number },
  {
    seatPixels = 20,
    near = 0,
    states = {},
  }: {
    readonly seatPixels?: number
    readonly near?: number
    readonly states?: Record<number, Look['state']>
  } = {},
) {
  const [floor] = indexScene(scene)
  if (!floor) throw new Error('a scene has a floor')
  const level = levelAt(seatPixels, floor.hasSections)
  const k = seatPixels / floor.seatSize
  return findHit({ scene, floor, looks: openLooks(states), level, k }, at, near)
}

describe('close up', () => {
  test('a seat is hit within its disc', () => {
    expect(hitIn(hall, { x: 30, y: 10 })).toEqual({ kind: 'object', index: 1 })
    expect(hitIn(hall, { x: 37.9, y: 10 })).toEqual({ kind: 'object', index: 1 })
  })

  test('and as far beside it as is allowed; of two the nearer', () => {
    expect(hitIn(hall, { x: 39.9, y: 10 })).toBeUndefined()
    expect(hitIn(hall, { x: 39.9, y: 10 }, { near: 3 })).toEqual({ kind: 'object', index: 1 })
    expect(hitIn(hall, { x: 40.1, y: 10 }, { near: 3 })).toEqual({ kind: 'object', index: 2 })
  })

  test('what is hidden, or only furniture, is not hit', () => {
    for (const state of ['hidden', 'unsold'] as const) {
      expect(hitIn(hall, { x: 30, y: 10 }, { states: { 1: state } })).toBeUndefined()
    }
    expect(hitIn(hall, { x: 30, y: 10 }, { states: { 1: 'taken' } })).toBeDefined()
  })
})

test('from afar a section is hit, and none between them unless it is near', () => {
  expect(hitIn(hall, { x: 102, y: 10 }, { seatPixels: 3, near: 3 })).toMatchObject({ index: 0 })
  expect(hitIn(hall, { x: 30, y: 10 }, { seatPixels: 3 })).toEqual({ kind: 'section', index: 0 })
  expect(hitIn(hall, { x: 125, y: 10 }, { seatPixels: 3 })).toEqual({ kind: 'section', index: 1 })
  expect(hitIn(hall, { x: 110, y: 10 }, { seatPixels: 3 })).toBeUndefined()
})

test('seats too small to tell apart are not hit where there are no sections either', () => {
  const loose = makeHall({ sections: 1, rows: 4, seats: 5, isLoose: true })
  expect(hitIn(loose, { x: 30, y: 10 }, { seatPixels: 6.9 })).toBeUndefined()
  expect(hitIn(loose, { x: 30, y: 10 }, { seatPixels: 7 })).toBeDefined()
})

describe('areas and booths', () => {
  const area = withShape(60, { kind: 'polygon', outline: [0, 200, 100, 200, 100, 300, 0, 300] })
  const booth = withShape(61, { kind: 'disc', x: 50, y: 250, radius: 20 })
  const scene = { ...hall, objects: [...hall.objects, area, booth] }

  test('are hit inside, the topmost of several', () => {
    expect(hitIn(scene, { x: 10, y: 250 })).toEqual({ kind: 'object', index: 60 })
    expect(hitIn(scene, { x: 50, y: 265 })).toEqual({ kind: 'object', index: 61 })
    expect(hitIn(scene, { x: 75, y: 250 })).toEqual({ kind: 'object', index: 60 })
  })

  test('are hit from afar where they are large enough to be meant', () => {
    expect(hitIn(scene, { x: 10, y: 250 }, { seatPixels: 3 })).toEqual({
      kind: 'object',
      index: 60,
    })
    expect(hitIn(scene, { x: 50, y: 265 }, { seatPixels: 3 })).toEqual({
      kind: 'object',
      index: 60,
    })
  })
})

test('drawings with places that are no numbers are looked through like others', () => {
  const broken = { ...seatAt({ index: 60, x: Number.NaN, y: 5 }) }
  const scene = { ...hall, objects: [...hall.objects, broken] }
  expect(hitIn(scene, { x: 30, y: 10 })).toEqual({ kind: 'object', index: 1 })
})

test('a scene of nothing hits nothing', () => {
  const nothing = { ...hall, objects: [], sections: [] }
  expect(hitIn(nothing, { x: 30, y: 10 })).toBeUndefined()
})

test('seats at 10^9 are told apart', () => {
  const far = makeHall({ sections: 1, rows: 2, seats: 3, offset: 1e9 })
  expect(hitIn(far, { x: 1e9 + 50, y: 1e9 + 30 })).toEqual({ kind: 'object', index: 5 })
})

test.each([
  [{ kind: 'disc', x: 0, y: 0, radius: 5 }, [3, 4], [4, 4]],
  [{ kind: 'ellipse', x: 0, y: 0, radiusX: 10, radiusY: 2, angle: 90 }, [0, 9], [9, 0]],
  [
    { kind: 'rectangle', x: 0, y: 0, width: 20, height: 4, cornerRadius: 0, angle: 45 },
    [6, 6],
    [6, -6],
  ],
  [{ kind: 'polygon', outline: [0, 0, 10, 0, 10, 10, 5, 2, 0, 10] }, [1, 4], [5, 8]],
  [{ kind: 'line', outline: [0, 0, 10, 0] }, undefined, [5, 0]],
] as const)('what lies inside $kind', (shape, inside, outside) => {
  if (inside) expect(isInside(shape, { x: inside[0], y: inside[1] })).toBe(true)
  expect(isInside(shape, { x: outside[0], y: outside[1] })).toBe(false)
})

function withShape(index: number, shape: Shape): SceneObject {
  return { ...seatAt({ index, x: 50, y: 250 }), kind: 'area', shape, box: boxOfShape(shape) }
}
