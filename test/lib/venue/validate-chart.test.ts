import { describe, expect, test } from 'vitest'
import {
  sortByLevel,
  validateChart,
  validationRules,
  type ValidationRule,
} from '../../../lib/venue/validate-chart.ts'
import {
  drawArea,
  drawBooth,
  drawChart,
  drawFloors,
  drawRow,
  drawSeat,
  drawSeats,
  drawSection,
  drawTable,
  quaysideDrawing,
  rowDrawing,
} from '../../support/drawings.ts'
import { readChart } from '../../../lib/venue/read-chart.ts'

const focalPoint = { x: 0, y: 0 }

describe('validation', () => {
  test('knows six rules, in this order', () => {
    expect(validationRules).toEqual([
      'VALIDATE_DUPLICATE_LABELS',
      'VALIDATE_UNLABELED_OBJECTS',
      'VALIDATE_OBJECTS_WITHOUT_CATEGORIES',
      'VALIDATE_FOCAL_POINT',
      'VALIDATE_OBJECT_TYPES_PER_CATEGORY',
      'VALIDATE_EMPTY_FLOOR',
    ])
  })

  test('finds nothing wrong with rows of one category and a focal point', () => {
    expect(validateChart(readChart(rowDrawing()))).toEqual([])
  })

  test('finds one rule broken by the Quayside drawing', () => {
    expect(validateChart(readChart(quaysideDrawing()))).toEqual([
      { rule: 'VALIDATE_OBJECT_TYPES_PER_CATEGORY', labels: [] },
    ])
  })

  test('tells all broken rules in their order', () => {
    const seats = [drawSeat('?'), drawSeat('?', { categoryKey: null })]
    const floor = { rows: [drawRow('A', seats)], booths: [drawBooth('B')] }
    expect(brokenRules(drawFloors([floor, {}]))).toEqual(validationRules)
  })
})

describe('duplicate labels', () => {
  const rule = 'VALIDATE_DUPLICATE_LABELS'

  test('are told once each, by first appearance, over all floors and sections', () => {
    const twice = { rows: [drawRow('A', [drawSeat('1'), drawSeat('2')])] }
    const floors = [
      { ...twice, booths: [drawBooth('B'), drawBooth('C')] },
      { ...twice, sections: [drawSection('A', { booths: [drawBooth('2'), drawBooth('B')] })] },
      { booths: [drawBooth('B')] },
    ]
    expect(labelsOf(drawFloors(floors), rule)).toEqual(['A-1', 'A-2', 'B'])
  })

  test('count a table only in the form in which the chart sells it', () => {
    const plane = (bookAsAWhole: boolean) => ({
      tables: [drawTable('T', 1, { bookAsAWhole })],
      booths: [drawBooth('T'), drawBooth('T-1')],
    })
    expect(labelsOf(drawChart(plane(true)), rule)).toEqual(['T'])
    expect(labelsOf(drawChart(plane(false)), rule)).toEqual(['T-1'])
  })
})

describe('unlabeled objects', () => {
  const rule = 'VALIDATE_UNLABELED_OBJECTS'

  test.each(['?', '', null, {}])('are those without a label of their own: %j', (label) => {
    const plane = {
      rows: [drawRow('A', [drawSeat('1'), drawSeat(label)])],
      tables: [drawTable(label, 1, { bookAsAWhole: true })],
      booths: [drawBooth(label)],
      generalAdmissionAreas: [drawArea(label, 5)],
    }
    const text = label === '?' ? '?' : ''
    expect(labelsOf(drawChart(plane), rule)).toEqual([`A-${text}`, text])
  })

  test('are the seats of a row or table without label', () => {
    const plane = { rows: [drawRow('?', drawSeats(2))], tables: [drawTable('', 1)] }
    expect(labelsOf(drawChart(plane), rule)).toEqual(['?-1', '?-2', '-1'])
  })
})

describe('objects without category', () => {
  const rule = 'VALIDATE_OBJECTS_WITHOUT_CATEGORIES'
  const without = { categoryKey: null }

  test('are those that neither have nor inherit one', () => {
    const booths = [drawBooth('B', without)]
    const plane = {
      rows: [drawRow('A', [drawSeat('1'), drawSeat('2', without)])],
      booths,
      generalAdmissionAreas: [drawArea('G', 1, { categoryKey: 99 })],
      sections: [drawSection('S', { booths }, { categoryKey: 1 })],
    }
    expect(labelsOf(drawChart(plane), rule)).toEqual(['A-2', 'B', 'G'])
  })

  test('are looked for among the seats of tables, however they are sold', () => {
    const seats = [drawSeat('1', { categoryKey: 1 }), drawSeat('2', { categoryKey: 'lounge' })]
    const tables = [
      drawTable('mixed', 0, { seats, bookAsAWhole: true }),
      drawTable('partly', 0, { seats: [...seats, drawSeat('3', without)], bookAsAWhole: true }),
      drawTable('empty', 0, { bookAsAWhole: true }),
      drawTable('unsold', 0),
    ]
    expect(labelsOf(drawChart({ tables }), rule)).toEqual(['partly-3', 'empty'])
  })
})

describe('the focal point', () => {
  test('is on the plane, on any floor, or in every zone', () => {
    const has = (drawing: object) => !brokenRules(drawing).includes('VALIDATE_FOCAL_POINT')
    const zones = (...list: object[]) => drawChart({}, { zones: { list } })
    expect(has(drawChart({ focalPoint }))).toBe(true)
    expect(has(drawChart({ focalPoint: null }))).toBe(false)
    expect(has(drawFloors([{}, { focalPoint }]))).toBe(true)
    expect(has(drawFloors([{}, {}]))).toBe(false)
    expect(has(zones({ key: 'a', focalPoint }))).toBe(true)
    expect(has(zones({ key: 'a', focalPoint }, { key: 'b' }))).toBe(false)
    expect(has(zones())).toBe(false)
  })
})

describe('a category', () => {
  const table = (extra: object) => drawTable('T', 2, { ...extra })
  const fails = (plane: Record<string, unknown>) =>
    brokenRules(drawChart(plane)).includes('VALIDATE_OBJECT_TYPES_PER_CATEGORY')

  test('may be used by seats of rows and seats of tables together', () => {
    expect(fails({ rows: [drawRow('A', drawSeats(2))], tables: [table({})] })).toBe(false)
  })

  test.each<[string, Record<string, unknown>]>([
    ['tables sold whole', { tables: [table({ bookAsAWhole: true })] }],
    ['booths', { booths: [drawBooth('B')] }],
    ['areas', { generalAdmissionAreas: [drawArea('G', 1)] }],
  ])('may not be used by seats and %s', (_, others) => {
    const rows = [drawRow('A', drawSeats(2))]
    expect(fails(others)).toBe(false)
    expect(fails({ rows, ...others })).toBe(true)
    expect(
      fails({ rows: [drawRow('A', [drawSeat('1', { categoryKey: 'lounge' })])], ...others }),
    ).toBe(false)
  })
})

describe('a floor', () => {
  test('is empty without an object that can be sold, even if it looks like another one', () => {
    const booths = { booths: [drawBooth('B')] }
    const fails = (drawing: object) => brokenRules(drawing).includes('VALIDATE_EMPTY_FLOOR')
    expect(fails(drawFloors([booths, booths]))).toBe(false)
    expect(fails(drawFloors([booths, { floorName: '1', floorDisplayName: 'Floor 1' }]))).toBe(true)
    expect(fails(drawFloors([{ tables: [drawTable('T', 0)] }]))).toBe(true)
    expect(fails(drawChart({}))).toBe(false)
  })
})

describe('levels', () => {
  const failures = validateChart(
    readChart(drawChart({ booths: [drawBooth('?'), drawBooth('?', { categoryKey: null })] })),
  )

  test('sort failures into errors and warnings, in the order of the rules; off is not told', () => {
    const levels = {
      VALIDATE_FOCAL_POINT: 'ERROR',
      VALIDATE_UNLABELED_OBJECTS: 'WARNING',
      VALIDATE_DUPLICATE_LABELS: 'ERROR',
      VALIDATE_OBJECTS_WITHOUT_CATEGORIES: 'OFF',
      VALIDATE_EMPTY_FLOOR: 'ERROR',
    } as const
    expect(sortByLevel(failures, levels)).toEqual({
      errors: ['VALIDATE_DUPLICATE_LABELS', 'VALIDATE_FOCAL_POINT'],
      warnings: ['VALIDATE_UNLABELED_OBJECTS'],
    })
  })

  test('that are not set are off', () => {
    expect(sortByLevel(failures, {})).toEqual({ errors: [], warnings: [] })
  })
})

function brokenRules(drawing: object): ValidationRule[] {
  return validateChart(readChart(drawing)).map(({ rule }) => rule)
}

function labelsOf(drawing: object, wanted: ValidationRule): readonly string[] | undefined {
  return validateChart(readChart(drawing)).find(({ rule }) => rule === wanted)?.labels
}
