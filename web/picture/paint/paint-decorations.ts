// What is only to be seen: stages, walls, words, names of rows.

import type { Decoration, SceneText } from '../../scene/scene.ts'
import type { Painting, Steps } from './painting.ts'
import { traceShape } from '../shapes.ts'
import { CAPITAL_HALF, uprightAngle } from './texts.ts'
import { areTouching } from '../view.ts'

const DECORATIONS_A_STEP = 20
/** Words smaller than this, in CSS pixels, are left out. */
const TEXT_PIXELS_MIN = 6
const TEXT_CONTRAST_MIN = 3

/** Paints what lies below the seats, or above. */
export function* paintDecorations(painting: Painting, isForeground: boolean): Steps {
  let painted = 0
  for (const { decoration, box } of painting.floor.decorations) {
    if (decoration.isForeground !== isForeground || !areTouching(box, painting.box)) continue
    if (painted % DECORATIONS_A_STEP === 0) yield
    painted += 1
    paintDecoration(painting, decoration)
  }
}

function paintDecoration(painting: Painting, decoration: Decoration): void {
  const { brush, view, ratio, paint } = painting
  const { shape, text, fill, stroke, strokeWidth } = decoration
  const ground = fill === undefined ? undefined : toneDown(painting, fill)
  if (shape) {
    traceShape(brush, shape, { view })
    if (shape.kind !== 'line' && ground !== undefined) {
      brush.fillStyle = ground
      brush.fill()
    }
    if (stroke !== undefined || ground === undefined) {
      brush.strokeStyle = stroke === undefined ? paint.line : toneDown(painting, stroke)
      brush.lineWidth = Math.max(ratio, Math.min(strokeWidth * view.k, 6 * ratio))
      brush.lineJoin = 'round'
      brush.stroke()
    }
  }
  if (text) paintText(painting, text, ground ?? paint.background)
}

/** Colours of a drawing are meant for white ground; on a dark one they step back. */
function toneDown({ paint, colors }: Painting, color: string): string {
  const isGlaring = colors.isDark(paint.background) && !colors.isDark(color)
  return isGlaring ? colors.mix(paint.background, color, 0.22) : color
}

/** Writes a text of the drawing, in a colour that is read on its ground. */
function paintText(painting: Painting, text: SceneText, ground: string): void {
  const { brush, view, ratio, paint, colors, texts } = painting
  const size = text.size * view.k
  if (size < TEXT_PIXELS_MIN * ratio) return
  const wanted = text.color ?? paint.mutedText
  const isRead = colors.contrast(wanted, ground) >= TEXT_CONTRAST_MIN
  brush.save()
  brush.translate(text.x * view.k + view.x, text.y * view.k + view.y)
  brush.rotate((text.angle * Math.PI) / 180)
  brush.fillStyle = isRead ? wanted : colors.readableOn(ground)
  brush.textAlign = 'center'
  brush.textBaseline = 'alphabetic'
  brush.font = texts.font(size, 400)
  brush.fillText(text.text, 0, size * CAPITAL_HALF)
  brush.restore()
}

/** Names of rows stay small when seats grow, so that they do not run into them. */
const ROW_LABEL_PIXELS_MAX = 14

/** Writes the names of rows where they can be read. */
export function* paintRowLabels(painting: Painting): Steps {
  const { brush, view, ratio, paint, box, floor, texts, level } = painting
  if (!level.isClose) return
  let written = 0
  for (const { text } of floor.rowLabels) {
    const size = Math.min(text.size * view.k, ROW_LABEL_PIXELS_MAX * ratio)
    if (size < TEXT_PIXELS_MIN * ratio) continue
    const reach = text.size * (1 + text.text.length)
    const around = {
      minX: text.x - reach,
      maxX: text.x + reach,
      minY: text.y - reach,
      maxY: text.y + reach,
    }
    if (!areTouching(around, box)) continue
    if (written % DECORATIONS_A_STEP === 0) yield
    written += 1
    brush.save()
    brush.translate(text.x * view.k + view.x, text.y * view.k + view.y)
    brush.rotate((uprightAngle(text.angle) * Math.PI) / 180)
    brush.fillStyle = paint.mutedText
    brush.textAlign = 'center'
    brush.textBaseline = 'alphabetic'
    brush.font = texts.font(size, 600)
    brush.fillText(text.text, 0, size * CAPITAL_HALF)
    brush.restore()
  }
}
