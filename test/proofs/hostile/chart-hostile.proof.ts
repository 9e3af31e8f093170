import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { indexChart } from '../../../lib/venue/chart.ts'
import { decodeManifest, encodeManifest } from '../../../lib/venue/manifest.ts'
import { publishFaults, validateChart } from '../../../lib/venue/validate-chart.ts'
import { anyDrawing } from '../../support/any-drawing.ts'
import {
  drawArea,
  drawBooth,
  drawChart,
  drawRow,
  drawSeat,
  rowDrawing,
} from '../../support/drawings.ts'
import { readChart } from '../../../lib/venue/read-chart.ts'

/** The largest drawing that is accepted. */
const drawingLengthMax = 4 * 1024 * 1024

/** Far above what any of these takes, far below what anything quadratic would. */
const secondsMax = 10

describe('a drawing of any content', () => {
  test('is read, judged and indexed without a fault', () => {
    fc.assert(
      fc.property(fc.oneof(anyDrawing, fc.anything()), (drawing) => {
        const chart = readChart(drawing)
        validateChart(chart)
        publishFaults(chart)
        for (const object of chart.objects) expect(indexChart(chart).has(object.label)).toBe(true)
      }),
      { seed: 20_260_102, numRuns: 500 },
    )
  })

  test.each([undefined, null, 0, 'x', true, [], [[]], {}, { subChart: 7 }, { subChartFloors: {} }])(
    'without content has no objects: %j',
    (drawing) => {
      expect(readChart(drawing)).toMatchObject({ objects: [], categories: [], isTruncated: false })
    },
  )

  test('may lack every list', () => {
    const chart = readChart({
      subChart: { rows: [{}, { seats: null }], sections: [{}, { subChart: {} }] },
    })
    expect(chart.objects).toEqual([])
  })

  test('has no position where a coordinate is no number of bearable size', () => {
    const places = [{ x: 1e300 }, { x: -Infinity }, { y: NaN }, { y: '5' }, { x: undefined }]
    const seats = places.map((place) => drawSeat('1', place))
    for (const seat of readChart(drawChart({ rows: [drawRow('A', seats)] })).objects)
      expect(seat.position).toBeUndefined()
  })
})

describe('a drawing of 4 MB', () => {
  test.each<[string, () => string]>([
    ['sections in sections', () => nested('{"sections":[{"label":"S","subChart":', '{}', '}]}')],
    ['arrays in arrays', () => `{"rows":${nested('[', '', ']')}}`],
    ['junk elements', () => `{"rows":[${repeated('0')}]}`],
    ['empty rows', () => `{"rows":[${repeated('{}')}]}`],
    ['empty sections', () => `{"sections":[${repeated('{"subChart":{}}')}]}`],
    ['empty tables', () => `{"tables":[${repeated('{}')}]}`],
    ['empty seats', () => `{"rows":[{"label":"A","seats":[${repeated('{}')}]}]}`],
    [
      'seats at one table',
      () => `{"tables":[{"center":{"x":0,"y":0},"seats":[${repeated('{}')}]}]}`,
    ],
    [
      'corners of one area',
      () => `{"generalAdmissionAreas":[{"points":[${repeated('{"x":1,"y":2}')}]}]}`,
    ],
    ['a long label for many seats', () => longLabel('rows')],
    ['a long label for the seats of a table', () => longLabel('tables')],
    [
      'a long section label',
      () => `{"sections":[{"label":"${'x'.repeat(2e6)}","subChart":${longLabel('rows', 1e6)}}]}`,
    ],
  ])('full of %s is read, judged and indexed in seconds', (_, plane) => {
    const text = `{"subChart":${plane()}}`
    expect(text.length).toBeLessThanOrEqual(drawingLengthMax)
    const drawing: unknown = JSON.parse(text)
    const start = performance.now()
    const chart = readChart(drawing)
    validateChart(chart)
    publishFaults(chart)
    indexChart(chart)
    expect((performance.now() - start) / 1000).toBeLessThan(secondsMax)
  })

  test('full of floors is read in seconds, and so are lists of categories and zones', () => {
    const entries = Array.from({ length: 200_000 }, (_, key) => ({ key }))
    const drawing = {
      subChartFloors: entries,
      categories: { list: entries },
      zones: { list: entries },
    }
    const start = performance.now()
    const chart = readChart(drawing)
    validateChart(chart)
    expect(chart.categories).toHaveLength(200_000)
    expect((performance.now() - start) / 1000).toBeLessThan(secondsMax)
  })
})

describe('a drawing of more than a chart can hold', () => {
  const chart = readChart(rowDrawing({ rows: 6, seatsPerRow: 50_000 }))

  test('is read up to 250,000 objects and containers, and says so', () => {
    // The plane and the row count too.
    const drawRowOf = (seats: number) => readChart(rowDrawing({ rows: 1, seatsPerRow: seats }))
    expect(drawRowOf(249_998)).toMatchObject({ isTruncated: false })
    expect(drawRowOf(249_999)).toMatchObject({ isTruncated: true })
    expect(drawRowOf(249_999).objects).toHaveLength(249_998)
  })

  test('cannot be published', () => {
    expect(publishFaults(chart)).toEqual({ faults: [{ code: 'too-many-objects' }], total: 1 })
  })

  test('stays so in its manifest', () => {
    expect(decodeManifest(encodeManifest(chart)).isTruncated).toBe(true)
  })
})

describe('texts', () => {
  test('above 255 characters are cut', () => {
    const labels = [255, 256].map((length) => 'x'.repeat(length))
    const { objects } = readChart(drawChart({ booths: labels.map((label) => drawBooth(label)) }))
    expect(objects.map(({ label }) => label.length)).toEqual([255, 255])
  })

  test('drawn into areas as numbers are read as text', () => {
    expect(
      readChart(drawChart({ generalAdmissionAreas: [drawArea(12, 1)] })).objects[0]?.label,
    ).toBe('12')
  })
})

/** As many elements as a drawing has room for. */
function repeated(element: string): string {
  return Array.from(
    { length: Math.floor((drawingLengthMax - 200) / (element.length + 1)) },
    () => element,
  ).join(',')
}

function nested(open: string, middle: string, close: string): string {
  const depth = Math.floor((drawingLengthMax - 200) / (open.length + close.length))
  return open.repeat(depth) + middle + close.repeat(depth)
}

/** A label of half the drawing over a row or table whose seats fill the rest. */
function longLabel(kind: 'rows' | 'tables', length = drawingLengthMax - 200): string {
  const seats = Array.from({ length: Math.floor(length / 2 / 3) }, () => '{}').join(',')
  return `{"${kind}":[{"label":"${'x'.repeat(length / 2)}","seats":[${seats}]}]}`
}
