import type { Point } from './chart.ts'
import { number, type Drawn } from './drawing.ts'

type Positions = readonly (Point | undefined)[]

/** Seats this close to one line are on one side of a table: a quarter of a chair. */
const tolerance = 4

/**
 * Whether the last seat of a table is next to its first. Seats follow each other around the table,
 * corners included, so they do, unless it is a rectangle with all seats on one side.
 */
export function isRing(table: Drawn, seats: Positions, center: Point | undefined): boolean {
  return table.type === 'round' || !center || !areOnOneSide(table, seats, center)
}

/** Where geometry is missing there is no telling, and the seats count as being all around. */
function areOnOneSide(table: Drawn, seats: Positions, center: Point): boolean {
  const turn = turnBack(center, number(table.rotationAngle) ?? 0)
  const width = number(table.width)
  const height = number(table.height)
  const upright = seats.map((seat) => seat && turn(seat))
  if (width === undefined || height === undefined) return areInLine(upright)
  const sides = upright.map((seat) => seat && sideOf(seat, width, height))
  return sides[0] !== undefined && sides.every((side) => side === sides[0])
}

/** The side a seat stands at is the edge it is farthest outside of. */
function sideOf({ x, y }: Point, width: number, height: number): 'n' | 'e' | 's' | 'w' {
  if (Math.abs(x) - width / 2 > Math.abs(y) - height / 2) return x > 0 ? 'e' : 'w'
  return y > 0 ? 's' : 'n'
}

/** Without the table's size: all along one line that is off its centre. */
function areInLine(seats: Positions): boolean {
  const first = seats[0]
  if (!first) return false
  return (['x', 'y'] as const).some(
    (axis) =>
      Math.abs(first[axis]) > tolerance &&
      seats.every((seat) => seat && Math.abs(seat[axis] - first[axis]) <= tolerance),
  )
}

/** Moves points into the table's own frame: its centre at zero, its edges along the axes. */
function turnBack(center: Point, clockwiseDegrees: number): (point: Point) => Point {
  const angle = (clockwiseDegrees * Math.PI) / 180
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  return ({ x, y }) => ({
    x: (x - center.x) * cos + (y - center.y) * sin,
    y: (y - center.y) * cos - (x - center.x) * sin,
  })
}
