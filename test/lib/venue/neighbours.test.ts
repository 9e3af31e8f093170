import { describe, expect, test } from 'vitest'
import { drawChart, drawRow, drawSeat, drawSeats, drawTable } from '../../support/drawings.ts'
import { readChart } from '../../../lib/venue/read-chart.ts'

type Place = Readonly<{ x?: unknown; y?: unknown }>
type Neighbours = [left: string | undefined, right: string | undefined]

describe('in a row', () => {
  test('each seat is next to those drawn before and after it, and the ends are open', () => {
    expect(neighboursIn({ rows: [drawRow('A', drawSeats(3))] })).toEqual([
      [undefined, 'A-2'],
      ['A-1', 'A-3'],
      ['A-2', undefined],
    ])
  })

  test('what is no seat does not part its neighbours', () => {
    const seats = [drawSeat('1'), null, 7, [], 'x', drawSeat('2')]
    expect(neighboursIn({ rows: [drawRow('A', seats)] })).toEqual([
      [undefined, 'A-2'],
      ['A-1', undefined],
    ])
  })

  test('the last seat is not next to the first seat of another row of that name', () => {
    const rows = [drawRow('A', [drawSeat('1')]), drawRow('A', [drawSeat('2')])]
    expect(neighboursIn({ rows })).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ])
  })
})

describe('at a round table', () => {
  test('the last seat is next to the first', () => {
    expect(neighboursIn({ tables: [drawTable('T', 3)] })).toEqual([
      ['T-3', 'T-2'],
      ['T-1', 'T-3'],
      ['T-2', 'T-1'],
    ])
  })

  test('two seats are next to each other on both sides', () => {
    expect(neighboursIn({ tables: [drawTable('T', 2)] })).toEqual([
      ['T-2', 'T-2'],
      ['T-1', 'T-1'],
    ])
  })

  test('that is so wherever the seats are drawn', () => {
    const seats = drawSeats(3)
    expect(neighboursIn({ tables: [drawTable('T', 0, { seats })] })[0]).toEqual(['T-3', 'T-2'])
  })

  test('a single seat has no neighbours', () => {
    expect(neighboursIn({ tables: [drawTable('T', 1)] })).toEqual([[undefined, undefined]])
  })
})

describe('at a rectangular table', () => {
  const oneSide = [
    { x: -20, y: -22 },
    { x: 0, y: -22 },
    { x: 20, y: -22 },
  ]
  const allRound = [
    { x: -10, y: -22 },
    { x: 10, y: -22 },
    { x: 42, y: 0 },
    { x: 0, y: 22 },
    { x: -42, y: 0 },
  ]
  const size = { width: 60, height: 20 }

  test('seats at a corner are neighbours, and so are the last and the first', () => {
    expect(isClosed(allRound, size)).toBe(true)
    expect(isClosed(allRound)).toBe(true)
  })

  test('the last and the first are not, when all seats are on one side', () => {
    expect(isClosed(oneSide, size)).toBe(false)
    expect(isClosed(oneSide)).toBe(false)
  })

  test('seats on two facing sides are all around it', () => {
    const below = oneSide.toReversed().map(({ x }) => ({ x, y: 22 }))
    const facing = oneSide.slice(1, 2).concat(below.slice(1, 2))
    expect(isClosed([...oneSide, ...below], size)).toBe(true)
    expect(isClosed([...oneSide, ...below])).toBe(true)
    expect(isClosed(facing, size)).toBe(true)
    expect(isClosed(facing)).toBe(true)
  })

  test.each([30, 90, 135, 180, -45])('turned by %j degrees, sides are told the same', (degrees) => {
    expect(isClosed(oneSide, { ...size, rotationAngle: degrees })).toBe(false)
    expect(isClosed(oneSide, { rotationAngle: degrees })).toBe(false)
    expect(isClosed(allRound, { ...size, rotationAngle: degrees })).toBe(true)
  })

  test('without a centre, or with a seat that is nowhere, seats count as all around', () => {
    expect(isClosed(oneSide, { ...size, center: null })).toBe(true)
    expect(isClosed([{ x: 'x', y: null }, ...oneSide], size)).toBe(true)
    expect(isClosed([...oneSide, {}], size)).toBe(true)
  })

  test('without seats there is nothing to tell', () => {
    expect(neighboursIn({ tables: [drawTable('T', 0, { type: 'rectangle', ...size })] })).toEqual(
      [],
    )
  })
})

/** Whether the first seat of a rectangular table, given in the table's own frame, has a left neighbour. */
function isClosed(
  places: readonly Place[],
  table: Readonly<Record<string, unknown>> = {},
): boolean {
  const center = { x: 500, y: 300 }
  const angle = (Number(table['rotationAngle'] ?? 0) * Math.PI) / 180
  const seats = places.map((place, index) =>
    drawSeat(String(index), { ...turned(place, angle, center) }),
  )
  const drawn = drawTable('T', 0, { type: 'rectangle', seats, center, ...table })
  const neighbours = neighboursIn({ tables: [drawn] })
  expect(neighbours.slice(1).map(([left]) => left)).toEqual(
    places.slice(1).map((_, index) => `T-${String(index)}`),
  )
  return neighbours[0]?.[0] === `T-${String(places.length - 1)}`
}

function turned(place: Place, angle: number, center: Place): Place {
  const [x, y] = [Number(place.x), Number(place.y)]
  return {
    x: Number(center.x) + x * Math.cos(angle) - y * Math.sin(angle),
    y: Number(center.y) + x * Math.sin(angle) + y * Math.cos(angle),
  }
}

function neighboursIn(plane: Readonly<Record<string, unknown>>): Neighbours[] {
  return readChart(drawChart(plane)).objects.flatMap((object): Neighbours[] =>
    object.kind === 'seat' ? [[object.leftNeighbour, object.rightNeighbour]] : [],
  )
}
