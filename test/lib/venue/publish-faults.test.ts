import { describe, expect, test } from 'vitest'
import { publishFaults } from '../../../lib/venue/validate-chart.ts'
import {
  drawBooth,
  drawChart,
  drawRow,
  drawSeat,
  drawSeats,
  drawSection,
  drawTable,
} from '../../support/drawings.ts'
import { readChart } from '../../../lib/venue/read-chart.ts'

describe('a draft', () => {
  const faultsOf = (plane: Record<string, unknown>) => publishFaults(readChart(drawChart(plane)))
  const booths = (...labels: string[]) => ({ booths: labels.map((label) => drawBooth(label)) })

  test('that breaks only validation rules can be published', () => {
    expect(faultsOf({ booths: [drawBooth('B', { categoryKey: null })] })).toEqual({
      faults: [],
      total: 0,
    })
  })

  test.each<[string, Record<string, unknown>]>([
    ['nothing', {}],
    ['an empty table', { tables: [drawTable('T', 0)] }],
    ['a row without seats', { rows: [drawRow('A', [])] }],
  ])('with %s to sell has no objects', (_, plane) => {
    expect(faultsOf(plane)).toEqual({ faults: [{ code: 'no-objects' }], total: 1 })
  })

  test('must not have a label twice, also where a table and an object share it', () => {
    const tables = [drawTable('T', 1)]
    expect(faultsOf({ tables, ...booths('X', 'T', 'X', 'X') })).toEqual({
      faults: [
        { code: 'duplicate-label', label: 'T' },
        { code: 'duplicate-label', label: 'X' },
      ],
      total: 2,
    })
  })

  test('must not have an unlabelled part: seat, row, table, booth or section', () => {
    const rows = [drawRow('', [drawSeat('1')]), drawRow('A', [drawSeat('?')])]
    const sections = [drawSection('?', booths('B'))]
    const { faults } = faultsOf({ rows, tables: [drawTable('?', 1)], ...booths(''), sections })
    expect(faults).toEqual(
      ['-1', 'A-?', '?', '?-1', '', '?-B'].map((label) => ({ code: 'missing-label', label })),
    )
  })

  test('may have labels of 199 and 200 UTF-16 units, and not of 201', () => {
    expect(faultsOf(booths('x'.repeat(199))).total).toBe(0)
    expect(faultsOf(booths('🎭'.repeat(100))).total).toBe(0)
    const row = drawRow('x'.repeat(100), [drawSeat('y'.repeat(100))])
    expect(faultsOf({ rows: [row] }).faults).toEqual([
      { code: 'label-too-long', label: `${'x'.repeat(100)}-${'y'.repeat(100)}` },
    ])
  })

  test('must not have half a character in a label', () => {
    expect(faultsOf(booths('🎭', 'A\ud83d', '\udfadB')).faults).toEqual([
      { code: 'label-malformed', label: 'A\ud83d' },
      { code: 'label-malformed', label: '\udfadB' },
    ])
  })

  test.each([99, 100, 101])(
    'with %j faults tells at most 100 of them, and how many there are',
    (seats) => {
      const { faults, total } = faultsOf({ rows: [drawRow('?', drawSeats(seats))] })
      expect(faults).toHaveLength(Math.min(seats, 100))
      expect(total).toBe(seats)
    },
  )
})
