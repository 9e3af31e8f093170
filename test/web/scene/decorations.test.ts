import { describe, expect, test } from 'vitest'
import { readScene } from '../../../web/scene/read-scene.ts'
import { ROW_NAME_LENGTH_MAX } from '../../../web/scene/row-labels.ts'
import { drawChart, drawRow, drawSeats, drawSection } from '../../support/drawings.ts'

const rows = [drawRow('A', drawSeats(4))]

describe('decoration', () => {
  test('a shape has its colours, its text and its place above or below', () => {
    const stage = {
      type: 'rectangle',
      label: 'Stage',
      center: { x: 30, y: 10 },
      width: 60,
      height: 20,
      fillColor: '#ced4da',
      strokeColor: 'no colour',
      strokeWidth: 2,
      labelSize: 9,
      labelVerticalOffset: 4,
      foreground: true,
    }
    expect(readScene(drawChart({ rows, shapes: [stage] })).decorations).toMatchObject([
      {
        shape: { kind: 'rectangle', x: 30, y: 10, width: 60, height: 20 },
        fill: '#ced4da',
        stroke: undefined,
        strokeWidth: 2,
        text: { text: 'Stage', x: 30, y: 14, size: 9 },
        isForeground: true,
      },
    ])
  })

  test('lines, texts and icons are drawn, in sections where the section is', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 9, y: 9 },
    ]
    const plane = {
      rows,
      shapes: [{ type: 'polyline', points, fillColor: 'red', strokeColor: 'blue' }],
      texts: [{ text: 'Bar', center: { x: 1, y: 2 }, fontSize: 20, textColor: 'red' }],
      icons: [{ icon: 'wheel-chair', x: 3, y: 4, size: 8, rotationAngle: 10 }],
    }
    const { decorations } = readScene(drawChart({ sections: [drawSection('S', plane)] }))
    expect(decorations).toMatchObject([
      {
        shape: { kind: 'line', outline: [300, 120, 309, 129] },
        fill: undefined,
        stroke: 'blue',
        text: undefined,
      },
      { shape: undefined, text: { text: 'Bar', x: 301, y: 122, size: 20, color: 'red' } },
      { text: { text: 'wheel chair', x: 303, y: 124, size: 8, angle: 10 } },
    ])
  })

  test('images are left out, and so is what nobody can draw; both are noted', () => {
    const plane = {
      rows,
      imageObjects: [{ label: 'Logo' }],
      backgroundImage: { backgroundImageUrl: 'https://images.example/1.png' },
      shapes: [{ type: 'cloud', label: 'Cloud' }],
      texts: [{ text: 'Nowhere' }, { center: { x: 1, y: 1 } }],
    }
    const scene = readScene(drawChart(plane))
    expect(scene.decorations).toEqual([])
    expect(scene.notes).toEqual([
      { code: 'unknown-decoration', label: 'Cloud' },
      { code: 'unknown-decoration', label: 'Nowhere' },
      { code: 'unknown-decoration' },
      { code: 'image-left-out', label: 'Logo' },
      { code: 'image-left-out' },
    ])
  })

  test('an image that only the designer shows is not missed', () => {
    const backgroundImage = { showOnRenderedCharts: false }
    expect(readScene(drawChart({ rows, backgroundImage })).notes).toEqual([])
  })
})

describe('names of rows', () => {
  const namesOf = (fields: Readonly<Record<string, unknown>>, seats = drawSeats(3)) =>
    readScene(drawChart({ rows: [drawRow('A', seats, fields)] })).rowLabels.map(
      ({ text: { text, x, y } }) => [text, Math.round(x * 10) / 10, y],
    )

  test('stand on the left, on the right, on both sides or nowhere', () => {
    expect(namesOf({})).toEqual([['A', -14.6, 60]])
    expect(namesOf({ rowLabelPosition: 'label-position-right' })).toEqual([['A', 56.6, 60]])
    expect(namesOf({ rowLabelPosition: 'label-position-both' })).toEqual([
      ['A', -14.6, 60],
      ['A', 56.6, 60],
    ])
    expect(namesOf({ rowLabelPosition: 'label-position-invisible' })).toEqual([])
    expect(namesOf({ rowLabelDisabled: true })).toEqual([])
  })

  test('are within what is shown of the floor', () => {
    const both = drawRow('A', drawSeats(3), { rowLabelPosition: 'both' })
    const texts = [{ text: 'Exit', center: { x: 20, y: 100 }, size: 10 }]
    const [floor] = readScene(drawChart({ rows: [both], texts })).floors
    expect(floor?.box.minX).toBeCloseTo(-18.2)
    expect(floor?.box.maxX).toBeCloseTo(60.2)
    expect(floor?.box.maxY).toBe(105)
  })

  test.each([
    ['x'.repeat(ROW_NAME_LENGTH_MAX - 1), 'x'.repeat(ROW_NAME_LENGTH_MAX - 1)],
    ['x'.repeat(ROW_NAME_LENGTH_MAX), 'x'.repeat(ROW_NAME_LENGTH_MAX)],
    ['x'.repeat(ROW_NAME_LENGTH_MAX + 1), `${'x'.repeat(ROW_NAME_LENGTH_MAX - 1)}…`],
  ])('%s is written as %s', (label, written) => {
    expect(namesOf({ displayLabel: label }).map(([text]) => text)).toEqual([written])
  })

  test('stand beside the only seat, and nowhere without one', () => {
    expect(namesOf({ displayLabel: 'Front' }, drawSeats(1))).toEqual([['Front', -29, 60]])
    expect(namesOf({}, [])).toEqual([])
  })
})
