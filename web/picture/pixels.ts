// From units of the drawing to pixels of a bitmap.

import type { Box } from '../scene/scene.ts'
import type { View } from './view.ts'

/** A box as it is seen. */
export function toPixels({ minX, minY, maxX, maxY }: Box, { k, x, y }: View): Box {
  return { minX: minX * k + x, minY: minY * k + y, maxX: maxX * k + x, maxY: maxY * k + y }
}

/** What two boxes have in common; its sides may be less than nothing. */
export function overlapOf(a: Box, b: Box): Box {
  return {
    minX: Math.max(a.minX, b.minX),
    minY: Math.max(a.minY, b.minY),
    maxX: Math.min(a.maxX, b.maxX),
    maxY: Math.min(a.maxY, b.maxY),
  }
}
