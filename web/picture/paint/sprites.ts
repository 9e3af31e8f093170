// Seats drawn once and copied often: one bitmap with a row for each way a seat looks, and in it the same seat at several fractions of a pixel, so that rows stay even.

import { drawSeat, reachOfSeat } from './draw-seat.ts'
import type { SeatStyle } from './seat-style.ts'
import type { Bitmap, Brush, Studio } from '../surface.ts'

export interface SeatKind {
  readonly style: SeatStyle
  /** In pixels of the bitmap. */
  readonly radius: number
}

export interface Sprites {
  /** Copies the seat of a kind to where it is. */
  stamp(brush: Brush, kind: number, at: { readonly x: number; readonly y: number }): void
}

/** The bitmap is no larger than this; kinds beyond are drawn each by itself. */
const PIXELS_MAX = 2_000_000
const SIDE_MAX = 4_096

/** How many fractions of a pixel a seat is drawn at: an error that is seen in small seats is not in large ones. */
export function phasesOf(radius: number): number {
  return radius < 5 ? 4 : radius < 14 ? 2 : 1
}

/** Draws each kind; undefined where they are too many or too large to be kept. */
export function makeSprites(
  studio: Pick<Studio, 'makeBitmap'>,
  kinds: readonly SeatKind[],
  ratio: number,
): Sprites | undefined {
  const radius = Math.max(0, ...kinds.map((kind) => kind.radius))
  const phases = phasesOf(radius)
  const half = Math.ceil(reachOfSeat(radius, ratio)) + 1
  const side = 2 * half + 1
  const perLine = Math.max(1, Math.floor(SIDE_MAX / (side * phases * phases)))
  const width = side * phases * phases * Math.min(perLine, kinds.length)
  const height = side * Math.ceil(kinds.length / perLine)
  if (kinds.length === 0 || width > SIDE_MAX || height > SIDE_MAX) return undefined
  if (width * height > PIXELS_MAX) return undefined
  const bitmap = studio.makeBitmap(width, height)
  if (!bitmap) return undefined
  const cells = { bitmap, half, side, phases, perLine }
  kinds.forEach((kind, number) => {
    drawPhases(cells, kind, { number, ratio })
  })
  return {
    stamp: (brush, kind, at) => {
      stamp(cells, brush, { kind, ...at })
    },
  }
}

interface Cells {
  readonly bitmap: Bitmap
  readonly half: number
  readonly side: number
  readonly phases: number
  readonly perLine: number
}

function drawPhases(
  { bitmap, half, side, phases, perLine }: Cells,
  { style, radius }: SeatKind,
  { number, ratio }: { readonly number: number; readonly ratio: number },
): void {
  const left = (number % perLine) * phases * phases * side
  const top = Math.floor(number / perLine) * side
  for (let phase = 0; phase < phases * phases; phase += 1) {
    const x = left + phase * side + half + (phase % phases) / phases
    const y = top + half + Math.floor(phase / phases) / phases
    drawSeat(bitmap.brush, { style, x, y, radius, ratio })
  }
}

function stamp(
  { bitmap, half, side, phases, perLine }: Cells,
  brush: Brush,
  { kind, x, y }: { readonly kind: number; readonly x: number; readonly y: number },
): void {
  // The nearest fraction, which may be the next whole pixel.
  const nearX = Math.round(x * phases)
  const nearY = Math.round(y * phases)
  const wholeX = Math.floor(nearX / phases)
  const wholeY = Math.floor(nearY / phases)
  const phase = nearX - wholeX * phases + (nearY - wholeY * phases) * phases
  const cellX = ((kind % perLine) * phases * phases + phase) * side
  const cellY = Math.floor(kind / perLine) * side
  brush.drawImage(bitmap.source, cellX, cellY, side, side, wholeX - half, wholeY - half, side, side)
}
