// Lines across what a path encloses, for what must not be told by colour alone.

import type { Box } from '../../scene/scene.ts'
import type { Brush } from '../surface.ts'

export interface Hatch {
  readonly color: string
  /** Pixels between two lines. */
  readonly gap: number
  readonly width: number
  /** Which way the lines run. */
  readonly way: 'rising' | 'falling' | 'across' | 'down' | 'crossed'
}

/** By number of a colour; the first has none. */
export const hatchWays: readonly (Hatch['way'] | undefined)[] = [
  undefined,
  'falling',
  'across',
  'crossed',
  'down',
  'rising',
]
/** However large a shape is on the screen, it has no more lines. */
const LINES_MAX = 400

/** Fills the current path with lines; `box` is around it, in pixels. */
export function hatchPath(brush: Brush, box: Box, hatch: Hatch): void {
  brush.save()
  brush.clip()
  brush.beginPath()
  if (hatch.way === 'across') linesAcross(brush, box, hatch.gap)
  else if (hatch.way === 'down') linesDown(brush, box, hatch.gap)
  else {
    if (hatch.way !== 'falling') linesAslant(brush, box, { gap: hatch.gap, isRising: true })
    if (hatch.way !== 'rising') linesAslant(brush, box, { gap: hatch.gap, isRising: false })
  }
  brush.strokeStyle = hatch.color
  brush.lineWidth = hatch.width
  brush.stroke()
  brush.restore()
}

function linesAcross(brush: Brush, { minX, maxX, minY, maxY }: Box, gap: number): void {
  for (const y of placesBetween(minY, maxY, gap)) {
    brush.moveTo(minX, y)
    brush.lineTo(maxX, y)
  }
}

function linesDown(brush: Brush, { minX, maxX, minY, maxY }: Box, gap: number): void {
  for (const x of placesBetween(minX, maxX, gap)) {
    brush.moveTo(x, minY)
    brush.lineTo(x, maxY)
  }
}

function linesAslant(
  brush: Brush,
  { minX, maxX, minY, maxY }: Box,
  { gap, isRising }: { readonly gap: number; readonly isRising: boolean },
): void {
  const height = maxY - minY
  for (const x of placesBetween(minX - height, maxX, gap * Math.SQRT2)) {
    brush.moveTo(x, isRising ? maxY : minY)
    brush.lineTo(x + height, isRising ? minY : maxY)
  }
}

function placesBetween(min: number, max: number, gap: number): number[] {
  const count = Math.floor((max - min) / gap)
  if (!(count > 0) || count > LINES_MAX) return []
  return Array.from({ length: count }, (_, at) => min + (at + 0.5) * gap)
}
