import { expect, test } from 'vitest'
import { levelAt } from '../../../web/picture/level.ts'

test.each([
  [3.9, true, { seats: 'none', sectionNames: 'inside', isClose: false }],
  [4, true, { seats: 'marks', sectionNames: 'on plates', isClose: false }],
  [6.9, true, { seats: 'marks', sectionNames: 'on plates', isClose: false }],
  [7, true, { seats: 'discs', sectionNames: 'none', isClose: true, hasNumbers: false }],
  [14.9, true, { hasNumbers: false }],
  [15, true, { hasNumbers: true }],
  // Nothing stands for seats where there are no sections.
  [0.5, false, { seats: 'marks', sectionNames: 'none', isClose: false }],
  [7, false, { seats: 'discs', isClose: true }],
] as const)('at seats of %d pixels, sections %s', (pixels, hasSections, expected) => {
  expect(levelAt(pixels, hasSections)).toMatchObject(expected)
})
