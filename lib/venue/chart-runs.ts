import {
  buildArea,
  buildBooth,
  buildSeats,
  buildTable,
  rowParent,
  tableParent,
  type RowNames,
} from './chart-build.ts'
import {
  packFacts,
  packSeats,
  unpackFacts,
  unpackSeats,
  type Numberings,
  type PackedFacts,
  type PackedSeats,
  type SharedLists,
} from './chart-pack.ts'
import type {
  ChartArea,
  ChartObject,
  ChartSeat,
  ObjectFacts,
  Occupancy,
  SeatFacts,
  SeatParent,
} from './chart.ts'

/** Objects that are written together: a row's seats, a table with its seats, a booth or an area. */
export type Run =
  | readonly ['row', parent: RowNames, seats: PackedSeats]
  | readonly ['table', table: PackedFacts, rest: TableRest, seats: PackedSeats]
  | readonly ['booth', booth: PackedFacts]
  | readonly ['area', area: PackedFacts, rest: AreaRest]
type TableRest = Occupancy & Pick<SeatParent, 'bookAsAWhole' | 'isRing'>
type AreaRest = Occupancy & Pick<ChartArea, 'bookAsAWhole' | 'capacity'>

/** Packs the objects of a chart, in their order. */
export function packRuns(objects: readonly ChartObject[], numbers: Numberings): Run[] {
  const runs: Run[] = []
  let at = 0
  for (let first = objects[0]; first; first = objects[at]) {
    const seats = seatsOf(first, objects, at)
    runs.push(packRun(first, seats, numbers))
    at += seats.length + (first.kind === 'seat' ? 0 : 1)
  }
  return runs
}

/** The objects that were packed. */
export function unpackRun(run: Run, shared: SharedLists): ChartObject[] {
  switch (run[0]) {
    case 'row':
      return unpackRow(run[1], unpackSeats(run[2], shared))
    case 'table':
      return unpackFacts(run[1], shared).flatMap((table) =>
        unpackTable(table, run[2], unpackSeats(run[3], shared)),
      )
    case 'booth':
      return unpackFacts(run[1], shared).map(buildBooth)
    case 'area':
      return unpackFacts(run[1], shared).map((area) => buildArea(area, { ...noMaximum, ...run[2] }))
  }
}

/** JSON leaves out what is undefined; it is put back. */
const noMaximum = { maxOccupancy: undefined }

/** The seats of the row that starts with this object, or of this table. */
function seatsOf(first: ChartObject, objects: readonly ChartObject[], at: number): ChartSeat[] {
  if (first.kind === 'seat') return seatsFrom(objects, at)
  return first.kind === 'table' ? seatsFrom(objects, at + 1).slice(0, first.numSeats) : []
}

/** The seats from here on that share one parent. */
function seatsFrom(objects: readonly ChartObject[], start: number): ChartSeat[] {
  const seats: ChartSeat[] = []
  for (let seat = objects[start]; seat?.kind === 'seat'; seat = objects[start + seats.length]) {
    if (seats[0] && seats[0].parent !== seat.parent) break
    seats.push(seat)
  }
  return seats
}

function packRun(first: ChartObject, seats: readonly ChartSeat[], numbers: Numberings): Run {
  switch (first.kind) {
    case 'seat': {
      const { label, displayLabel, displayedObjectType } = first.parent
      return ['row', { label, displayLabel, displayedObjectType }, packSeats(seats, numbers)]
    }
    case 'table': {
      const isRing = seats[0]?.parent.isRing ?? false
      const rest = { ...occupancyOf(first), bookAsAWhole: first.bookAsAWhole, isRing }
      return ['table', packFacts([first], numbers), rest, packSeats(seats, numbers)]
    }
    case 'booth':
      return ['booth', packFacts([first], numbers)]
    case 'generalAdmission': {
      const { capacity, bookAsAWhole } = first
      return [
        'area',
        packFacts([first], numbers),
        { ...occupancyOf(first), capacity, bookAsAWhole },
      ]
    }
  }
}

function occupancyOf({ variableOccupancy, minOccupancy, maxOccupancy }: Occupancy): Occupancy {
  return { variableOccupancy, minOccupancy, maxOccupancy }
}

function unpackRow(names: RowNames, seats: readonly SeatFacts[]): ChartSeat[] {
  const parent = rowParent(names, seats[0]?.location.section)
  return buildSeats(parent, seats)
}

function unpackTable(
  facts: ObjectFacts,
  { isRing, bookAsAWhole, ...occupancy }: TableRest,
  seats: readonly SeatFacts[],
): ChartObject[] {
  const rest = { ...noMaximum, ...occupancy, numSeats: seats.length, bookAsAWhole }
  const table = buildTable(facts, rest)
  return [table, ...buildSeats(tableParent(table, isRing), seats)]
}
