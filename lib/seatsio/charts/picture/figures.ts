import { readCategories } from '../../../venue/chart-lists.ts'
import type { Category } from '../../../venue/chart.ts'
import { drawn, elements, number, point, text, type Drawn } from '../../../venue/drawing.ts'
import type { Figure, Point } from './canvas.ts'
import { GREY, paler, readColor, type Color } from './colors.ts'

// What a picture of a drawing shows: its first floor, decoration at the bottom, then sections, areas and booths, tables, seats.

/** Figures of one picture: as many as a chart may have objects. */
const FIGURES_MAX = 250_000

/** Corners of one outline that are looked at. */
const CORNERS_MAX = 1_000

/** Sides of what is round and not a disc. */
const SIDES = 32

/** Sections within sections that are looked into. */
const DEPTH_MAX = 4

/** Radius of a seat, and of a round table that does not say its own. */
const SEAT_RADIUS = 8
const TABLE_RADIUS = 14

/** How pale sections are under their seats, and how pale tables are under nothing. */
const SECTION_PALENESS = 0.7
const TABLE_PALENESS = 0.4

/** Decoration that does not say its colour. */
const DECORATION: Color = [222, 226, 230]

interface Layers {
  readonly categories: ReadonlyMap<string, Category>
  readonly decoration: Figure[]
  readonly sections: Figure[]
  readonly areas: Figure[]
  readonly tables: Figure[]
  readonly seats: Figure[]
  left: number
}

/** Where a plane lies, and the colour that its objects have unless they have one of their own. */
interface Place {
  readonly origin: Point
  readonly color: Color
  readonly depth: number
}

/** The figures of a drawing, the lowest first, in units of the drawing. */
export function figuresOf(drawing: unknown): Figure[] {
  const fields = drawn(drawing) ?? {}
  const layers: Layers = {
    categories: readCategories(fields),
    decoration: [],
    sections: [],
    areas: [],
    tables: [],
    seats: [],
    left: FIGURES_MAX,
  }
  const ground = drawn(elements(fields.subChartFloors)[0]) ?? drawn(fields.subChart) ?? {}
  addPlane(layers, ground, { origin: { x: 0, y: 0 }, color: GREY, depth: 0 })
  const { decoration, sections, areas, tables, seats } = layers
  return [...decoration, ...sections, ...areas, ...tables, ...seats]
}

function addPlane(layers: Layers, plane: Drawn, place: Place): void {
  for (const shape of objectsIn(plane.shapes)) addShape(layers, shape, place)
  for (const row of objectsIn(plane.rows)) addSeats(layers, row, place)
  for (const table of objectsIn(plane.tables)) addTable(layers, table, place)
  for (const area of [plane.booths, plane.generalAdmissionAreas].flatMap(objectsIn)) {
    const color = colorOf(layers, area, place.color)
    add(layers, layers.areas, { outline: outlineOf(area, place), color })
  }
  for (const section of objectsIn(plane.sections)) addSection(layers, section, place)
}

function addShape(layers: Layers, shape: Drawn, place: Place): void {
  const { fillColor } = shape
  const color = fillColor === undefined || fillColor === null ? DECORATION : readColor(fillColor)
  if (color === undefined) return
  add(layers, layers.decoration, { outline: outlineOf(shape, place), color })
}

function addSection(layers: Layers, section: Drawn, place: Place): void {
  const color = colorOf(layers, section, place.color)
  const outline = cornersOf(section.points, place)
  add(layers, layers.sections, { outline, color: paler(color, SECTION_PALENESS) })
  const plane = drawn(section.subChart)
  if (plane === undefined || place.depth >= DEPTH_MAX) return
  const corner = point(section.topLeft) ?? { x: 0, y: 0 }
  addPlane(layers, plane, { origin: moved(corner, place.origin), color, depth: place.depth + 1 })
}

function addTable(layers: Layers, table: Drawn, place: Place): void {
  const center = point(table.center)
  const color = colorOf(layers, table, place.color)
  const pale = paler(color, TABLE_PALENESS)
  const isRound = table.type === 'round' || number(table.width) === undefined
  if (!isRound) add(layers, layers.tables, { outline: outlineOf(table, place), color: pale })
  else if (center !== undefined) {
    const radius = Math.abs(number(table.radius) ?? TABLE_RADIUS)
    add(layers, layers.tables, { center: moved(center, place.origin), radius, color: pale })
  }
  addSeats(layers, table, { ...place, color })
}

function addSeats(layers: Layers, { seats }: Drawn, place: Place): void {
  for (const seat of objectsIn(seats)) {
    const center = point(seat)
    if (center === undefined) continue
    const color = colorOf(layers, seat, place.color)
    const disc = { center: moved(center, place.origin), radius: SEAT_RADIUS, color }
    add(layers, layers.seats, disc)
  }
}

function add(layers: Layers, layer: Figure[], figure: Figure): void {
  if (layers.left <= 0 || ('outline' in figure && figure.outline.length < 3)) return
  layers.left -= 1
  layer.push(figure)
}

/** An object's own category counts, also where its colour cannot be read; without one it looks like what it is in. */
function colorOf({ categories }: Layers, { categoryKey }: Drawn, otherwise: Color): Color {
  const key = text(categoryKey)
  if (key === undefined) return otherwise
  return readColor(categories.get(key)?.color) ?? GREY
}

/** The outline of an area, a booth or a shape: by its corners, or round its centre. */
function outlineOf(object: Drawn, place: Place): Point[] {
  const corners = cornersOf(object.points, place)
  const center = point(object.center)
  if (corners.length > 2 || center === undefined) return corners
  const around = halvesOf(object)
  const angle = ((number(object.rotationAngle) ?? 0) * Math.PI) / 180
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)]
  return around.map(({ x, y }) =>
    moved(moved({ x: x * cosine - y * sine, y: x * sine + y * cosine }, center), place.origin),
  )
}

/** The outline of an ellipse or a rectangle round zero. */
function halvesOf(object: Drawn): Point[] {
  const first = number(object.radius1) ?? number(object.radius)
  if (first !== undefined) {
    const second = number(object.radius2) ?? first
    return Array.from({ length: SIDES }, (_, side) => {
      const angle = (side / SIDES) * 2 * Math.PI
      return { x: first * Math.cos(angle), y: second * Math.sin(angle) }
    })
  }
  const [x, y] = [(number(object.width) ?? 0) / 2, (number(object.height) ?? 0) / 2]
  return [
    { x: -x, y: -y },
    { x, y: -y },
    { x, y },
    { x: -x, y },
  ]
}

function cornersOf(points: unknown, { origin }: Place): Point[] {
  return elements(points)
    .slice(0, CORNERS_MAX)
    .flatMap((element) => {
      const corner = point(element)
      return corner === undefined ? [] : [moved(corner, origin)]
    })
}

function moved({ x, y }: Point, by: Point): Point {
  return { x: x + by.x, y: y + by.y }
}

function objectsIn(values: unknown): Drawn[] {
  return elements(values).flatMap((value) => drawn(value) ?? [])
}
