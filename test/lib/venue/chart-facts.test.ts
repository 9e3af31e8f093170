import { describe, expect, test } from 'vitest'
import { indexChart, type ChartObject } from '../../../lib/venue/chart.ts'
import {
  drawArea,
  drawBooth,
  drawChart,
  drawFloors,
  drawRow,
  drawSeat,
  drawSection,
  drawTable,
  rowDrawing,
} from '../../support/drawings.ts'
import { readChart } from '../../../lib/venue/read-chart.ts'

describe('seat traits', () => {
  test.each([
    ['accessible', 'isAccessible'],
    ['companionSeat', 'isCompanionSeat'],
    ['restrictedView', 'hasRestrictedView'],
    ['liftUpArmrests', 'hasLiftUpArmrests'],
    ['hearingImpaired', 'isHearingImpaired'],
    ['semiAmbulatorySeat', 'isSemiAmbulatorySeat'],
    ['signLanguageInterpretation', 'hasSignLanguageInterpretation'],
    ['plusSize', 'isPlusSize'],
  ])('%s, drawn so or as %s, is told', (field, trait) => {
    const seats = [drawSeat('1', { [field]: true }), drawSeat('2', { [trait]: true })]
    for (const object of read({ rows: [drawRow('A', seats)] })) {
      if (object.kind !== 'seat') throw new Error('Seats were drawn.')
      const set = Object.entries(object.traits).flatMap(([name, has]) => (has ? [name] : []))
      expect(set).toEqual([trait])
    }
  })

  test.each([undefined, null, 'true', 1, {}])('are not set by %j', (value) => {
    const [seat] = read({ rows: [drawRow('A', [drawSeat('1', { accessible: value })])] })
    expect(seat).toMatchObject({ traits: { isAccessible: false } })
  })
})

describe('entrances', () => {
  test("are the object's own, else the table's, else the section's", () => {
    const seats = [drawSeat('1', { entrance: 'Own' }), drawSeat('2', { entrance: null })]
    const tables = [drawTable('T', 0, { seats, entrance: 'Table' }), drawTable('U', 0, { seats })]
    const plane = { sections: [drawSection('S', { tables }, { entrance: 'Section' })] }
    expect(read(plane).map(({ label, entrance }) => [label, entrance])).toEqual([
      ['S-T', 'Table'],
      ['S-T-1', 'Own'],
      ['S-T-2', 'Table'],
      ['S-U', 'Section'],
      ['S-U-1', 'Own'],
      ['S-U-2', 'Section'],
    ])
  })
})

describe('kinds named by the designer', () => {
  test('are told for seats and rows, except the default of rows', () => {
    const stool = drawSeat('1', { displayObjectType: 'Stool' })
    const rows = [
      drawRow('A', [stool], { displayObjectType: 'Bench' }),
      drawRow('B', [drawSeat('1')], { displayObjectType: 'row' }),
    ]
    const [bench, plain] = read({ rows })
    expect(bench).toMatchObject({
      displayedObjectType: 'Stool',
      parent: { displayedObjectType: 'Bench' },
    })
    expect(plain).toMatchObject({
      displayedObjectType: undefined,
      parent: { displayedObjectType: undefined },
    })
  })
})

describe('occupancy', () => {
  const occupancyOf = (object: ChartObject | undefined) => {
    if (object?.kind !== 'table' && object?.kind !== 'generalAdmission')
      throw new Error('No occupancy')
    return [object.variableOccupancy, object.minOccupancy, object.maxOccupancy]
  }
  const variable = { variableOccupancy: true }

  test('of an area defaults to 1 and, where it varies, to the capacity', () => {
    const areas = [
      drawArea('fixed', 60, { maxOccupancy: 9 }),
      drawArea('varies', 60, variable),
      drawArea('limits', 60, { ...variable, minOccupancy: 2, maxOccupancy: 8 }),
      drawArea('nobody', 60, { ...variable, minOccupancy: 0 }),
    ]
    expect(read({ generalAdmissionAreas: areas }).map(occupancyOf)).toEqual([
      [false, 1, undefined],
      [true, 1, 60],
      [true, 2, 8],
      [true, 1, 60],
    ])
  })

  test('of a table defaults to 1 and, where it varies, to its seats', () => {
    const [fixed, , varies] = read({ tables: [drawTable('T', 1), drawTable('U', 6, variable)] })
    expect(occupancyOf(fixed)).toEqual([false, 1, undefined])
    expect(occupancyOf(varies)).toEqual([true, 1, 6])
  })

  test.each([
    [60, 60],
    [0, 0],
    [-5, 0],
    [2.9, 2],
    [1e300, 1e9],
    ['60', 0],
    [null, 0],
    [NaN, 0],
  ])('of an area drawn with capacity %j has %j places', (drawn, capacity) => {
    expect(read({ generalAdmissionAreas: [drawArea('G', drawn)] })[0]).toMatchObject({ capacity })
  })
})

describe('distances', () => {
  test('have the digits that callers of the original API see: 32-bit floats up to the root', () => {
    const booths = [drawBooth('B', { center: { x: 323.06, y: 166.33 } })]
    const distance = read({ booths, focalPoint: { x: 250, y: 100 } })[0]?.distanceToFocalPoint
    expect(distance).toBe(98.67842540608864)
  })

  test.each([1e19, 1e39, 1e300])('are left out where they are too large to tell: %d', (x) => {
    const booths = [drawBooth('B', { center: { x, y: 0 } })]
    const [booth] = read({ booths, focalPoint: { x: -x, y: 0 } })
    expect(booth?.distanceToFocalPoint).toBeUndefined()
  })

  test('are measured from the focal point of the floor, {0, 0} included', () => {
    const booths = [drawBooth('B', { center: { x: 3, y: 4 } })]
    const floors = [
      { focalPoint: { x: 0, y: 0 }, booths },
      { focalPoint: { x: 3, y: 0 }, booths },
      { focalPoint: null, booths },
    ]
    const distances = readChart(drawFloors(floors)).objects.map((it) => it.distanceToFocalPoint)
    expect(distances).toEqual([5, 4, undefined])
  })

  test("are measured from the zone's focal point in a zone that has one", () => {
    const list = [{ key: 'east', label: 'East', focalPoint: { x: 3, y: 0 } }, { key: 'west' }]
    const booths = [drawBooth('B', { center: { x: 3, y: 4 } })]
    const at = { topLeft: { x: 0, y: 0 } }
    const sections = ['east', 'west', undefined].map((zone) =>
      drawSection('S', { booths }, { ...at, zone }),
    )
    const drawing = drawChart({ focalPoint: { x: 0, y: 0 }, sections }, { zones: { list } })
    const { objects } = readChart(drawing)
    expect(objects.map(({ location }) => location.zone)).toEqual(['east', 'west', undefined])
    expect(objects.map((it) => it.distanceToFocalPoint)).toEqual([4, 5, 5])
  })

  test("are measured from the section's own focal point only where there is no other", () => {
    const inner = {
      focalPoint: { x: 0, y: 0 },
      booths: [drawBooth('B', { center: { x: 3, y: 4 } })],
    }
    const sections = [drawSection('S', inner, { topLeft: { x: 10, y: 0 } })]
    expect(read({ sections })[0]?.distanceToFocalPoint).toBe(5)
    expect(read({ sections, focalPoint: { x: 13, y: 0 } })[0]?.distanceToFocalPoint).toBe(4)
  })

  test('are measured to the middle of the outline where no centre is drawn', () => {
    const square = [0, 1, 2, 3].map((corner) => ({ x: corner % 2 ? 6 : 0, y: corner > 1 ? 8 : 0 }))
    const areas = [drawArea('G', 1, { center: undefined, points: [...square, null, {}] })]
    const [area] = read({ focalPoint: { x: 0, y: 0 }, generalAdmissionAreas: areas })
    expect(area).toMatchObject({ position: { x: 3, y: 4 }, distanceToFocalPoint: 5 })
  })

  test('are measured to the middle of the seats of a table without a centre', () => {
    const seats = [drawSeat('1', { x: 0, y: 4 }), drawSeat('2', { x: 6, y: 4 })]
    const tables = [drawTable('T', 0, { center: null, seats })]
    expect(read({ focalPoint: { x: 0, y: 0 }, tables })[0]).toMatchObject({
      position: { x: 3, y: 4 },
      distanceToFocalPoint: 5,
    })
  })

  test('are absent without a focal point and without a position', () => {
    const booths = [drawBooth('B', { center: { x: 1, y: '1' } })]
    expect(read({ booths, focalPoint: { x: 0, y: 0 } })[0]?.distanceToFocalPoint).toBeUndefined()
    expect(read({ booths: [drawBooth('B')] })[0]?.distanceToFocalPoint).toBeUndefined()
  })

  test('carry no noise from adding a section to its place', () => {
    const seats = [drawSeat('1', { x: 0.2, y: 976 })]
    const at = { topLeft: { x: 0.1, y: 22_018.06 } }
    const [seat] = read({ sections: [drawSection('S', { rows: [drawRow('A', seats)] }, at)] })
    expect(seat?.position).toEqual({ x: 0.3, y: 22_994.06 })
  })
})

describe('zones and floors', () => {
  test("are the section's zone, else the object's own", () => {
    const booths = [drawBooth('B', { zone: 'own' })]
    const sections = [drawSection('S', { booths }, { zone: 'east' })]
    const rows = [drawRow('A', [drawSeat('1'), drawSeat('2', { zone: 'own' })], { zone: 'row' })]
    expect(read({ rows, booths, sections }).map(({ location }) => location.zone)).toEqual([
      'row',
      'own',
      'own',
      'east',
    ])
  })

  test('of objects on floors are the names of the floor; a single plane is no floor', () => {
    const floors = [{ booths: [drawBooth('B')] }, {}]
    const chart = readChart(drawFloors(floors))
    expect(chart.floors.map(({ name, displayName }) => [name, displayName])).toEqual([
      ['1', 'Floor 1'],
      ['2', 'Floor 2'],
    ])
    expect(chart.objects[0]?.location.floor).toBe(chart.floors[0])
    expect(read({ booths: [drawBooth('B')], floorName: '1' })[0]?.location.floor).toBeUndefined()
  })

  test('decide with the focal points whether best available is supported', () => {
    const supports = (drawing: object) => readChart(drawing).supportsBestAvailable
    const focalPoint = { x: 0, y: 0 }
    const zones = (...list: object[]) => drawChart({}, { zones: { list } })
    expect(supports(drawChart({ focalPoint }))).toBe(true)
    expect(supports(drawChart({ focalPoint: null }))).toBe(false)
    expect(supports(drawFloors([{}, { focalPoint }]))).toBe(true)
    expect(supports(drawFloors([{}, {}]))).toBe(false)
    expect(supports(zones({ key: 'a', focalPoint }, { key: 'b', focalPoint }))).toBe(true)
    expect(supports(zones({ key: 'a', focalPoint }, { key: 'b' }))).toBe(false)
    expect(supports(zones())).toBe(false)
  })
})

describe('a chart', () => {
  test.each([
    ['WITH_SECTIONS_AND_FLOORS', 'WITH_SECTIONS_AND_FLOORS'],
    ['ROWS_WITH_SECTIONS', 'WITH_SECTIONS_AND_FLOORS'],
    ['WITH_ZONES', 'WITH_ZONES'],
    ['ZONES', 'WITH_ZONES'],
    ['MIXED', 'SIMPLE'],
    ['TABLES', 'SIMPLE'],
    ['ROWS_WITHOUT_SECTIONS', 'SIMPLE'],
    [undefined, 'SIMPLE'],
  ])('drawn as %s is of type %s', (venueType, expected) => {
    expect(readChart(drawChart({}, { venueType })).venueType).toBe(expected)
  })

  test('of rows has each label once, A-1 first', () => {
    const chart = readChart(rowDrawing({ rows: 30, seatsPerRow: 3 }))
    expect([...indexChart(chart).keys()].slice(0, 4)).toEqual(['A-1', 'A-2', 'A-3', 'B-1'])
    expect(chart.objects.at(-1)?.label).toBe('AD-3')
    expect(indexChart(chart).size).toBe(90)
  })
})

function read(plane: Record<string, unknown>): readonly ChartObject[] {
  return readChart(drawChart(plane)).objects
}
