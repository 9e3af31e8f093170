import { describe, expect, test } from 'vitest'
import { indexChart } from '../../../lib/venue/chart.ts'
import {
  drawBooth,
  drawChart,
  drawRow,
  drawSeat,
  drawSection,
  drawTable,
} from '../../support/drawings.ts'
import { readChart } from '../../../lib/venue/read-chart.ts'

describe('categories', () => {
  const list = [
    { key: 1, label: 'One', color: '#111', accessible: true },
    { key: '2', label: 'Two', color: '#222' },
  ]
  const keyOf = (plane: Record<string, unknown>, label: string) =>
    indexChart(readChart(drawChart(plane, { list }))).get(label)?.category?.key

  test('are listed in drawn order, with the key as text and as drawn', () => {
    expect(readChart(drawChart({}, { list })).categories).toEqual([
      { key: '1', originalKey: 1, label: 'One', color: '#111', accessible: true },
      { key: '2', originalKey: '2', label: 'Two', color: '#222', accessible: false },
    ])
  })

  test('with the same key count once, the first of them', () => {
    const [first, ...others] = readChart(
      drawChart({}, { list: [{ key: 1, label: 'One' }, null, { key: '1', label: 'Other' }, {}] }),
    ).categories
    expect(first?.label).toBe('One')
    expect(others).toEqual([])
  })

  test('are found by the key as text, whether drawn as number or text', () => {
    const seats = [drawSeat('1', { categoryKey: '1' }), drawSeat('2', { categoryKey: 2 })]
    const plane = { rows: [drawRow('A', seats)] }
    expect([keyOf(plane, 'A-1'), keyOf(plane, 'A-2')]).toEqual(['1', '2'])
  })

  test("of a seat are its own, else its table's, else its section's, else none", () => {
    const seats = [drawSeat('1', { categoryKey: 2 }), drawSeat('2', { categoryKey: null })]
    const plain = drawTable('P', 0, { seats })
    const own = drawTable('T', 0, { seats, categoryKey: 1 })
    const sections = [drawSection('S', { tables: [plain] }, { categoryKey: 1 })]
    const plane = { tables: [own, plain], sections }
    expect([keyOf(plane, 'T-1'), keyOf(plane, 'T-2')]).toEqual(['2', '1'])
    expect([keyOf(plane, 'S-P-1'), keyOf(plane, 'S-P-2')]).toEqual(['2', '1'])
    expect(keyOf(plane, 'P-2')).toBeUndefined()
  })

  test('that are not in the list are none, and hide the inherited one', () => {
    const booth = drawBooth('B', { categoryKey: 99 })
    const sections = [drawSection('S', { booths: [booth] }, { categoryKey: 1 })]
    expect(keyOf({ sections }, 'S-B')).toBeUndefined()
  })

  test.each(['__proto__', 'constructor', 'toString'])(
    'named %s are only found if listed',
    (key) => {
      expect(keyOf({ booths: [drawBooth('B', { categoryKey: key })] }, 'B')).toBeUndefined()
      const listed = drawChart(
        { booths: [drawBooth('B', { categoryKey: key })] },
        { list: [{ key }] },
      )
      expect(readChart(listed).objects[0]?.category?.key).toBe(key)
    },
  )

  test('of a table are its own, else the one all its seats share, else none', () => {
    const shared = [drawSeat('1', { categoryKey: 2 }), drawSeat('2', { categoryKey: '2' })]
    const mixed = [drawSeat('1', { categoryKey: 1 }), drawSeat('2', { categoryKey: 2 })]
    const tables = [
      drawTable('own', 0, { seats: mixed, categoryKey: 1 }),
      drawTable('shared', 0, { seats: shared }),
      drawTable('mixed', 0, { seats: mixed }),
    ]
    const sections = [drawSection('S', { tables: [drawTable('empty', 0)] }, { categoryKey: 1 })]
    const plane = { tables, sections }
    expect(['own', 'shared', 'mixed', 'S-empty'].map((label) => keyOf(plane, label))).toEqual([
      '1',
      '2',
      undefined,
      '1',
    ])
  })
})
