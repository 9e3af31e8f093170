import type { Point } from '../../lib/venue/chart.ts'
import { elements, number, point, text, type Drawn } from '../../lib/venue/drawing.ts'
import type { Outline, Shape } from './scene.ts'

/** Far above the largest hall, of which a chair takes 16 units: what lies beyond is a mistake. */
export const COORDINATE_MAX = 1_000_000

/** A chair is 16 units wide. */
export const SEAT_RADIUS = 8

/** An outline of more corners than anybody draws by hand would be drawn over and over with each picture. */
const CORNERS_MAX = 10_000

/** A point at which things can be. */
export function isPlace({ x, y }: Point): boolean {
  return Math.abs(x) <= COORDINATE_MAX && Math.abs(y) <= COORDINATE_MAX
}

/** A drawn point in coordinates of the floor, if things can be there. */
export function placeOf(value: unknown, origin: Point): Point | undefined {
  const local = point(value)
  const place = local && { x: origin.x + local.x, y: origin.y + local.y }
  return place && isPlace(place) ? place : undefined
}

/** A length above zero that fits in a hall. */
export function lengthOf(value: unknown): number | undefined {
  const length = number(value)
  return length !== undefined && length > 0 && length <= COORDINATE_MAX ? length : undefined
}

/** Degrees below one turn; none counts as zero. */
export function angleOf(value: unknown): number {
  return (number(value) ?? 0) % 360
}

/** Drawn points as an outline, without what is no point. */
export function readOutline(points: unknown, origin: Point): Outline {
  const outline: number[] = []
  for (const element of elements(points)) {
    const place = placeOf(element, origin)
    if (place && outline.length < 2 * CORNERS_MAX) outline.push(place.x, place.y)
  }
  return outline
}

/** The shape that drawn fields give around a centre, or by their points; nothing where these do not give one. */
export function readShape(
  fields: Drawn,
  center: Point | undefined,
  origin: Point,
): Shape | undefined {
  const type = text(fields.type)?.toLowerCase() ?? ''
  const outline = readOutline(fields.points, origin)
  if (/line/.test(type)) return outline.length >= 4 ? { kind: 'line', outline } : undefined
  const polygon: Shape | undefined = outline.length >= 6 ? { kind: 'polygon', outline } : undefined
  const around = center && isPlace(center) ? center : undefined
  if (type === 'circle') return (around && ellipse(fields, around)) ?? polygon
  if (type === 'rectangle') return (around && rectangle(fields, around)) ?? polygon
  return polygon ?? (around && (ellipse(fields, around) ?? rectangle(fields, around)))
}

/** A rectangle of the drawn size around a centre; nothing where there is no size. */
export function rectangle(fields: Drawn, { x, y }: Point): Shape | undefined {
  const width = lengthOf(fields.width)
  const height = lengthOf(fields.height)
  if (width === undefined || height === undefined) return undefined
  const cornerRadius = Math.min(lengthOf(fields.cornerRadius) ?? 0, width / 2, height / 2)
  return {
    kind: 'rectangle',
    x,
    y,
    width,
    height,
    cornerRadius,
    angle: angleOf(fields.rotationAngle),
  }
}

function ellipse(fields: Drawn, { x, y }: Point): Shape | undefined {
  const radiusX = lengthOf(fields.radius1) ?? lengthOf(fields.radius)
  if (radiusX === undefined) return undefined
  const radiusY = lengthOf(fields.radius2) ?? radiusX
  if (radiusX === radiusY) return { kind: 'disc', x, y, radius: radiusX }
  return { kind: 'ellipse', x, y, radiusX, radiusY, angle: angleOf(fields.rotationAngle) }
}
