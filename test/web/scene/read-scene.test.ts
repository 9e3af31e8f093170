import { describe, expect, test } from 'vitest'
import { readScene } from '../../../web/scene/read-scene.ts'
import type { Scene, SceneObject } from '../../../web/scene/scene.ts'
import {
  drawArea,
  drawBooth,
  drawChart,
  drawFloors,
  drawRow,
  drawSeat,
  drawSeats,
  drawSection,
  drawTable,
  quaysideDrawing,
  rowDrawing,
} from '../../support/drawings.ts'

const pick = ({ objects, byLabel }: Scene, label: string): SceneObject | undefined =>
  objects[byLabel.get(label) ?? -1]

describe('what can be bought', () => {
  const scene = readScene(quaysideDrawing())

  test('has every kind of object, in the order of the drawing', () => {
    expect(scene.objects.map(({ label, kind, index }) => `${index} ${kind} ${label}`)).toEqual([
      '0 seat A-1',
      '1 seat A-2',
      '2 seat A-3',
      '3 table T1',
      '4 seat T1-1',
      '5 seat T1-2',
      '6 table T2',
      '7 seat T2-1',
      '8 seat T2-2',
      '9 booth B1',
      '10 area Pier',
      '11 seat East-C-1',
      '12 seat East-C-2',
    ])
    expect(scene.notes).toEqual([])
  })

  test('a seat knows its place, its row, its neighbours and what is special', () => {
    expect(pick(scene, 'A-3')).toMatchObject({
      own: '3',
      parent: { type: 'row', label: 'Front' },
      category: '1',
      shape: { kind: 'disc', x: 222, y: 60, radius: 8 },
      box: { minX: 214, minY: 52, maxX: 230, maxY: 68 },
      places: 1,
      left: 1,
      right: undefined,
    })
    expect(pick(scene, 'A-3')?.traits?.isAccessible).toBe(true)
    expect(pick(scene, 'A-2')).toMatchObject({ left: 0, right: 2 })
    expect(pick(scene, 'A-2')?.distance).toBeCloseTo(60.01, 2)
  })

  test('a seat in a section is where the section is, with its category and entrance', () => {
    expect(pick(scene, 'East-C-1')).toMatchObject({ x: 320, y: 150, section: 0, category: '1' })
    expect(pick(scene, 'East-C-1')?.entrance).toBe('Gate 2')
    expect(scene.sections).toMatchObject([{ label: 'East', objects: [11, 12], entrance: 'Gate 2' }])
  })

  test('tables, booths and areas have their shapes and places', () => {
    expect(pick(scene, 'T1')).toMatchObject({
      places: 2,
      shape: { kind: 'disc', x: 60, y: 150, radius: 14 },
    })
    expect(pick(scene, 'B1')).toMatchObject({ shape: { kind: 'rectangle', width: 40, height: 30 } })
    expect(pick(scene, 'Pier')).toMatchObject({
      places: 25,
      isByPlaces: true,
      shape: { kind: 'rectangle', x: 200, y: 250, width: 120, height: 60, cornerRadius: 0 },
    })
  })

  test('seats of one row share what they have in common', () => {
    expect(pick(scene, 'A-1')?.parent).toBe(pick(scene, 'A-2')?.parent)
    expect(pick(scene, 'A-1')?.traits).toBe(pick(scene, 'A-2')?.traits)
  })

  test('only what may be shared by more or fewer people says how many', () => {
    const parties = { variableOccupancy: true, minOccupancy: 2, bookAsAWhole: true }
    const tables = [drawTable('T1', 6, { ...parties, maxOccupancy: 5 }), drawTable('T2', 6)]
    const areas = [drawArea('Lawn', 20, parties)]
    const parted = readScene(drawChart({ tables, generalAdmissionAreas: areas }))
    expect(pick(parted, 'T1')?.occupancy).toEqual({ min: 2, max: 5 })
    expect(pick(parted, 'T2')?.occupancy).toBeUndefined()
    expect(pick(parted, 'Lawn')?.occupancy).toEqual({ min: 2, max: 20 })
    expect(pick(parted, 'Lawn')?.isByPlaces).toBe(false)
  })
})

describe('shapes', () => {
  const shapeOf = (area: Readonly<Record<string, unknown>>) =>
    readScene(
      drawChart({
        generalAdmissionAreas: [
          { label: 'GA', capacity: 5, categoryKey: 1, center: { x: 10, y: 20 }, ...area },
        ],
      }),
    ).objects[0]
  const points = [
    { x: 0, y: 0 },
    { x: 40, y: 0 },
    { x: 40, y: 30 },
  ]

  test.each([
    [
      { type: 'circle', radius1: 5, radius2: 8, rotationAngle: 390 },
      { kind: 'ellipse', radiusX: 5, radiusY: 8, angle: 30 },
    ],
    [
      { type: 'circle', radius1: 5, radius2: 5 },
      { kind: 'disc', x: 10, y: 20, radius: 5 },
    ],
    [
      { type: 'rectangle', width: 30, height: 10, cornerRadius: 99, rotationAngle: 45 },
      { kind: 'rectangle', width: 30, height: 10, cornerRadius: 5, angle: 45 },
    ],
    [
      { type: 'polygon', points },
      { kind: 'polygon', outline: [0, 0, 40, 0, 40, 30] },
    ],
    [{ points }, { kind: 'polygon' }],
    [{ type: 'rectangle', points }, { kind: 'polygon' }],
    [
      { type: 'rectangle', width: -3, height: 1e9 },
      { kind: 'rectangle', width: 40, height: 40 },
    ],
    [{ type: 'line', points }, { kind: 'rectangle' }],
    [{ type: 'blob' }, { kind: 'rectangle' }],
  ])('%j is drawn as %j', (drawn, shape) => {
    expect(shapeOf(drawn)?.shape).toMatchObject(shape)
  })

  test('the box of what is turned is around all of it', () => {
    const turned = shapeOf({ type: 'rectangle', width: 30, height: 10, rotationAngle: 90 })
    expect(turned?.box.minX).toBeCloseTo(5)
    expect(turned?.box.maxY).toBeCloseTo(35)
    const oval = shapeOf({ type: 'circle', radius1: 5, radius2: 8, rotationAngle: 90 })
    expect(oval?.box.minX).toBeCloseTo(2)
    expect(oval?.box.maxY).toBeCloseTo(25)
    expect(shapeOf({ points })?.box).toEqual({ minX: 0, minY: 0, maxX: 40, maxY: 30 })
  })

  test('a booth is drawn by its corners where it has some', () => {
    const booths = [drawBooth('B', { points })]
    expect(readScene(drawChart({ booths })).objects[0]?.shape.kind).toBe('polygon')
  })

  test('a table without a size leaves room for its chairs', () => {
    const seats = [
      drawSeat('1', { x: 0, y: 0 }),
      drawSeat('2', { x: 100, y: 0 }),
      drawSeat('3', { x: 100, y: 60 }),
    ]
    const sized = (type: string) =>
      readScene(drawChart({ tables: [{ label: 'T', type, seats }] })).objects[0]?.shape
    expect(sized('rectangle')).toMatchObject({ kind: 'rectangle', width: 76, height: 36 })
    expect(sized('round')).toMatchObject({ kind: 'disc', radius: 38 })
  })
})

describe('sections and floors', () => {
  const outline = [
    { x: 10, y: 10 },
    { x: 110, y: 10 },
    { x: 110, y: 60 },
    { x: 10, y: 60 },
  ]

  test('a section has its outline, and its name where it was drawn', () => {
    const fields = {
      points: outline,
      topLeft: { x: 10, y: 10 },
      labelHorizontalOffset: 20,
      labelVerticalOffset: -999,
      labelRotationAngle: 320,
      displayLabel: 'Left side',
    }
    const plane = { rows: [drawRow('A', drawSeats(3))] }
    const scene = readScene(drawChart({ sections: [drawSection('L', plane, fields)] }))
    expect(scene.sections).toEqual([
      {
        index: 0,
        floor: 0,
        label: 'L',
        display: 'Left side',
        outline: [10, 10, 110, 10, 110, 60, 10, 60],
        box: { minX: 10, minY: 10, maxX: 110, maxY: 60 },
        x: 80,
        y: 10,
        labelAngle: 320,
        objects: [0, 1, 2],
        entrance: undefined,
      },
    ])
  })

  test('a section without an outline is around what is in it', () => {
    const plane = { rows: [drawRow('A', drawSeats(3))] }
    const [section] = readScene(drawChart({ sections: [drawSection('L', plane)] })).sections
    expect(section?.box).toEqual({ minX: 286, minY: 166, maxX: 356, maxY: 194 })
  })

  test('a section without a plane is still seen, and one with nothing at all is not', () => {
    const sections = [{ label: 'Empty', points: outline }, drawSection('Nothing', {}), {}]
    const plane = { rows: [drawRow('A', drawSeats(1))] }
    const scene = readScene(drawChart({ sections: [...sections, drawSection('L', plane)] }))
    expect(scene.sections.map(({ label, index }) => `${index} ${label}`)).toEqual([
      '0 Empty',
      '1 L',
    ])
    expect(scene.objects[0]?.section).toBe(1)
  })

  test('rows that name one section without being in it are in one', () => {
    const named = { sectionLabel: 'Stalls', sectionDisplayedLabel: 'The stalls' }
    const rows = ['A', 'B'].map((label, at) => drawRow(label, drawSeats(2, { y: at * 30 }), named))
    const scene = readScene(drawChart({ rows }))
    expect(scene.sections).toMatchObject([
      { label: 'Stalls', display: 'The stalls', objects: [0, 1, 2, 3] },
    ])
    expect(scene.objects.map(({ section }) => section)).toEqual([0, 0, 0, 0])
  })

  test('a section in a section is drawn where both put it', () => {
    const inner = drawSection('I', { rows: [drawRow('A', drawSeats(1))] }, { points: outline })
    const scene = readScene(drawChart({ sections: [drawSection('O', { sections: [inner] })] }))
    expect(pick(scene, 'I-A-1')).toMatchObject({ x: 600, y: 300 })
    expect(scene.sections.map(({ label, box }) => [label, box.minX])).toEqual([['I', 310]])
  })

  test('each floor has a box and a focal point of its own', () => {
    const planes = [0, 1000].map((x) => ({
      rows: [drawRow(`R${x}`, drawSeats(2, { y: x }))],
      focalPoint: { x, y: 5 },
      sections: [drawSection(`S${x}`, { rows: [drawRow('A', drawSeats(1))] })],
    }))
    const scene = readScene(drawFloors(planes))
    expect(scene.floors).toMatchObject([
      { index: 0, name: '1', display: 'Floor 1', focalPoint: { x: 0, y: 5 } },
      { index: 1, name: '2', display: 'Floor 2', focalPoint: { x: 1000, y: 5 } },
    ])
    expect(scene.floors.map(({ box }) => box.maxY)).toEqual([194, 1008])
    expect(scene.objects.map(({ floor }) => floor)).toEqual([0, 0, 0, 1, 1, 1])
    expect(scene.sections.map(({ floor }) => floor)).toEqual([0, 1])
  })

  test('there is always a floor', () => {
    for (const drawing of [undefined, null, {}, { subChartFloors: [] }, 'x', 7]) {
      const scene = readScene(drawing)
      expect(scene.floors).toHaveLength(1)
      expect(scene.notes).toEqual([{ code: 'nothing-to-sell' }])
    }
  })
})

describe('categories', () => {
  test('what the event says counts before the drawing', () => {
    const categories = [
      { key: 1, label: 'One', color: 'red', accessible: false },
      { key: 'gold', label: 'Gold', color: 'url(x)', accessible: true },
    ]
    const objectCategories = { 'A-2': 'gold', 'A-3': 'unknown', 'A-4': 'lounge' }
    const scene = readScene(rowDrawing({ rows: 1 }), { categories, objectCategories })
    expect(scene.categories).toEqual([
      { key: '1', label: 'One', color: 'red', isAccessible: false },
      { key: 'gold', label: 'Gold', color: '#868e96', isAccessible: true },
    ])
    expect(scene.objects.map(({ category }) => category)).toEqual(['1', 'gold', '1', '1'])
  })

  test('an object of an unknown category has none, and that is noted', () => {
    const rows = [drawRow('A', [drawSeat('1', { categoryKey: 'gone' }), drawSeat('2')])]
    const scene = readScene(drawChart({ rows }))
    expect(scene.objects[0]?.category).toBeUndefined()
    expect(scene.notes).toEqual([{ code: 'no-category', label: 'A-1' }])
  })
})
