import { describe, expect, test } from 'vitest'
import {
  indexChart,
  indexObjects,
  placesOf,
  sellableObjects,
  type Chart,
  type ChartObject,
  type TableConfig,
} from '../../../lib/venue/chart.ts'
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
} from '../../support/drawings.ts'
import { readChart } from '../../../lib/venue/read-chart.ts'

describe('the Quayside drawing', () => {
  const chart = readChart(quaysideDrawing())
  const objects = indexChart(chart)

  test('has these sellable objects in this order, with these categories, places and neighbours', () => {
    expect(sellableObjects(chart).map(summary)).toEqual([
      ['A-1', 'seat', '1', 1, undefined, 'A-2'],
      ['A-2', 'seat', '1', 1, 'A-1', 'A-3'],
      ['A-3', 'seat', '1', 1, 'A-2', undefined],
      ['T1', 'table', 'lounge', 2],
      ['T2-1', 'seat', 'lounge', 1, 'T2-2', 'T2-2'],
      ['T2-2', 'seat', 'lounge', 1, 'T2-1', 'T2-1'],
      ['B1', 'booth', '1', 1],
      ['Pier', 'generalAdmission', '1', 25],
      ['East-C-1', 'seat', '1', 1, undefined, 'East-C-2'],
      ['East-C-2', 'seat', '1', 1, 'East-C-1', undefined],
    ])
  })

  test('shows row A as Front, and keeps A as its technical label', () => {
    expect(objects.get('A-1')).toMatchObject({
      ownLabel: '1',
      parent: { type: 'row', label: 'A', displayLabel: 'Front', objectLabel: 'A' },
    })
  })

  test('has A-2 at about 60.01 from the focal point, and A-3 accessible', () => {
    expect(objects.get('A-2')?.distanceToFocalPoint).toBe(Math.sqrt(1 + 60 * 60))
    expect(objects.get('A-2')).toMatchObject({ traits: { isAccessible: false } })
    expect(objects.get('A-3')).toMatchObject({ traits: { isAccessible: true } })
  })

  test('has T1 sold whole with two seats, and T2 by seat', () => {
    expect(objects.get('T1')).toMatchObject({ kind: 'table', numSeats: 2, bookAsAWhole: true })
    expect(objects.get('T2')).toMatchObject({ kind: 'table', numSeats: 2, bookAsAWhole: false })
    expect(objects.get('T2-1')).toMatchObject({ parent: { type: 'table', objectLabel: 'T2' } })
  })

  test('has Pier for 25, of any number, without a maximum', () => {
    expect(objects.get('Pier')).toMatchObject({
      capacity: 25,
      bookAsAWhole: false,
      variableOccupancy: false,
      minOccupancy: 1,
      maxOccupancy: undefined,
    })
  })

  test('has the seats of East in floor coordinates, at Gate 2, in section East', () => {
    expect(objects.get('East-C-1')).toMatchObject({
      position: { x: 320, y: 150 },
      entrance: 'Gate 2',
      location: { section: { label: 'East', displayLabel: 'East' } },
      parent: { label: 'C', objectLabel: 'East-C' },
    })
    expect(objects.get('East-C-2')?.position).toEqual({ x: 341, y: 150 })
  })

  test('counts 7 seats as the chart sells them, and 9 with the seats of every table', () => {
    expect(countSeats(sellableObjects(chart))).toBe(7)
    expect(countSeats(sellableObjects(chart, { mode: 'ALL_BY_SEAT' }))).toBe(9)
    expect(countSeats(chart.objects)).toBe(9)
  })

  test('supports best available', () => {
    expect(chart.supportsBestAvailable).toBe(true)
  })
})

describe('labels', () => {
  test('join the literal parts, whatever is in them', () => {
    const row = drawRow('A/1 - B', [drawSeat('1-2')])
    const chart = readChart(drawChart({ sections: [drawSection('North-East', { rows: [row] })] }))
    expect(labels(chart)).toEqual(['North-East-A/1 - B-1-2'])
  })

  test('put the section before tables, booths and areas too', () => {
    const plane = {
      tables: [drawTable('T4', 1)],
      booths: [drawBooth('B7')],
      generalAdmissionAreas: [drawArea('GA', 5)],
    }
    const chart = readChart(drawChart({ sections: [drawSection('North', plane)] }))
    expect(labels(chart)).toEqual(['North-T4', 'North-T4-1', 'North-B7', 'North-GA'])
  })

  test('keep a seat that has none, or a question mark', () => {
    const seats = [drawSeat('?'), drawSeat(''), drawSeat(undefined), drawSeat(null)]
    expect(labels(readChart(drawChart({ rows: [drawRow('A', seats)] })))).toEqual([
      'A-?',
      'A-',
      'A-',
      'A-',
    ])
  })

  test('may be drawn as numbers; other things are no label', () => {
    const seats = [drawSeat(7), drawSeat(1.5), drawSeat({}), drawSeat(['x']), drawSeat(true)]
    expect(labels(readChart(drawChart({ rows: [drawRow(3, seats)] })))).toEqual([
      '3-7',
      '3-1.5',
      '3-',
      '3-',
      '3-',
    ])
  })

  test('that are names of object prototypes are ordinary', () => {
    const booths = ['__proto__', 'constructor', 'toString'].map((label) => drawBooth(label))
    const index = indexChart(readChart(drawChart({ booths })))
    expect([...index.keys()]).toEqual(['__proto__', 'constructor', 'toString'])
    expect(index.get('hasOwnProperty')).toBeUndefined()
  })

  test('that occur twice belong to the first object in walk order; both are listed', () => {
    const chart = readChart(
      drawChart({ booths: [drawBooth('X', { displayLabel: 'first' }), drawBooth('X')] }),
    )
    expect(labels(chart)).toEqual(['X', 'X'])
    expect(indexChart(chart).get('X')).toBe(chart.objects[0])
  })

  test('of display are used where there are any, and empty ones are none', () => {
    const row = drawRow('A', [
      drawSeat('1', { displayLabel: 'One' }),
      drawSeat('2', { displayLabel: '' }),
    ])
    const section = drawSection('N', { rows: [row] }, { displayLabel: 'North' })
    const { objects } = readChart(drawChart({ sections: [section] }))
    expect(objects.map(({ ownDisplayLabel }) => ownDisplayLabel)).toEqual(['One', '2'])
    expect(objects[0]?.location.section).toEqual({ label: 'N', displayLabel: 'North' })
  })

  test('of a row outside of sections start with the section that the row names', () => {
    const named = { sectionLabel: 'Circle', sectionDisplayedLabel: 'The Circle' }
    const inner = drawRow('B', [drawSeat('1')], named)
    const chart = readChart(
      drawChart({
        rows: [drawRow('A', [drawSeat('1')], named)],
        sections: [drawSection('N', { rows: [inner] })],
      }),
    )
    expect(labels(chart)).toEqual(['Circle-A-1', 'N-B-1'])
    expect(chart.objects[0]?.location.section?.displayLabel).toBe('The Circle')
  })

  test('in a section within a section start with the inner one', () => {
    const inner = drawSection('Box', { booths: [drawBooth('1')] })
    const outer = drawSection('North', { sections: [inner] }, { entrance: 'Gate 1', zone: 'z' })
    const { objects } = readChart(drawChart({ sections: [outer] }))
    expect(objects[0]).toMatchObject({
      label: 'Box-1',
      entrance: 'Gate 1',
      location: { zone: 'z' },
      position: { x: 960, y: 300 },
    })
  })
})

describe('the walk', () => {
  test('goes floor by floor, and on each plane rows, tables, booths, areas, then sections', () => {
    const plane = (name: string) => ({
      sections: [drawSection(name, { rows: [drawRow('s', [drawSeat('1')])] })],
      generalAdmissionAreas: [drawArea(`${name}a`, 1)],
      booths: [drawBooth(`${name}b`)],
      tables: [drawTable(`${name}t`, 2)],
      rows: [drawRow(`${name}r`, drawSeats(2))],
    })
    expect(labels(readChart(drawFloors([plane('1'), plane('2')])))).toEqual(
      ['1', '2'].flatMap((floor) => [
        ...[`${floor}r-1`, `${floor}r-2`, `${floor}t`, `${floor}t-1`, `${floor}t-2`],
        ...[`${floor}b`, `${floor}a`, `${floor}-s-1`],
      ]),
    )
  })

  test('takes the only plane when the list of floors is empty', () => {
    const drawing = drawChart({ booths: [drawBooth('B')] }, { subChartFloors: [] })
    expect(labels(readChart(drawing))).toEqual(['B'])
    expect(readChart(drawing).floors).toEqual([])
  })
})

describe('tables in an event', () => {
  const tables = [drawTable('T1', 2, { bookAsAWhole: true }), drawTable('T2', 2)]
  const chart = readChart(drawChart({ tables }))
  const custom = (choices: [string, 'BY_TABLE' | 'BY_SEAT'][]): TableConfig => ({
    mode: 'CUSTOM',
    tables: new Map(choices),
  })

  test.each<[string, TableConfig | undefined, string[]]>([
    ['as the chart says', undefined, ['T1', 'T2-1', 'T2-2']],
    ['as the chart says, asked for', { mode: 'INHERIT' }, ['T1', 'T2-1', 'T2-2']],
    ['all whole', { mode: 'ALL_BY_TABLE' }, ['T1', 'T2']],
    ['all by seat', { mode: 'ALL_BY_SEAT' }, ['T1-1', 'T1-2', 'T2-1', 'T2-2']],
    [
      'as named',
      custom([
        ['T1', 'BY_SEAT'],
        ['T2', 'BY_TABLE'],
      ]),
      ['T1-1', 'T1-2', 'T2'],
    ],
    ['as named, others as the chart says', custom([['T2', 'BY_TABLE']]), ['T1', 'T2']],
  ])('are sold %s', (_, config, expected) => {
    expect(sellableObjects(chart, config).map(({ label }) => label)).toEqual(expected)
  })

  test('are found by label only in the form in which they are sold', () => {
    const index = indexObjects(sellableObjects(chart))
    expect([index.has('T1'), index.has('T1-1')]).toEqual([true, false])
    expect([index.has('T2'), index.has('T2-1')]).toEqual([false, true])
  })
})

function summary(object: ChartObject): unknown[] {
  const facts = [object.label, object.kind, object.category?.key, placesOf(object)]
  return object.kind === 'seat' ? [...facts, object.leftNeighbour, object.rightNeighbour] : facts
}

function countSeats(objects: readonly ChartObject[]): number {
  return objects.filter(({ kind }) => kind === 'seat').length
}

function labels(chart: Chart): string[] {
  return chart.objects.map(({ label }) => label)
}
