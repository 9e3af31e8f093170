import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeManifest, encodeManifest } from '../../../lib/venue/manifest.ts'
import { validateChart } from '../../../lib/venue/validate-chart.ts'
import { anyDrawing } from '../../support/any-drawing.ts'
import {
  drawChart,
  drawRow,
  drawSeat,
  quaysideDrawing,
  rowDrawing,
} from '../../support/drawings.ts'
import { readChart } from '../../../lib/venue/read-chart.ts'

describe('a manifest', () => {
  test('gives back the chart it was made of, whatever was drawn', () => {
    fc.assert(
      fc.property(anyDrawing, (drawing) => {
        const chart = readChart(drawing)
        const decoded = decodeManifest(encodeManifest(chart))
        expect(decoded).toStrictEqual(chart)
        expect(validateChart(decoded)).toStrictEqual(validateChart(chart))
      }),
      { seed: 20_260_101, numRuns: 500 },
    )
  })

  test('gives back seats that share their row, location and category', () => {
    const { objects, categories } = decodeManifest(encodeManifest(readChart(rowDrawing())))
    const [first, second] = objects
    if (first?.kind !== 'seat' || second?.kind !== 'seat') throw new Error('Seats were drawn.')
    expect(second.parent).toBe(first.parent)
    expect(second.location).toBe(first.location)
    expect(second.traits).toBe(first.traits)
    expect(second.category).toBe(categories[0])
  })

  test('is the same text for the same drawing', () => {
    expect(encodeManifest(readChart(quaysideDrawing()))).toBe(
      encodeManifest(readChart(quaysideDrawing())),
    )
  })

  test('keeps coordinates to the last digit', () => {
    const seats = [drawSeat('1', { x: 0.1 + 0.2, y: 1e-9 }), drawSeat('2', { x: 1 / 3, y: -1e9 })]
    const chart = readChart(drawChart({ rows: [drawRow('A', seats)] }))
    const positions = decodeManifest(encodeManifest(chart)).objects.map(({ position }) => position)
    expect(positions).toStrictEqual([
      { x: 0.3, y: 0 },
      { x: 1 / 3, y: -1e9 },
    ])
  })

  test.each([
    [[5, 26, 47], '[1,5,21,21]'],
    [[0.1, 0.2, 0.3], '[10,1,1,1]'],
    [[21.06, 42.12, 63.19], '[100,2106,2106,2107]'],
    [[0.001, 0.002, 0.001], '[1000,1,1,-1]'],
    [[1, 0.3333, null], '[0,1,0.3333,null]'],
  ])('writes coordinates %j as differences where no digit is lost', (xs, column) => {
    const seats = xs.map((x) => drawSeat('1', { x }))
    expect(encodeManifest(readChart(drawChart({ rows: [drawRow('A', seats)] })))).toContain(column)
  })

  test('of 100,000 seats is below 700 KB compressed', { timeout: 60_000 }, () => {
    const chart = readChart(largeDrawing())
    expect(chart.objects).toHaveLength(100_000)
    expect(gzipSync(encodeManifest(chart)).length).toBeLessThan(700_000)
  })

  test.each([['{"v":2}'], ['{}'], ['null'], ['[]'], ['"v"']])(
    'of another form is refused: %s',
    (text) => {
      expect(() => decodeManifest(text)).toThrow(
        /^Manifest version .+ is unknown; only 1 can be read\.$/,
      )
    },
  )

  test('that is cut off is refused', () => {
    const text = encodeManifest(readChart(quaysideDrawing()))
    expect(() => decodeManifest(text.slice(0, -1))).toThrow(SyntaxError)
  })
})

/** A hundred sections of forty rows of 25, each seat somewhere of its own. */
function largeDrawing(): object {
  const sections = Array.from({ length: 100 }, (_, section) => ({
    label: `Block ${String(section)}`,
    categoryKey: 1,
    topLeft: { x: section * 7.31, y: section * 3.17 },
    subChart: {
      rows: Array.from({ length: 40 }, (_, row) =>
        drawRow(
          `R${String(row)}`,
          Array.from({ length: 25 }, (_, seat) => seatOnArc(section, row, seat)),
        ),
      ),
    },
  }))
  return drawChart({ focalPoint: { x: 0, y: 0 }, sections })
}

function seatOnArc(section: number, row: number, seat: number): object {
  const angle = section / 16 + seat / 190
  const radius = 3000 + row * 30
  const x = Math.round(radius * Math.cos(angle) * 100) / 100
  const y = Math.round(radius * Math.sin(angle) * 100) / 100
  return drawSeat(String(seat + 1), { x, y, categoryKey: null })
}
