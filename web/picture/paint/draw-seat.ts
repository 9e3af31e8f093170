// One seat, as it looks at one size.

import type { Form, SeatStyle, Sign } from './seat-style.ts'
import type { Brush } from '../surface.ts'

export interface SeatMark {
  readonly style: SeatStyle
  /** Its middle, and its own radius, in pixels of the bitmap. */
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly ratio: number
}

/** Below this radius, in CSS pixels, a seat is a dot whose size tells its state. */
const RADIUS_WITH_SIGNS = 3.5

/** How far a seat reaches from its middle, drawn in whatever style. */
export function reachOfSeat(radius: number, ratio: number): number {
  return radius * 1.35 + ratio
}

/** Draws a seat. */
export function drawSeat(brush: Brush, { style, x, y, radius, ratio }: SeatMark): void {
  if (radius < RADIUS_WITH_SIGNS * ratio) {
    brush.fillStyle = style.fillAfar
    traceForm(brush, style.form, { x, y, radius: radius * style.scaleAfar })
    brush.fill()
    return
  }
  const at = { x, y, radius: radius * style.scale }
  if (style.fill !== undefined) {
    brush.fillStyle = style.fill
    traceForm(brush, style.form, at)
    brush.fill()
  }
  if (style.edge !== undefined) {
    brush.strokeStyle = style.edge
    brush.lineWidth = ratio
    traceForm(brush, style.form, { ...at, radius: at.radius - ratio / 2 })
    brush.stroke()
  }
  if (style.sign !== 'none') drawSign(brush, style.sign, { ...at, color: style.signColor, ratio })
}

interface At {
  readonly x: number
  readonly y: number
  readonly radius: number
}

/** Corners of the forms, as shares of the radius. */
const corners: Record<Exclude<Form, 'disc'>, readonly (readonly [number, number])[]> = {
  square: [
    [-0.88, -0.88],
    [0.88, -0.88],
    [0.88, 0.88],
    [-0.88, 0.88],
  ],
  diamond: [
    [0, -1.2],
    [1.2, 0],
    [0, 1.2],
    [-1.2, 0],
  ],
  triangle: [
    [0, -1.15],
    [1.12, 0.8],
    [-1.12, 0.8],
  ],
  kite: [
    [0, 1.15],
    [1.12, -0.8],
    [-1.12, -0.8],
  ],
  hexagon: [
    [-0.55, -0.95],
    [0.55, -0.95],
    [1.1, 0],
    [0.55, 0.95],
    [-0.55, 0.95],
    [-1.1, 0],
  ],
}

function traceForm(brush: Brush, form: Form, { x, y, radius }: At): void {
  brush.beginPath()
  if (form === 'disc') {
    brush.arc(x, y, Math.max(0, radius), 0, 2 * Math.PI)
    return
  }
  for (const [right, down] of corners[form]) brush.lineTo(x + right * radius, y + down * radius)
  brush.closePath()
}

/** Draws a sign into a disc. */
export function drawSign(
  brush: Brush,
  sign: Exclude<Sign, 'none'>,
  { x, y, radius, color, ratio }: At & { readonly color: string; readonly ratio: number },
): void {
  brush.strokeStyle = color
  brush.lineCap = 'round'
  brush.lineJoin = 'round'
  brush.lineWidth = Math.max(ratio, radius * (sign === 'check' ? 0.22 : 0.14))
  brush.beginPath()
  switch (sign) {
    case 'check':
      brush.moveTo(x - radius * 0.45, y + radius * 0.02)
      brush.lineTo(x - radius * 0.12, y + radius * 0.36)
      brush.lineTo(x + radius * 0.46, y - radius * 0.34)
      break
    case 'cross':
      brush.moveTo(x - radius * 0.36, y - radius * 0.36)
      brush.lineTo(x + radius * 0.36, y + radius * 0.36)
      brush.moveTo(x + radius * 0.36, y - radius * 0.36)
      brush.lineTo(x - radius * 0.36, y + radius * 0.36)
      break
    case 'dash':
      brush.moveTo(x - radius * 0.4, y)
      brush.lineTo(x + radius * 0.4, y)
      break
    case 'turn':
      brush.arc(x, y, Math.max(0, radius - brush.lineWidth), -Math.PI / 2, Math.PI)
  }
  brush.stroke()
}
