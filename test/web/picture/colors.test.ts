import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contrastOf, openColors, parseColor } from '../../../web/picture/colors.ts'
import { seatStyle } from '../../../web/picture/paint/seat-style.ts'
import { plainPaint } from '../../../web/picture/play.ts'

const colors = openColors((color) => (color === 'rebeccapurple' ? '#663399' : color))

test.each([
  ['#abc', { red: 170, green: 187, blue: 204 }],
  ['#102030', { red: 16, green: 32, blue: 48 }],
  ['#10203080', { red: 16, green: 32, blue: 48 }],
  ['rgb(1, 2, 3)', { red: 1, green: 2, blue: 3 }],
  ['rgba(1 2 3 / 50%)', { red: 1, green: 2, blue: 3 }],
  ['color(srgb 1 0.5 0)', { red: 255, green: 127.5, blue: 0 }],
  ['#12', undefined],
  ['rgb(none)', undefined],
  ['tomato', undefined],
])('%s is read', (color, read) => {
  expect(parseColor(color)).toEqual(read)
})

test('black on white has the ratio 21, and equal colours 1', () => {
  const black = { red: 0, green: 0, blue: 0 }
  const white = { red: 255, green: 255, blue: 255 }
  expect(contrastOf(black, white)).toBeCloseTo(21)
  expect(contrastOf(white, white)).toBe(1)
})

test('what is written on any fill is read: at least 3.6, whatever the colour', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
      const fill = `#${number.toString(16).padStart(6, '0')}`
      expect(colors.contrast(colors.readableOn(fill), fill)).toBeGreaterThanOrEqual(3.6)
    }),
    { seed: 181, numRuns: 2_000 },
  )
})

test('names of colours are asked of the canvas; what nobody knows is grey', () => {
  expect(colors.contrast('rebeccapurple', '#663399')).toBe(1)
  expect(colors.contrast('no such colour', '#888888')).toBe(1)
})

describe('no state of a seat is told by colour alone', () => {
  const states = ['free', 'mine', 'busy', 'taken', 'off', 'unsold'] as const
  const styles = states.map((state) => {
    const look = { state, fill: '#777777' }
    return seatStyle(look, { paint: plainPaint, colors, colorNumber: () => 0 })
  })

  test('close up by a sign, or by having no fill', () => {
    const shapes = styles.map((style) => `${style?.sign} ${style?.edge !== undefined}`)
    expect(new Set(shapes).size).toBe(states.length)
  })

  test('from afar free, chosen, taken and what is not sold differ in size', () => {
    const [free, mine, , taken, off] = styles.map((style) => style?.scaleAfar ?? 0)
    expect([mine, free, taken, off]).toEqual([1.35, 1, 0.6, 0.4])
  })

  test('with patterns asked for, categories differ in form', () => {
    const paint = { ...plainPaint, hasHatches: true }
    const forms = [0, 1, 2, 3, 4, 5].map(
      (number) =>
        seatStyle({ state: 'free', fill: '#777777' }, { paint, colors, colorNumber: () => number })
          ?.form,
    )
    expect(new Set(forms).size).toBe(6)
  })
})

test('a pale seat on white has an edge', () => {
  const styling = { paint: plainPaint, colors, colorNumber: () => 0 }
  expect(seatStyle({ state: 'free', fill: '#fffbe8' }, styling)?.edge).toBeDefined()
  expect(seatStyle({ state: 'free', fill: '#2f6fb0' }, styling)?.edge).toBeUndefined()
})
