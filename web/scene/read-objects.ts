import {
  isByPlaces,
  placesOf,
  type ChartObject,
  type ChartSeat,
  type Point,
} from '../../lib/venue/chart.ts'
import type { ReadObjects } from '../../lib/venue/chart-walk.ts'
import { text } from '../../lib/venue/drawing.ts'
import { boxOfShape, emptyBox, grow, isFilled, isWithin } from './boxes.ts'
import { note } from './notes.ts'
import { readRowLabels } from './row-labels.ts'
import type { Box, SceneObject, Shape } from './scene.ts'
import { isPlace, readShape, SEAT_RADIUS } from './shapes.ts'
import { floorIndex, sectionIndex, type Sketch, type SketchedObject } from './sketch.ts'

/** What a table leaves to the chairs around it. */
const CHAIR_DEPTH = 12

const kinds = {
  seat: 'seat',
  table: 'table',
  booth: 'booth',
  generalAdmission: 'area',
} as const satisfies Record<ChartObject['kind'], SceneObject['kind']>

/** Sketches what is sold of a row, a table, a booth or an area; of several objects with one label only the first. */
export function sketchObjects(sketch: Sketch, { site, fields, objects }: ReadObjects): void {
  const [first] = objects
  if (!first) return
  const floor = floorIndex(sketch, site)
  const section = sectionIndex(sketch, site, first.location.section)
  const seats = objects.filter((object) => object.kind === 'seat')
  const parents = new Map(
    seats
      .slice(0, 1)
      .map(({ parent }) => [parent, { type: parent.type, label: parent.displayLabel } as const]),
  )
  for (const object of objects) {
    const isSeat = object.kind === 'seat'
    const parent = isSeat ? parents.get(object.parent) : undefined
    const shape = isSeat ? seatShape(object) : shapeOf(object, seats, { site, fields })
    addObject(sketch, object, { floor, section, parent, shape })
  }
  if (first.kind === 'seat') readRowLabels(sketch, { floor, section, fields, seats })
}

function addObject(
  sketch: Sketch,
  object: ChartObject,
  facts: Pick<SketchedObject, 'floor' | 'section' | 'parent'> & { shape: Shape | undefined },
): void {
  const { label } = object
  if (sketch.byLabel.has(label)) {
    note(sketch.notes, 'duplicate-label', label)
    return
  }
  const category = categoryKeyOf(sketch, object)
  if (category === undefined && needsCategory(object)) note(sketch.notes, 'no-category', label)
  const shape: Shape = facts.shape ?? { kind: 'disc', x: 0, y: 0, radius: SEAT_RADIUS }
  const box = boxOfShape(shape)
  const { x, y } = middleOf(box, object.position)
  const index = sketch.objects.length
  const sketched: SketchedObject = {
    index,
    kind: kinds[object.kind],
    label,
    own: object.ownDisplayLabel,
    parent: facts.parent,
    floor: facts.floor,
    section: facts.section,
    category,
    entrance: object.entrance,
    zone: object.location.zone,
    x,
    y,
    shape,
    box,
    places: placesOf(object),
    traits: object.kind === 'seat' ? object.traits : undefined,
    occupancy: occupancyOf(object),
    isByPlaces: isByPlaces(object),
    left: undefined,
    right: undefined,
    distance: object.distanceToFocalPoint,
  }
  sketch.objects.push(sketched)
  sketch.byLabel.set(label, index)
  if (facts.section !== undefined) sketch.sections[facts.section]?.objects.push(index)
  if (!facts.shape) sketch.lost.push(sketched)
}

/** Where an object says that it is, unless it is drawn elsewhere. */
function middleOf(box: Box, position: Point | undefined): Point {
  if (position && isWithin(box, position)) return position
  return { x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2 }
}

/** The event's word counts before the drawing's; a key that is not offered is no category. */
function categoryKeyOf(sketch: Sketch, object: ChartObject): string | undefined {
  const { objectCategories, categories } = sketch
  const own = Object.hasOwn(objectCategories, object.label)
    ? text(objectCategories[object.label])
    : undefined
  if (own !== undefined && categories.has(own)) return own
  const key = object.category?.key
  return key !== undefined && categories.has(key) ? key : undefined
}

/** Of a table and its seats only one is sold, and the other may be without. */
function needsCategory(object: ChartObject): boolean {
  if (object.kind === 'table') return object.bookAsAWhole || object.numSeats === 0
  return object.kind !== 'seat' || !object.parent.bookAsAWhole
}

function occupancyOf(object: ChartObject): SceneObject['occupancy'] {
  if (object.kind !== 'table' && object.kind !== 'generalAdmission') return undefined
  const { variableOccupancy, minOccupancy, maxOccupancy } = object
  if (!variableOccupancy) return undefined
  return { min: minOccupancy, max: maxOccupancy ?? placesOf(object) }
}

function seatShape({ position }: ChartSeat): Shape | undefined {
  if (!position || !isPlace(position)) return undefined
  return { kind: 'disc', x: position.x, y: position.y, radius: SEAT_RADIUS }
}

function shapeOf(
  object: ChartObject,
  seats: readonly ChartSeat[],
  { site, fields }: Pick<ReadObjects, 'site' | 'fields'>,
): Shape | undefined {
  const { position } = object
  if (!position || !isPlace(position)) return undefined
  const shape = readShape(fields, position, site.origin)
  if (shape && shape.kind !== 'line') return shape
  return object.kind === 'table'
    ? tableAmong(seats, position, fields.type === 'round')
    : { ...rectangleOf(40, 40), ...position }
}

/** As large as its chairs leave it. */
function tableAmong(seats: readonly ChartSeat[], position: Point, isRound: boolean): Shape {
  const chairs = emptyBox()
  for (const seat of seats) {
    const shape = seatShape(seat)
    if (shape?.kind === 'disc')
      grow(chairs, { minX: shape.x, minY: shape.y, maxX: shape.x, maxY: shape.y })
  }
  const [width, height] = isFilled(chairs)
    ? [chairs.maxX - chairs.minX, chairs.maxY - chairs.minY]
    : [60, 60]
  const within = (length: number) => Math.max(length - 2 * CHAIR_DEPTH, 2 * SEAT_RADIUS)
  if (isRound) {
    return { kind: 'disc', ...position, radius: within(Math.max(width, height)) / 2 }
  }
  return { ...rectangleOf(within(width), within(height)), ...position }
}

function rectangleOf(width: number, height: number): Shape & { kind: 'rectangle' } {
  return { kind: 'rectangle', x: 0, y: 0, width, height, cornerRadius: 0, angle: 0 }
}
