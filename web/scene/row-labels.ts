import type { ChartSeat, Point } from '../../lib/venue/chart.ts'
import { flag, text, type Drawn } from '../../lib/venue/drawing.ts'
import type { RowLabel } from './scene.ts'
import { isPlace } from './shapes.ts'
import type { Sketch } from './sketch.ts'

const SIZE = 12

/** From the last seat's middle to the middle of the name. */
const DISTANCE = 20

/** Sketches the name of a row at the ends where the drawing wants it: on the left unless it says otherwise. */
export function readRowLabels(
  sketch: Sketch,
  { fields, seats, ...where }: Pick<RowLabel, 'floor' | 'section'> & RowDrawn,
): void {
  const name = seats[0]?.parent.displayLabel ?? ''
  const position = text(fields.rowLabelPosition)?.toLowerCase() ?? 'left'
  if (name === '' || flag(fields.rowLabelDisabled) || position.includes('invisible')) return
  const places = seats.flatMap((seat) =>
    seat.position && isPlace(seat.position) ? seat.position : [],
  )
  const isBoth = position.includes('both')
  const ends = [
    ...(isBoth || !position.includes('right') ? [places.slice(0, 2)] : []),
    ...(isBoth || position.includes('right') ? [places.slice(-2).reverse()] : []),
  ]
  for (const [end, next] of ends) {
    if (!end) continue
    const text = {
      text: name,
      ...beyond(end, next, end === places[0] ? -1 : 1),
      size: SIZE,
      angle: 0,
    }
    sketch.rowLabels.push({ ...where, text: { ...text, color: undefined } })
  }
}

interface RowDrawn {
  readonly fields: Drawn
  readonly seats: readonly ChartSeat[]
}

/** A place beyond the end of a row, seen from the seat next to the end. */
function beyond(end: Point, next: Point | undefined, side: number): Point {
  const length = next ? Math.hypot(end.x - next.x, end.y - next.y) : 0
  if (!next || length === 0) return { x: end.x + side * DISTANCE, y: end.y }
  const step = DISTANCE / length
  return { x: end.x + (end.x - next.x) * step, y: end.y + (end.y - next.y) * step }
}
