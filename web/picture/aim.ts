// Where a zoom to something ends.

import type { Box, Scene } from '../scene/scene.ts'
import type { FloorIndex } from './index-scene.ts'
import { SEAT_PIXELS_CLOSE } from './level.ts'
import type { ZoomTarget } from './picture.ts'
import type { Size, View } from './view.ts'
import { centreOn, clamp, constrainView, fitView, limitsOf } from './view.ts'

/** A section that is zoomed to shows its seats at least this large, so that they can be picked. */
const SECTION_SEAT_PIXELS = 1.2 * SEAT_PIXELS_CLOSE
/** A single seat that is zoomed to, with its neighbours around it. */
const OBJECT_SEAT_PIXELS = 24

export interface Aiming {
  readonly scene: Scene
  readonly floors: readonly FloorIndex[]
  readonly floor: number
  readonly view: View
  readonly size: Size
  /** Where somebody has just tapped, in units of the drawing. */
  readonly tapped: { readonly x: number; readonly y: number } | undefined
}

/** The floor and view of a target; undefined for what is not there. */
export function aimAt(
  target: ZoomTarget,
  aiming: Aiming,
): { readonly floor: number; readonly view: View } | undefined {
  switch (target.to) {
    case 'all':
      return aimAtFloor(aiming.floor, aiming)
    case 'floor':
      return aimAtFloor(target.index, aiming)
    case 'section':
      return aimAtSection(target.index, aiming)
    case 'object':
      return aimAtObject(target.index, aiming)
  }
}

function aimAtFloor(floor: number, { floors, size }: Aiming) {
  const index = floors[floor]
  if (!index) return undefined
  return { floor, view: fitView(index.box, size, limitsOf(index.box, size, index.seatSize)) }
}

function aimAtSection(number: number, { scene, floors, size, tapped }: Aiming) {
  const section = scene.sections[number]
  const index = section && floors[section.floor]
  if (!index) return undefined
  const limits = limitsOf(index.box, size, index.seatSize)
  const close = Math.min(limits.max, SECTION_SEAT_PIXELS / index.seatSize)
  const fit = fitView(section.box, size, limits)
  if (fit.k >= close) return { floor: section.floor, view: constrainView(fit, size, index.box) }
  const middle = { x: section.x, y: section.y }
  const at = tapped && isIn(section.box, tapped) ? tapped : middle
  return {
    floor: section.floor,
    view: constrainView(centreOn(at, size, close), size, index.box),
  }
}

function aimAtObject(number: number, { scene, floors, size, view, floor }: Aiming) {
  const object = scene.objects[number]
  const index = object && floors[object.floor]
  if (!index) return undefined
  const limits = limitsOf(index.box, size, index.seatSize)
  const wanted =
    object.kind === 'seat'
      ? Math.max(object.floor === floor ? view.k : 0, OBJECT_SEAT_PIXELS / index.seatSize)
      : fitView(object.box, size, limits).k * 0.6
  const k = clamp(wanted, limits.min, limits.max)
  return {
    floor: object.floor,
    view: constrainView(centreOn(object, size, k), size, index.box),
  }
}

function isIn(
  { minX, minY, maxX, maxY }: Box,
  { x, y }: { readonly x: number; readonly y: number },
) {
  return x >= minX && x <= maxX && y >= minY && y <= maxY
}
