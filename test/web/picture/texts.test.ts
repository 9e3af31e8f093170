import { describe, expect, test } from 'vitest'
import { widthAt } from '../../../web/picture/paint/section-room.ts'
import { fitText, openTexts, uprightAngle } from '../../../web/picture/paint/texts.ts'
import { openRecording } from './recording.ts'

// Letters are as wide as six tenths of their height.
const texts = openTexts(openRecording().screen.brush, 'sans-serif')

describe('a text is as large as it may be and fits', () => {
  test.each([
    ['fits at the largest size', 'Stage', { width: 100, sizeMax: 20, sizeMin: 8 }, 20],
    ['is made smaller', 'Stage', { width: 30, sizeMax: 20, sizeMin: 8 }, 10],
    ['just fits at the smallest', 'Stage', { width: 24, sizeMax: 20, sizeMin: 8 }, 8],
  ])('%s', (_, text, room, size) => {
    expect(fitText(texts, text, room)).toEqual({ text, size })
  })

  test.each([
    ['does not fit', 'Stage', { width: 23, sizeMax: 20, sizeMin: 8 }],
    ['is empty', '  ', { width: 100, sizeMax: 20, sizeMin: 8 }],
    ['has less height than it needs', 'Stage', { width: 100, sizeMax: 7, sizeMin: 8 }],
    ['would be cut to a letter', 'Stage', { width: 10, sizeMax: 20, sizeMin: 8, mayCut: true }],
  ])('is left out where it %s', (_, text, room) => {
    expect(fitText(texts, text, room)).toBeUndefined()
  })

  test('is cut where it may be, at the smallest size', () => {
    const room = { width: 48, sizeMax: 20, sizeMin: 10, mayCut: true }
    expect(fitText(texts, 'Grandstand', room)).toEqual({ text: 'Grandst…', size: 10 })
  })
})

test.each([
  [0, 0],
  [90, 90],
  [91, -89],
  [180, 0],
  [270, 90],
  [320, 320],
  [-45, 315],
  [720, 0],
])('a text turned by %d degrees is written at %d, never upside down', (angle, upright) => {
  expect(uprightAngle(angle)).toBe(upright)
})

describe('the room of a section along its line', () => {
  const square = [0, 0, 100, 0, 100, 100, 0, 100]
  test.each([
    ['in the middle of a square', square, { x: 50, y: 50, angle: 0, height: 10 }, 100],
    ['off its middle', square, { x: 30, y: 50, angle: 0, height: 10 }, 60],
    ['higher than it', square, { x: 50, y: 50, angle: 0, height: 120 }, 0],
    ['outside', square, { x: 150, y: 50, angle: 0, height: 10 }, 0],
    [
      'along the tall side',
      [0, 0, 20, 0, 20, 100, 0, 100],
      { x: 10, y: 50, angle: 90, height: 10 },
      100,
    ],
    [
      'in a triangle, where it is narrowest',
      [0, 0, 100, 0, 50, 100],
      { x: 50, y: 50, angle: 0, height: 20 },
      40,
    ],
  ])('%s', (_, outline, line, width) => {
    expect(widthAt(outline, line)).toBeCloseTo(width)
  })
})
