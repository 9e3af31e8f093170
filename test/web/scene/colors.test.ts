import { expect, test } from 'vitest'
import { cssColor } from '../../../web/scene/colors.ts'

test.each([
  '#abc',
  '#abcd',
  '#A1B2C3',
  '#a1b2c3d4',
  'rgb(1, 2, 3)',
  'rgba(1,2,3,.5)',
  'rgb(10% 20% 30% / 50%)',
  'hsl(120, 50%, 50%)',
  'hsl(0.5turn 50% 50%)',
  'hsla(120deg, 50%, 50%, 0.2)',
  'RebeccaPurple',
  'transparent',
])('%s is a colour', (color) => {
  expect(cssColor(color)).toBe(color)
})

test.each([
  '',
  '#ab',
  '#abcde',
  '#ggg',
  'grene',
  'rgb(1,2)',
  'rgb(1,2,3',
  'rgb(var(--x))',
  'hsl(1,2,3)',
  'url(https://elsewhere.example)',
  'red; background: url(x)',
  'constructor',
  `#${'a'.repeat(200)}`,
  7,
  null,
  undefined,
  {},
])('%s is no colour', (value) => {
  expect(cssColor(value)).toBeUndefined()
})

test('spaces around a colour are left out', () => {
  expect(cssColor(' #abc ')).toBe('#abc')
})
