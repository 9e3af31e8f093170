import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fullPlan } from '../../bench/plans.ts'
import { afterSplits, groundOf, mostOf, waitingOf } from '../../bench/partitions/arrivals.ts'
import { loadOfHold } from '../../bench/partitions/hold-load.ts'
import { evenLayout } from '../../bench/partitions/layout.ts'
import { HOLD_UNITS, warmFor } from '../../bench/partitions/warm.ts'
import { warmTable } from '../../bench/report/partitions.ts'

const shares = await loadOfHold(1)
const sale = { seconds: 3, aheadSeconds: 0.1, seed: 1 }
const groundWith = (shards: number, partitions: number) =>
  groundOf(evenLayout(partitions), { eventId: 'event-1', shards }, shares)

describe('partitions', () => {
  test('are asked for what a hold of the product asks for', () => {
    const sum = (pick: 'readUnits' | 'writeUnits') =>
      shares.reduce((all, share) => all + share[pick], 0)
    expect(sum('writeUnits')).toBe(HOLD_UNITS.writes)
    expect(sum('readUnits')).toBeLessThanOrEqual(HOLD_UNITS.reads)
    expect(shares.filter(({ spread }) => spread === 'shard')).toHaveLength(3)
  })

  test('let holds wait little below their limit, and refuse them beyond', () => {
    const ground = groundWith(256, 16)
    const most = mostOf(ground)
    expect(waitingOf(ground, { ...sale, perSecond: 0.6 * most })).toBeLessThan(20)
    expect(waitingOf(ground, { ...sale, perSecond: 2 * most })).toBe(Infinity)
  })

  test('are hit more evenly by more shards', () => {
    const few = mostOf(groundWith(16, 16))
    const many = mostOf(groundWith(256, 16))
    expect(many).toBeGreaterThan(1.4 * few)
    expect(waitingOf(groundWith(256, 16), { ...sale, perSecond: few * 1.3 })).toBeLessThan(200)
    expect(waitingOf(groundWith(16, 16), { ...sale, perSecond: few * 1.3 })).toBe(Infinity)
  })

  test('take more once they were split, and for a while where unused units were kept', () => {
    const ground = groundWith(128, 4)
    const perSecond = mostOf(ground) * 1.3
    expect(waitingOf(ground, { ...sale, perSecond })).toBe(Infinity)
    expect(waitingOf(afterSplits(ground, perSecond, 1), { ...sale, perSecond })).toBeLessThan(200)
    expect(waitingOf(ground, { ...sale, aheadSeconds: 30, perSecond })).toBe(0)
  })

  test('are the same in each run', () => {
    const ground = groundWith(64, 16)
    const arrivals = { ...sale, perSecond: mostOf(ground) }
    expect(waitingOf(ground, arrivals)).toBe(waitingOf(ground, arrivals))
  })
})

describe('the pages', () => {
  const pageOf = (name: string) => readFileSync(name, 'utf8')
  /** The cells of the table whose head begins so. */
  const rowsOf = (page: string, first: string) => {
    const lines = page.split('\n').map((line) => line.trim())
    const head = lines.findIndex((line) => new RegExp(`^\\| ${first} +\\|`).test(line))
    const length = lines.slice(head).findIndex((line) => !line.startsWith('|'))
    return lines.slice(head + 2, head + length).map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  }
  const bench = pageOf('docs/bench/README.md')
  const operations = pageOf('docs/operations.md')

  test('of operators quote what the bench found', () => {
    const quoted = rowsOf(operations, 'shards')
    const found = rowsOf(bench, 'shards').map(([shards, ...cells]) => [
      shards,
      ...[0, 2, 4].map((at) => cells[at]),
    ])
    expect(quoted.length).toBeGreaterThan(0)
    for (const row of quoted) expect(found).toContainEqual(row)
    expect(bench).toContain(`${fullPlan.partitions.events} events with keys elsewhere`)
  })

  test('say what to order for how many buyers as it is computed', () => {
    const computed = rowsOf(`${warmTable()}\n`, 'buyers')
    expect(rowsOf(operations, 'buyers')).toEqual(computed)
    expect(rowsOf(bench, 'buyers')).toEqual(computed)
  })
})

test('what to order is never less than a new table has, and in whole thousands', () => {
  expect(warmFor(1)).toMatchObject({ writeUnits: 4_000, readUnits: 12_000 })
  expect(warmFor(17_142)).toMatchObject({ writeUnits: 4_000 })
  expect(warmFor(17_144)).toMatchObject({ writeUnits: 5_000 })
})
