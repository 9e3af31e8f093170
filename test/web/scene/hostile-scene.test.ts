import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { indexChart } from '../../../lib/venue/chart.ts'
import { readChart } from '../../../lib/venue/read-chart.ts'
import { NOTES_OF_ONE_CODE_MAX } from '../../../web/scene/notes.ts'
import { readScene } from '../../../web/scene/read-scene.ts'
import { anyDrawing } from '../../support/any-drawing.ts'
import { arenaDrawing } from '../../support/drawn-arena.ts'
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
import { expectSound } from './expect-sound.ts'

const anyEvent = fc.record(
  {
    categories: fc.array(
      fc.record({
        key: fc.constantFrom<number | string>(1, '1', 2, 'lounge', '', '__proto__'),
        label: fc.string(),
        color: fc.constantFrom('red', '#abc', 'x', ''),
        accessible: fc.boolean(),
      }),
    ),
    objectCategories: fc.dictionary(
      fc.constantFrom('A-1', '1-1', '-', '__proto__', 'A'),
      fc.constantFrom<number | string>(1, 'lounge', 'gone', '__proto__'),
    ),
  },
  { requiredKeys: [] },
)

/** Decoration of any kind on any drawing, since what is sold is varied elsewhere. */
const anyDecoration = fc.array(
  fc.record(
    {
      type: fc.constantFrom('rectangle', 'circle', 'polygon', 'line', 'x', 7, null),
      center: fc.record({ x: fc.double(), y: fc.double() }),
      points: fc.array(fc.oneof(fc.record({ x: fc.double(), y: fc.integer() }), fc.jsonValue())),
      width: fc.double(),
      height: fc.oneof(fc.integer(), fc.jsonValue()),
      radius1: fc.double(),
      rotationAngle: fc.double(),
      fillColor: fc.oneof(fc.constantFrom('red', '#123'), fc.jsonValue()),
      strokeWidth: fc.double(),
      label: fc.oneof(fc.string(), fc.jsonValue()),
      labelSize: fc.double(),
      labelHorizontalOffset: fc.double(),
      icon: fc.jsonValue(),
      text: fc.jsonValue(),
    },
    { requiredKeys: [] },
  ),
)

describe('whatever was drawn', () => {
  test('the scene offers what the chart sells, under the same labels and in the same order', () => {
    fc.assert(
      fc.property(anyDrawing, (drawing) => {
        const scene = readScene(drawing)
        const sold = [...indexChart(readChart(drawing)).values()]
        expect(scene.objects.map(({ label }) => label)).toEqual(sold.map(({ label }) => label))
        for (const [at, object] of scene.objects.entries()) {
          const { label, index, left, right, category } = object
          expect(index).toBe(at)
          expect(scene.byLabel.get(label)).toBe(at)
          const chartObject = sold[at]
          expect(category).toBe(chartObject?.category?.key)
          if (chartObject?.kind !== 'seat') continue
          expect(scene.objects[left ?? -1]?.label).toBe(chartObject.leftNeighbour)
          expect(scene.objects[right ?? -1]?.label).toBe(chartObject.rightNeighbour)
        }
      }),
      { seed: 20_271_130, numRuns: 300 },
    )
  })

  test('everything is somewhere on its floor, in finite numbers, and in its section', () => {
    fc.assert(
      fc.property(anyDrawing, anyEvent, (drawing, event) => {
        expectSound(readScene(drawing, event))
      }),
      { seed: 20_271_130, numRuns: 300 },
    )
  })

  test('and however it was decorated', () => {
    fc.assert(
      fc.property(anyDecoration, (decoration) => {
        const plane = { shapes: decoration, texts: decoration, icons: decoration }
        expectSound(readScene(drawChart({ rows: [drawRow('A', drawSeats(3))], ...plane })))
        expectSound(readScene(drawChart({ sections: [drawSection('S', plane), ...decoration] })))
      }),
      { seed: 20_271_130, numRuns: 300 },
    )
  })

  test('any JSON at all is read', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (drawing) => {
        expectSound(readScene(drawing))
      }),
      { seed: 20_271_130, numRuns: 300 },
    )
  })

  test.each([quaysideDrawing(), arenaDrawing(), rowDrawing(), drawFloors([{}, {}])])(
    'the drawings of other tests are read without a note of what is lost',
    (drawing) => {
      const scene = readScene(drawing)
      expectSound(scene)
      expect(scene.notes.filter(({ code }) => code === 'no-position')).toEqual([])
    },
  )
})

describe('what is far out, or nowhere', () => {
  const hall = Array.from({ length: 10 }, (_, at) =>
    drawRow(`R${at}`, drawSeats(20, { y: at * 30 })),
  )
  const sound = readScene(drawChart({ rows: hall })).floors[0]?.box

  test.each([
    ['a thousand million away', { x: 1e9, y: -1e9 }],
    ['a hundred halls away', { x: 40_000, y: 60 }],
    ['at no number', { x: Number.NaN, y: 60 }],
    ['beyond all numbers', { x: Infinity, y: 60 }],
    ['nowhere', { x: undefined, y: undefined }],
    ['at a text', { x: '12', y: 60 }],
  ])('a seat %s can be bought below the hall, which stays as large as it is', (_, at) => {
    const scene = readScene(drawChart({ rows: [...hall, drawRow('Z', [drawSeat('1', at)])] }))
    expect(scene.notes).toEqual([{ code: 'no-position', label: 'Z-1' }])
    const seat = scene.objects[scene.byLabel.get('Z-1') ?? -1]
    const box = scene.floors[0]?.box
    expect(seat?.y).toBeGreaterThan(sound?.maxY ?? Infinity)
    expect(box).toEqual({ ...sound, maxY: (seat?.y ?? 0) + 8 })
  })

  test('one of three areas that is far out makes no dot of the other two', () => {
    const center = { x: 900_000, y: 0 }
    const areas = [drawArea('A', 1), drawArea('B', 1), drawArea('C', 1, { center })]
    const scene = readScene(drawChart({ generalAdmissionAreas: areas }))
    expect(scene.notes).toEqual([{ code: 'no-position', label: 'C' }])
    expect(scene.floors[0]?.box.maxX).toBeLessThan(1000)
  })

  test('what stands apart but is drawn to stand there keeps its place', () => {
    const center = { x: 1500, y: 900 }
    const scene = readScene(drawChart({ rows: hall, booths: [drawBooth('B', { center })] }))
    expect(scene.notes).toEqual([])
    expect(scene.floors[0]?.box).toMatchObject({ maxX: 1520, maxY: 915 })
  })

  test('a hall without any place at all is a block that can be bought from', () => {
    const seats = Array.from({ length: 2000 }, (_, at) => ({ label: at + 1, categoryKey: 1 }))
    const scene = readScene(drawChart({ rows: [{ label: 'A', seats }] }))
    expectSound(scene)
    expect(scene.notes).toHaveLength(NOTES_OF_ONE_CODE_MAX)
    expect(scene.floors[0]?.box).toEqual({ minX: 4, minY: 28, maxX: 1076, maxY: 1100 })
  })

  test('corners and decorations far out do not blow the hall up', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 9e8, y: 0 },
      { x: 100_000, y: 100 },
      { x: 0, y: 100 },
    ]
    const plane = {
      rows: hall,
      sections: [{ label: 'S', points }],
      shapes: [{ type: 'rectangle', center: { x: 700_000, y: 0 }, width: 50, height: 50 }],
      texts: [{ text: 'Far', center: { x: 0, y: 800_000 } }],
      focalPoint: { x: 1e8, y: 0 },
    }
    const scene = readScene(drawChart(plane))
    expect(scene.floors[0]?.box.maxX).toBeLessThan(10_000)
    expect(scene.floors[0]?.focalPoint).toBeUndefined()
    expect(scene.decorations).toEqual([])
    expectSound(scene)
  })

  test('what is drawn elsewhere than its own centre says is where it is drawn', () => {
    const points = [0, 30, 60].map((at) => ({ x: at, y: at % 40 }))
    const area = drawArea('A', 1, { type: 'polygon', points, center: { x: 500, y: 500 } })
    const scene = readScene(drawChart({ generalAdmissionAreas: [area] }))
    expect(scene.objects[0]).toMatchObject({ x: 30, y: 15 })
    expectSound(scene)
  })

  test('what has no place keeps its section, whose outline is around what has one', () => {
    const rows = [drawRow('A', [drawSeat('1'), drawSeat('2', { x: 1e9 })])]
    const scene = readScene(drawChart({ sections: [drawSection('S', { rows })] }))
    expect(scene.sections).toMatchObject([{ objects: [0, 1], box: { minX: 286, maxX: 314 } }])
  })
})

describe('too much, and twice the same', () => {
  test('of several objects with one label the first is offered, and the others are noted', () => {
    const booths = [drawBooth('A-1', { center: { x: 1, y: 2 } }), drawBooth('A-1')]
    const scene = readScene(drawChart({ rows: [drawRow('A', drawSeats(2))], booths }))
    expect(scene.objects.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
      'seat A-1',
      'seat A-2',
    ])
    const twin = { code: 'duplicate-label', label: 'A-1' }
    expect(scene.notes).toEqual([twin, twin])
  })

  test('neighbours are told across a label that there is twice', () => {
    const seats = ['1', '2', '1', '3'].map((label, at) => drawSeat(label, { x: at * 20 }))
    const { objects } = readScene(drawChart({ rows: [drawRow('A', seats)] }))
    expect(objects.map(({ label, left, right }) => [label, left, right])).toEqual([
      ['A-1', undefined, 1],
      ['A-2', 0, 0],
      ['A-3', 0, undefined],
    ])
  })

  test.each([
    [NOTES_OF_ONE_CODE_MAX - 1, NOTES_OF_ONE_CODE_MAX - 1],
    [NOTES_OF_ONE_CODE_MAX, NOTES_OF_ONE_CODE_MAX],
    [NOTES_OF_ONE_CODE_MAX + 1, NOTES_OF_ONE_CODE_MAX],
  ])('of %i twins %i are noted', (twins, noted) => {
    const booths = Array.from({ length: twins + 1 }, () => drawBooth('B'))
    expect(readScene(drawChart({ booths })).notes).toHaveLength(noted)
  })

  test('a drawing that holds more than a chart may is shown as far as it goes, and noted', () => {
    const rows = Array.from({ length: 251 }, (_, at) => ({
      label: at,
      seats: drawSeats(1000, { y: at * 20 }),
    }))
    const scene = readScene(drawChart({ rows }))
    expect(scene.objects.length).toBeLessThan(250_000)
    expect(scene.notes).toEqual([{ code: 'too-large' }])
  })

  test('30,000 seats are read at once, and 100,000 as well', () => {
    const timeOf = (rows: number) => {
      const drawing = rowDrawing({ rows, seatsPerRow: 100 })
      const times = Array.from({ length: 3 }, () => {
        const start = process.cpuUsage()
        expect(readScene(drawing).objects).toHaveLength(rows * 100)
        return process.cpuUsage(start).user / 1000
      })
      return Math.min(...times)
    }
    expect(timeOf(300)).toBeLessThan(300)
    expect(timeOf(1000)).toBeLessThan(1500)
  })

  test('floors, tables and sections without end take no longer than seats', () => {
    const floors = Array.from({ length: 20_000 }, (_, at) => ({ booths: [{ label: at }] }))
    const tables = Array.from({ length: 20_000 }, (_, at) => drawTable(at, 1))
    const sections = Array.from({ length: 20_000 }, (_, at) => drawSection(at, { rows: [] }))
    const start = process.cpuUsage()
    expect(readScene({ subChartFloors: floors }).floors).toHaveLength(20_000)
    expect(readScene(drawChart({ tables, sections })).objects).toHaveLength(40_000)
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(3000)
  })
})
