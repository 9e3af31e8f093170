// Numbers of seats, and signs for what they offer, in those with room.

import type { SceneObject } from '../../scene/scene.ts'
import { drawGlyph, mainGlyph, sideGlyph } from './glyphs.ts'
import type { Painting, Steps } from './painting.ts'
import type { SeatStyle } from './seat-style.ts'
import { CAPITAL_HALF, fitText } from './texts.ts'

const LABELS_A_STEP = 40
/** In CSS pixels: what a number is written at most and at least. */
const NUMBER_SIZE_MAX = 13
const NUMBER_SIZE_MIN = 6.5
/** Radius from which a wheelchair is one, in CSS pixels. */
const GLYPH_RADIUS_MIN = 5
/** Radius with room for a number and a sign beside it. */
const BOTH_RADIUS_MIN = 13

export interface SeatToPaint {
  readonly seat: SceneObject
  readonly text: string | undefined
  readonly style: SeatStyle
  readonly kind: number
  readonly x: number
  readonly y: number
  readonly radius: number
}

interface NumberToWrite {
  readonly text: string
  readonly x: number
  readonly y: number
}

/** Writes what is inside seats. */
export function* paintSeatLabels(painting: Painting, seats: readonly SeatToPaint[]): Steps {
  const { brush, ratio } = painting
  const numbers = new Map<string, Map<string, NumberToWrite[]>>()
  for (const [at, seat] of seats.entries()) {
    if (at % LABELS_A_STEP === LABELS_A_STEP - 1) yield
    if (seat.radius < GLYPH_RADIUS_MIN * ratio) continue
    const isNumbered = paintSigns(painting, seat)
    if (isNumbered) collectNumber(painting, seat, numbers)
  }
  brush.textAlign = 'center'
  brush.textBaseline = 'alphabetic'
  for (const [font, byColor] of numbers) {
    brush.font = font
    for (const [color, ofColor] of byColor) {
      brush.fillStyle = color
      for (const [at, { text, x, y }] of ofColor.entries()) {
        if (at % LABELS_A_STEP === LABELS_A_STEP - 1) yield
        brush.fillText(text, x, y)
      }
    }
  }
}

/** Draws the signs of a seat, and says whether its number is written. */
function paintSigns({ brush, level, ratio }: Painting, seat: SeatToPaint): boolean {
  const { style, radius, x, y } = seat
  const isNumbered = level.hasNumbers && seat.text !== undefined && seat.text !== ''
  const color = style.textColor ?? style.signColor
  if (style.textColor === undefined) return false
  const main = mainGlyph(seat.seat.traits)
  const hasRoom = radius >= BOTH_RADIUS_MIN * ratio
  if (main && !(isNumbered && hasRoom)) {
    drawGlyph(brush, main, { x, y, reach: radius * 0.66, color })
    return false
  }
  const beside = main ?? sideGlyph(seat.seat.traits)
  if (beside && hasRoom) {
    drawGlyph(brush, beside, { x, y: y + radius * 0.52, reach: radius * 0.27, color })
  }
  return isNumbered
}

function collectNumber(
  { texts, ratio }: Painting,
  { seat, text = '', style, x, y, radius }: SeatToPaint,
  numbers: Map<string, Map<string, NumberToWrite[]>>,
): void {
  const fitted = fitText(texts, text, {
    width: radius * 1.64,
    sizeMax: Math.min(NUMBER_SIZE_MAX * ratio, radius * 1.02),
    sizeMin: NUMBER_SIZE_MIN * ratio,
    weight: 600,
  })
  if (!fitted) return
  // Few sizes, so that the font is changed seldom.
  const size = Math.floor(fitted.size / ratio) * ratio
  const font = texts.font(Math.max(size, NUMBER_SIZE_MIN * ratio), 600)
  const color = style.textColor ?? style.signColor
  const hasSign =
    radius >= BOTH_RADIUS_MIN * ratio && (mainGlyph(seat.traits) ?? sideGlyph(seat.traits))
  const lift = hasSign ? radius * 0.22 : 0
  let byColor = numbers.get(font)
  if (!byColor) numbers.set(font, (byColor = new Map<string, NumberToWrite[]>()))
  const ofColor = byColor.get(color)
  const number = { text: fitted.text, x, y: y + size * CAPITAL_HALF - lift }
  if (ofColor) ofColor.push(number)
  else byColor.set(color, [number])
}
