import { expect, test } from 'vitest'
import { shardsFor } from '../../../lib/rules/shards.ts'

const shardsOf = (objects: number) => shardsFor({ objects, areas: [] })

test.each([
  [0, 16],
  [512, 16],
  [513, 32],
  [1_024, 32],
  [1_025, 64],
  [4_096, 128],
  [4_097, 256],
  [100_000, 256],
])('an event of %i objects has %i shards', (objects, shards) => {
  expect(shardsOf(objects)).toBe(shards)
})

test('an area counts with as many rows as it has blocks', () => {
  const areas = Array.from({ length: 9 }, (_, at) => [`Field ${at}`, 64 * 50] as const)
  expect(shardsFor({ objects: 8, areas: areas.slice(0, 8) })).toBe(16)
  expect(shardsFor({ objects: 9, areas })).toBe(32)
})

test('an event on a chart of which nothing is known has the fewest', () => {
  expect(shardsFor(undefined)).toBe(16)
})
