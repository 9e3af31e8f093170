// Where the eye is: `screen = drawing × k + (x, y)`. All of it is numbers, so that coordinates of 10^9 keep their fractions: the canvas itself counts in single precision.

import type { Box } from '../scene/scene.ts'

export interface View {
  readonly k: number
  readonly x: number
  readonly y: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** Around a hall that is seen as a whole, in pixels. */
const PADDING = 20
/** How large a seat gets at most, in pixels. */
const SEAT_PIXELS_MAX = 40
/** What of the view may lie beyond the edge of the hall, so that seats at the edge come out from under buttons and tooltips. */
const SLACK = 0.3

/** A box with finite sides that are longer than nothing, whatever the drawing says. */
export function soundBox(box: Box): Box {
  const isFinite = [box.minX, box.minY, box.maxX, box.maxY].every((side) => Number.isFinite(side))
  if (!isFinite || box.maxX < box.minX || box.maxY < box.minY) {
    return { minX: 0, minY: 0, maxX: 100, maxY: 100 }
  }
  const wider = box.maxX > box.minX ? 0 : 50
  const higher = box.maxY > box.minY ? 0 : 50
  return {
    minX: box.minX - wider,
    minY: box.minY - higher,
    maxX: box.maxX + wider,
    maxY: box.maxY + higher,
  }
}

/** How far one may zoom: from the whole floor to seats of 40 pixels. */
export function limitsOf(box: Box, size: Size, seatSize: number): { min: number; max: number } {
  const fit = Math.min(
    roomIn(size.width) / (box.maxX - box.minX),
    roomIn(size.height) / (box.maxY - box.minY),
  )
  const max = SEAT_PIXELS_MAX / seatSize
  const min = Math.min(fit, max)
  return { min, max: Math.max(max, min) }
}

/** The view that shows a box in the middle, as large as it may be. */
export function fitView(
  box: Box,
  size: Size,
  limits: { readonly min: number; readonly max: number },
): View {
  const fit = Math.min(
    roomIn(size.width) / (box.maxX - box.minX),
    roomIn(size.height) / (box.maxY - box.minY),
  )
  return centreOn(
    { x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2 },
    size,
    clamp(fit, limits.min, limits.max),
  )
}

/** The view with a point of the drawing in the middle. */
export function centreOn(
  point: { readonly x: number; readonly y: number },
  size: Size,
  k: number,
): View {
  return { k, x: size.width / 2 - point.x * k, y: size.height / 2 - point.y * k }
}

/** The nearest view that keeps the hall in sight: in the middle where it is smaller than the view. */
export function constrainView(view: View, size: Size, box: Box): View {
  return {
    k: view.k,
    x: constrainSide(view.x, size.width, [box.minX * view.k, box.maxX * view.k]),
    y: constrainSide(view.y, size.height, [box.minY * view.k, box.maxY * view.k]),
  }
}

function constrainSide(at: number, length: number, [min, max]: readonly [number, number]): number {
  const room = length - 2 * PADDING
  const excess = max - min - room
  if (excess <= 0) return length / 2 - (min + max) / 2
  const slack = Math.min(SLACK * length, excess)
  return clamp(at, length - PADDING - slack - max, PADDING + slack - min)
}

/** What of the drawing is in view. */
export function boxInView(view: View, size: Size): Box {
  return {
    minX: -view.x / view.k,
    minY: -view.y / view.k,
    maxX: (size.width - view.x) / view.k,
    maxY: (size.height - view.y) / view.k,
  }
}

/** The point of the drawing that is seen at a point of the screen. */
export function toDrawing(
  view: View,
  at: { readonly x: number; readonly y: number },
): { x: number; y: number } {
  return { x: (at.x - view.x) / view.k, y: (at.y - view.y) / view.k }
}

/** Whether two boxes touch. */
export function areTouching(a: Box, b: Box): boolean {
  return a.minX <= b.maxX && a.maxX >= b.minX && a.minY <= b.maxY && a.maxY >= b.minY
}

/** A number within bounds. */
export function clamp(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(max, value))
}

function roomIn(length: number): number {
  return Math.max(1, length - 2 * PADDING)
}
