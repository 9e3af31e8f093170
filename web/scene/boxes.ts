import type { Box, Outline, SceneText, Shape } from './scene.ts'

/** A box that grows. */
export type GrowingBox = { -readonly [Side in keyof Box]: number }

/** A box with nothing in it, which any box is larger than. */
export function emptyBox(): GrowingBox {
  return { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
}

/** Whether there is anything in a box, be it without extent. */
export function isFilled(box: Box): boolean {
  return box.minX <= box.maxX && box.minY <= box.maxY
}

/** Makes room for another box. */
export function grow(box: GrowingBox, other: Box): void {
  box.minX = Math.min(box.minX, other.minX)
  box.minY = Math.min(box.minY, other.minY)
  box.maxX = Math.max(box.maxX, other.maxX)
  box.maxY = Math.max(box.maxY, other.maxY)
}

/** What two boxes have in common; not filled if that is nothing. */
export function overlap(one: Box, other: Box): Box {
  return {
    minX: Math.max(one.minX, other.minX),
    minY: Math.max(one.minY, other.minY),
    maxX: Math.min(one.maxX, other.maxX),
    maxY: Math.min(one.maxY, other.maxY),
  }
}

/** Whether a point is in a box, its edge included. */
export function isWithin(box: Box, { x, y }: { readonly x: number; readonly y: number }): boolean {
  return x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY
}

/** The box around an outline. */
export function boxOfOutline(outline: Outline): Box {
  const box = emptyBox()
  for (let at = 0; at + 1 < outline.length; at += 2) {
    const [x = 0, y = 0] = [outline[at], outline[at + 1]]
    grow(box, { minX: x, minY: y, maxX: x, maxY: y })
  }
  return box
}

/** The corners of a box, as an outline. */
export function outlineOfBox({ minX, minY, maxX, maxY }: Box): Outline {
  return [minX, minY, maxX, minY, maxX, maxY, minX, maxY]
}

/** The outline with every corner moved into the box. */
export function clampOutline(outline: Outline, box: Box): Outline {
  return outline.map((value, at) =>
    at % 2 === 0 ? between(box.minX, value, box.maxX) : between(box.minY, value, box.maxY),
  )
}

/** Letters are about so wide for their size, whatever the typeface. */
export const LETTER_WIDTH = 0.6

/** The box around a text, about. */
export function boxOfText({ text, x, y, size, angle }: SceneText): Box {
  const width = text.length * size * LETTER_WIDTH
  return boxOfShape({ kind: 'rectangle', x, y, width, height: size, cornerRadius: 0, angle })
}

/** The box around a shape, however it is turned. */
export function boxOfShape(shape: Shape): Box {
  if (shape.kind === 'polygon' || shape.kind === 'line') return boxOfOutline(shape.outline)
  const [halfWidth, halfHeight] = halfExtent(shape)
  const { x, y } = shape
  return {
    minX: x - halfWidth,
    minY: y - halfHeight,
    maxX: x + halfWidth,
    maxY: y + halfHeight,
  }
}

function halfExtent(shape: Exclude<Shape, { kind: 'polygon' | 'line' }>): [number, number] {
  if (shape.kind === 'disc') return [shape.radius, shape.radius]
  const turn = (shape.angle * Math.PI) / 180
  const [cos, sin] = [Math.abs(Math.cos(turn)), Math.abs(Math.sin(turn))]
  if (shape.kind === 'ellipse') {
    const { radiusX, radiusY } = shape
    return [Math.hypot(radiusX * cos, radiusY * sin), Math.hypot(radiusX * sin, radiusY * cos)]
  }
  const [halfWidth, halfHeight] = [shape.width / 2, shape.height / 2]
  return [halfWidth * cos + halfHeight * sin, halfWidth * sin + halfHeight * cos]
}

function between(min: number, value: number, max: number): number {
  return Math.min(Math.max(value, min), max)
}
