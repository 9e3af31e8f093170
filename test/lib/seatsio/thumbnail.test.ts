import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readColor } from '../../../lib/seatsio/charts/picture/colors.ts'
import { drawThumbnail } from '../../../lib/seatsio/charts/thumbnail.ts'
import { anyDrawing } from '../../support/any-drawing.ts'
import {
  drawArea,
  drawBooth,
  drawChart,
  drawFloors,
  drawRow,
  drawSeat,
  drawSection,
  drawTable,
} from '../../support/drawings.ts'

const WIDTH = 400
const HEIGHT = 300

const list = [
  { key: 1, label: 'Red', color: '#f00' },
  { key: 2, label: 'Blue', color: 'blue' },
]

interface Picture {
  /** Share of the picture that has a colour, in percent. */
  share(color: string): number
  at(x: number, y: number): string
}

/** Reads a PNG as any reader does: signature, header, one image whose rows are not filtered. */
function pictureOf(drawing: unknown): Picture {
  const file = Buffer.from(drawThumbnail(JSON.stringify(drawing)))
  expect(file.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
  expect([file.readUInt32BE(16), file.readUInt32BE(20)]).toEqual([WIDTH, HEIGHT])
  const length = file.readUInt32BE(33)
  const pixels = inflateSync(file.subarray(41, 41 + length))
  const at = (x: number, y: number) => {
    const start = y * (WIDTH * 3 + 1) + 1 + x * 3
    return pixels.subarray(start, start + 3).toString('hex')
  }
  const share = (color: string) => {
    let count = 0
    for (let y = 0; y < HEIGHT; y += 1) {
      for (let x = 0; x < WIDTH; x += 1) if (at(x, y) === color) count += 1
    }
    return (100 * count) / (WIDTH * HEIGHT)
  }
  return { share, at }
}

const draw = (plane: Record<string, unknown>) => pictureOf(drawChart(plane, { list }))

describe('a picture shows', () => {
  test('nothing of an empty drawing, on white', () => {
    for (const drawing of [{}, drawChart({}), { subChart: 7 }, drawFloors([])]) {
      expect(pictureOf(drawing).share('ffffff')).toBe(100)
    }
  })

  test('seats where they are, in the colours of their categories, grey without one', () => {
    const seats = [
      drawSeat('1', { x: 0, y: 0, categoryKey: 1 }),
      drawSeat('2', { x: 100, y: 0, categoryKey: '2' }),
      drawSeat('3', { x: 0, y: 100, categoryKey: null }),
    ]
    const picture = draw({ rows: [drawRow('A', seats)] })
    expect([picture.at(125, 75), picture.at(275, 75), picture.at(125, 225)]).toEqual([
      'ff0000',
      '0000ff',
      'adb5bd',
    ])
    expect(picture.at(275, 225)).toBe('ffffff')
  })

  test('areas and booths filled, tables pale under their seats', () => {
    const area = drawArea('Pier', 9, {
      type: 'circle',
      radius1: 50,
      radius2: 20,
      center: { x: 0, y: 0 },
    })
    const booth = drawBooth('B', { categoryKey: 2, center: { x: 0, y: 80 }, rotationAngle: 45 })
    expect(draw({ generalAdmissionAreas: [area] }).share('ff0000')).toBeGreaterThan(5)
    expect(draw({ booths: [booth] }).share('0000ff')).toBeGreaterThan(1)
    const table = draw({ tables: [drawTable('T', 4, { categoryKey: 1 })] })
    expect(table.share('ff6666')).toBeGreaterThan(0.5)
    expect(table.share('ff0000')).toBeGreaterThan(0.5)
  })

  test('sections pale under their seats, which take the colour of the section', () => {
    const points = [0, 200].flatMap((x) => (x === 0 ? [0, 100] : [100, 0]).map((y) => ({ x, y })))
    const seats = [drawSeat('1', { x: 100, y: 50, categoryKey: null })]
    const section = drawSection(
      'S',
      { rows: [drawRow('A', seats)] },
      { categoryKey: 1, topLeft: { x: 0, y: 0 }, points },
    )
    const picture = draw({ sections: [section] })
    expect([picture.at(200, 150), picture.at(80, 100)]).toEqual(['ff0000', 'ffb3b3'])
  })

  test('decoration below all else, unless it cannot be seen', () => {
    const box = { type: 'rectangle', center: { x: 0, y: 0 }, width: 100, height: 100 }
    const seat = drawSeat('1', { x: 0, y: 0, categoryKey: 1 })
    const rows = [drawRow('A', [seat])]
    const shown = draw({ rows, shapes: [{ ...box, fillColor: 'rgb(0, 128, 0)' }] })
    expect([shown.at(200, 150), shown.at(150, 110)]).toEqual(['ff0000', '008000'])
    const hidden = draw({ rows, shapes: [{ ...box, fillColor: 'transparent' }] })
    expect(hidden.at(150, 110)).toBe('ffffff')
    expect(draw({ rows, shapes: [box] }).at(150, 110)).toBe('dee2e6')
  })

  test('the first of several floors', () => {
    const floor = (categoryKey: number) => ({
      rows: [drawRow('A', [drawSeat('1', { categoryKey })])],
    })
    const picture = pictureOf(drawFloors([floor(1), floor(2)], { categories: { list } }))
    expect(picture.share('ff0000')).toBeGreaterThan(0.1)
    expect(picture.share('0000ff')).toBe(0)
  })
})

test('a picture is drawn of whatever comes', () => {
  fc.assert(
    fc.property(anyDrawing, (drawing) => {
      pictureOf(drawing)
    }),
    { numRuns: 60 },
  )
})

test('a drawing of nothing but huge shapes does not keep anybody busy', () => {
  const points = Array.from({ length: 900 }, (_, at) => ({ x: at % 2, y: at }))
  const box = { center: { x: 0, y: 0 }, width: 1e9, height: 1e9 }
  const shapes = [...Array.from({ length: 50_000 }, () => box), { points }]
  // Of the processor: whoever else runs here is no fault of the drawing.
  const start = process.cpuUsage()
  draw({ shapes })
  const { user, system } = process.cpuUsage(start)
  expect((user + system) / 1_000).toBeLessThan(2_000)
})

test.each([
  ['#f00', [255, 0, 0]],
  ['#F008', [255, 0, 0]],
  ['#1c7ed6', [28, 126, 214]],
  ['#1c7ed680', [28, 126, 214]],
  [' Blue ', [0, 0, 255]],
  ['rebeccapurple', [102, 51, 153]],
  ['rgb(1, 2, 300)', [1, 2, 255]],
  ['rgba(1 2 3 / 50%)', [1, 2, 3]],
  ['transparent', undefined],
  ['#12', undefined],
  ['#12345', undefined],
  ['__proto__', undefined],
  ['', undefined],
  [7, undefined],
])('the colour %j reads as %j', (text, color) => {
  expect(readColor(text)).toEqual(color)
})
