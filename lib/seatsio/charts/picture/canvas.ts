import type { Color } from './colors.ts'

/** A place in the drawing, or in the picture. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** Something to be drawn: an outline that is filled, or a disc. */
export type Figure =
  | { readonly outline: readonly Point[]; readonly color: Color }
  | { readonly center: Point; readonly radius: number; readonly color: Color }

/** A picture in the making, white where nothing was drawn. */
export interface Canvas {
  readonly width: number
  readonly height: number
  /** Three bytes each, row after row. */
  readonly pixels: Buffer
  /** Pixels that may still be painted: a drawing cannot keep us busy for longer than a picture is worth. */
  pixelsLeft: number
}

/** Pixels that all figures of a picture may paint together: a hundred times the whole of it. */
const PIXELS_MAX = 12_000_000

/** An empty one. */
export function newCanvas(width: number, height: number): Canvas {
  return { width, height, pixels: Buffer.alloc(width * height * 3, 255), pixelsLeft: PIXELS_MAX }
}

/** Paints a figure, given in pixels; nothing any more once all that may be painted is. */
export function paint(canvas: Canvas, figure: Figure): void {
  if ('outline' in figure) paintOutline(canvas, figure.outline, figure.color)
  else paintDisc(canvas, figure.center, figure)
}

function paintDisc(
  canvas: Canvas,
  { x, y }: Point,
  { radius, color }: { radius: number; color: Color },
): void {
  const [top, bottom] = [Math.max(Math.ceil(y - radius), 0), Math.floor(y + radius)]
  for (let row = top; row <= Math.min(bottom, canvas.height - 1); row += 1) {
    const half = Math.sqrt(Math.max(radius ** 2 - (row - y) ** 2, 0))
    paintSpan(canvas, row, { from: x - half, to: x + half, color })
  }
}

/** Row by row: what is between the first and the second edge is inside, between the third and the fourth, and so on. */
function paintOutline(canvas: Canvas, outline: readonly Point[], color: Color): void {
  // Not spread over the arguments of a call: an outline may have more points than a call takes.
  const highest = outline.reduce((least, { y }) => Math.min(least, y), Infinity)
  const lowest = outline.reduce((most, { y }) => Math.max(most, y), -Infinity)
  const top = Math.max(Math.ceil(highest), 0)
  const bottom = Math.min(Math.floor(lowest), canvas.height - 1)
  for (let row = top; row <= bottom && canvas.pixelsLeft > 0; row += 1) {
    // Edges are work as pixels are.
    canvas.pixelsLeft -= outline.length
    const edges = crossings(outline, row)
    for (let index = 0; index + 1 < edges.length; index += 2) {
      paintSpan(canvas, row, { from: edges[index] ?? 0, to: edges[index + 1] ?? 0, color })
    }
  }
}

/** Where the edges of an outline cross a row, from left to right. */
function crossings(outline: readonly Point[], row: number): number[] {
  const found: number[] = []
  let from = outline.at(-1)
  for (const to of outline) {
    if (from !== undefined && from.y <= row !== to.y <= row) {
      found.push(from.x + ((row - from.y) / (to.y - from.y)) * (to.x - from.x))
    }
    from = to
  }
  return found.sort((a, b) => a - b)
}

function paintSpan(
  canvas: Canvas,
  row: number,
  { from, to, color }: { from: number; to: number; color: Color },
): void {
  const last = Math.min(Math.floor(to), canvas.width - 1)
  const first = Math.max(Math.ceil(from), 0)
  canvas.pixelsLeft -= Math.max(last - first + 1, 1)
  if (canvas.pixelsLeft <= 0) return
  for (let column = first; column <= last; column += 1) {
    canvas.pixels.set(color, (row * canvas.width + column) * 3)
  }
}
