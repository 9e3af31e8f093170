import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { measureBound } from '../../bench/chapters/bound.ts'
import { costOf } from '../../bench/meter.ts'

const page = readFileSync('docs/bench/README.md', 'utf8')

/** Cells of the table under a heading: of each line the first, and the figures. */
function tableUnder(heading: string): Map<string, number[]> {
  const [, after = ''] = page.split(`### ${heading}\n`)
  const [table = ''] = after.split('\n#')
  const lines = table.split('\n').filter((line) => line.startsWith('|'))
  return new Map(
    lines.slice(2).map((line) => {
      const [name = '', ...cells] = line.split('|').slice(1, -1)
      return [name.trim(), cells.map((cell) => Number.parseFloat(cell.replace(/,/g, '')))]
    }),
  )
}

test('every write of a large commit is counted, whatever it travels in', async () => {
  for (const row of await measureBound([{ objects: 101, perEvent: 200 }], 1)) {
    expect(row.writeUnits).toBeGreaterThanOrEqual(2 * row.objects)
    expect(row.writeUnits).toBeLessThanOrEqual(row.bound)
  }
})

test('a statement of a batch that is refused is charged as a write that is refused', () => {
  const Responses = [{}, { Error: { Code: 'ConditionalCheckFailed' } }]
  const ConsumedCapacity = [{ CapacityUnits: 1 }]
  expect(costOf('BatchExecuteStatement', {}, { ConsumedCapacity, Responses })).toMatchObject({
    ...{ requests: 1, writeUnits: 2, refusedUnits: 1 },
  })
})

test('the price of a million orders is that of the units that they are shown to take', () => {
  const [holds, bookings] = [tableUnder('hold'), tableUnder('book')]
  const prices = tableUnder('A million orders')
  expect([...prices.keys()]).toEqual([...holds.keys()])
  // Requests, read units and write units of Holdfast, its formula, and the same of the two patterns.
  const places = [1, 5, 8]
  for (const [name, cells] of prices) {
    for (const [seller, place] of places.entries()) {
      const units = [holds, bookings].reduce((sum, table) => {
        const row = table.get(name) ?? []
        return sum + (row[place] ?? NaN) / 5 + (row[place + 1] ?? NaN)
      }, 0)
      const price = cells[2 * seller] ?? NaN
      expect(Math.abs(price - units * 0.625)).toBeLessThanOrEqual(0.006 * Math.max(1, price))
    }
  }
})
