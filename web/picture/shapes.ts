// Shapes as paths on a canvas, and whether a point lies inside.

import type { Box, Outline, Shape } from '../scene/scene.ts'
import type { Brush } from './surface.ts'
import type { View } from './view.ts'

const DEGREE = Math.PI / 180

/** Begins a path along a shape, as it is seen; `grow` makes it larger by so many pixels. */
export function traceShape(brush: Brush, shape: Shape, { view, grow = 0 }: Tracing): void {
  const at = (x: number, y: number): [number, number] => [x * view.k + view.x, y * view.k + view.y]
  brush.beginPath()
  switch (shape.kind) {
    case 'disc':
      brush.arc(...at(shape.x, shape.y), Math.max(0, shape.radius * view.k + grow), 0, 2 * Math.PI)
      return
    case 'ellipse': {
      const radiusX = Math.max(0, shape.radiusX * view.k + grow)
      const radiusY = Math.max(0, shape.radiusY * view.k + grow)
      const [x, y] = at(shape.x, shape.y)
      brush.ellipse(x, y, radiusX, radiusY, shape.angle * DEGREE, 0, 2 * Math.PI)
      return
    }
    case 'rectangle':
      traceRectangle(brush, shape, { view, grow })
      return
    case 'polygon':
    case 'line':
      traceOutline(brush, shape.outline, view)
      if (shape.kind === 'polygon') brush.closePath()
  }
}

interface Tracing {
  readonly view: View
  readonly grow?: number
}

/** Begins a path along an outline, as it is seen. */
export function traceOutline(brush: Brush, outline: Outline, view: View): void {
  brush.beginPath()
  for (let at = 0; at + 1 < outline.length; at += 2) {
    const x = (outline[at] ?? 0) * view.k + view.x
    const y = (outline[at + 1] ?? 0) * view.k + view.y
    if (at === 0) brush.moveTo(x, y)
    else brush.lineTo(x, y)
  }
}

/** x and y are its middle. */
function traceRectangle(
  brush: Brush,
  shape: Extract<Shape, { kind: 'rectangle' }>,
  { view, grow }: Required<Tracing>,
): void {
  const halfWidth = Math.max(0, (shape.width * view.k) / 2 + grow)
  const halfHeight = Math.max(0, (shape.height * view.k) / 2 + grow)
  const radius = Math.max(0, Math.min(shape.cornerRadius * view.k + grow, halfWidth, halfHeight))
  const x = shape.x * view.k + view.x
  const y = shape.y * view.k + view.y
  brush.save()
  brush.translate(x, y)
  brush.rotate(shape.angle * DEGREE)
  brush.roundRect(-halfWidth, -halfHeight, 2 * halfWidth, 2 * halfHeight, radius)
  brush.restore()
}

/** Whether a point of the drawing lies inside a shape, or at most `near` beside it. */
export function isInside(
  shape: Shape,
  { x, y }: { readonly x: number; readonly y: number },
  near = 0,
): boolean {
  switch (shape.kind) {
    case 'disc':
      return Math.hypot(x - shape.x, y - shape.y) <= shape.radius + near
    case 'ellipse': {
      const local = turnBack(x - shape.x, y - shape.y, shape.angle)
      return Math.hypot(local.x / (shape.radiusX + near), local.y / (shape.radiusY + near)) <= 1
    }
    case 'rectangle': {
      const local = turnBack(x - shape.x, y - shape.y, shape.angle)
      return (
        Math.abs(local.x) <= shape.width / 2 + near && Math.abs(local.y) <= shape.height / 2 + near
      )
    }
    case 'polygon':
      return isInOutline(shape.outline, x, y)
    case 'line':
      return false
  }
}

function turnBack(x: number, y: number, angle: number): { x: number; y: number } {
  const cos = Math.cos(angle * DEGREE)
  const sin = Math.sin(angle * DEGREE)
  return { x: x * cos + y * sin, y: y * cos - x * sin }
}

/** Whether a point lies inside a closed outline: a ray from it crosses the outline an odd number of times. */
export function isInOutline(outline: Outline, x: number, y: number): boolean {
  let isIn = false
  for (let at = 0; at + 1 < outline.length; at += 2) {
    const before = at === 0 ? outline.length - 2 : at - 2
    const [x1, y1] = [outline[at] ?? 0, outline[at + 1] ?? 0]
    const [x2, y2] = [outline[before] ?? 0, outline[before + 1] ?? 0]
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) isIn = !isIn
  }
  return isIn
}

/** The box around a shape. */
export function boxOfShape(shape: Shape): Box {
  if (shape.kind === 'polygon' || shape.kind === 'line') return boxOfOutline(shape.outline)
  const reach =
    shape.kind === 'disc'
      ? shape.radius
      : shape.kind === 'ellipse'
        ? Math.max(shape.radiusX, shape.radiusY)
        : Math.hypot(shape.width, shape.height) / 2
  return {
    minX: shape.x - reach,
    minY: shape.y - reach,
    maxX: shape.x + reach,
    maxY: shape.y + reach,
  }
}

function boxOfOutline(outline: Outline): Box {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 0; at + 1 < outline.length; at += 2) {
    minX = Math.min(minX, outline[at] ?? 0)
    maxX = Math.max(maxX, outline[at] ?? 0)
    minY = Math.min(minY, outline[at + 1] ?? 0)
    maxY = Math.max(maxY, outline[at + 1] ?? 0)
  }
  return { minX, minY, maxX, maxY }
}
