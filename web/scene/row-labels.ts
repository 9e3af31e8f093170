import type { ChartSeat, Point } from '../../lib/venue/chart.ts'
import { flag, text, type Drawn } from '../../lib/venue/drawing.ts'
import { LETTER_WIDTH } from './boxes.ts'
import type { RowLabel } from './scene.ts'
import { isPlace } from './shapes.ts'
import type { Sketch } from './sketch.ts'

const SIZE = 12

/** Between the last seat's middle and where its name begins. */
const GAP = 11

/** A name without end would lie over everything beside its row. */
export const ROW_NAME_LENGTH_MAX = 12

/** Sketches the name of a row at the ends where the drawing wants it: on the left unless it says otherwise. */
export function readRowLabels(
  sketch: Sketch,
  { fields, seats, ...where }: Pick<RowLabel, 'floor' | 'section'> & RowDrawn,
): void {
  const name = shortened(seats[0]?.parent.displayLabel ?? '')
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
    const side = end === places[0] ? -1 : 1
    const distance = GAP + (name.length * SIZE * LETTER_WIDTH) / 2
    const text = {
      text: name,
      ...beyond([end, next], side, distance),
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

function shortened(name: string): string {
  const letters = Array.from(name)
  if (letters.length <= ROW_NAME_LENGTH_MAX) return name
  return `${letters.slice(0, ROW_NAME_LENGTH_MAX - 1).join('')}…`
}

/** A place beyond the end of a row, seen from the seat next to the end. */
function beyond(
  [end, next]: readonly [Point, Point | undefined],
  side: number,
  distance: number,
): Point {
  const length = next ? Math.hypot(end.x - next.x, end.y - next.y) : 0
  if (!next || length === 0) return { x: end.x + side * distance, y: end.y }
  const step = distance / length
  return { x: end.x + (end.x - next.x) * step, y: end.y + (end.y - next.y) * step }
}
