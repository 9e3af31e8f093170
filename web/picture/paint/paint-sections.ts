// Sections: from afar filled by what is left, with name and note; close up an outline around their seats.

import type { SceneSection } from '../../scene/scene.ts'
import { hatchPath, hatchWays } from './hatch.ts'
import type { Painting, Steps } from './painting.ts'
import { overlapOf, toPixels } from '../pixels.ts'
import type { SectionLook } from '../picture.ts'
import { traceOutline } from '../shapes.ts'
import type { Words } from './section-words.ts'
import { plateOf, wordsBeside, wordsInside } from './section-words.ts'
import { CAPITAL_HALF, uprightAngle } from './texts.ts'
import { areTouching } from '../view.ts'

const SECTIONS_A_STEP = 8

/** Paints the grounds of sections. */
export function* paintSections(painting: Painting): Steps {
  const { brush, view, ratio, looks, level } = painting
  for (const [at, section] of visibleSections(painting).entries()) {
    if (at % SECTIONS_A_STEP === 0) yield
    const look = looks.section(section.index)
    const fill = groundOf(painting, look)
    traceOutline(brush, section.outline, view)
    brush.closePath()
    brush.fillStyle = fill
    brush.fill()
    if (level.seats === 'none') hatchSection(painting, section, { look, fill })
    brush.strokeStyle = edgeOf(painting, look)
    brush.lineWidth = ratio
    brush.lineJoin = 'round'
    brush.stroke()
  }
}

function visibleSections({ floor, box }: Painting): SceneSection[] {
  return floor.sections.filter((section) => areTouching(section.box, box))
}

/** The fuller the colour, the more is left. */
function groundOf({ paint, colors, level }: Painting, look: SectionLook): string {
  const { background } = paint
  if (level.seats !== 'none') return colors.mix(background, paint.line, 0.16)
  if (look.isDimmed) return colors.mix(background, paint.line, 0.35)
  if (look.share <= 0) return colors.mix(background, paint.taken, 0.28)
  return colors.mix(background, look.fill, 0.45 + 0.5 * Math.min(1, look.share))
}

function edgeOf({ paint, colors, level }: Painting, look: SectionLook): string {
  if (level.seats !== 'none' || look.isDimmed || look.share <= 0) return paint.line
  return colors.mix(look.fill, paint.text, 0.25)
}

function hatchSection(
  { brush, view, ratio, paint, colors, box, scene }: Painting,
  section: SceneSection,
  { look, fill }: { readonly look: SectionLook; readonly fill: string },
): void {
  const inPixels = overlapOf(toPixels(section.box, view), toPixels(box, view))
  if (look.share <= 0) {
    const color = colors.mix(paint.background, paint.taken, 0.55)
    hatchPath(brush, inPixels, { color, gap: 6 * ratio, width: ratio, way: 'rising' })
  } else if (paint.hasHatches && !look.isDimmed) {
    const number = scene.categories.findIndex(({ color }) => color === look.fill)
    const way = hatchWays[Math.max(0, number) % hatchWays.length]
    if (!way) return
    const color = colors.mix(fill, colors.readableOn(look.fill), 0.25)
    hatchPath(brush, inPixels, { color, gap: 9 * ratio, width: 1.5 * ratio, way })
  } else return
  traceOutline(brush, section.outline, view)
  brush.closePath()
}

/** Writes the names of sections and what is left of them, while seats cannot be told apart. */
export function* paintSectionNames(painting: Painting): Steps {
  if (painting.level.sectionNames === 'none') return
  for (const [at, section] of visibleSections(painting).entries()) {
    if (at % SECTIONS_A_STEP === 0) yield
    nameSection(painting, section)
  }
}

function nameSection(painting: Painting, section: SceneSection): void {
  const { view, looks, level, paint } = painting
  const look = looks.section(section.index)
  const inside = wordsInside(painting, section, look.note)
  if (inside) {
    const onPlate = level.sectionNames === 'on plates'
    writeWords(painting, inside, {
      x: section.x * view.k + view.x,
      y: section.y * view.k + view.y,
      angle: uprightAngle(section.labelAngle),
      ground: onPlate ? paint.background : groundOf(painting, look),
      color: onPlate ? paint.text : textOn(painting, look),
      onPlate: onPlate || isHatched(painting, look),
      isDimmed: look.isDimmed,
    })
    return
  }
  if (level.sectionNames !== 'inside') return
  const beside = wordsBeside(painting, section, look.note)
  if (!beside) return
  const { words, x, y } = beside
  const plain = { ground: paint.background, color: paint.text, onPlate: true, angle: 0 }
  writeWords(painting, words, { x, y, ...plain, isDimmed: look.isDimmed })
}

/** Words do not stand on lines. */
function isHatched({ paint }: Painting, { share, isDimmed }: SectionLook): boolean {
  return share <= 0 || (paint.hasHatches && !isDimmed)
}

/** All sections of a colour are written upon alike, however full they are. */
function textOn(painting: Painting, look: SectionLook): string {
  const { colors } = painting
  const ground = groundOf(painting, look)
  const alike = colors.readableOn(look.fill)
  return colors.contrast(alike, ground) >= 3 ? alike : colors.readableOn(ground)
}

interface Writing {
  readonly x: number
  readonly y: number
  readonly angle: number
  readonly ground: string
  readonly color: string
  readonly onPlate: boolean
  readonly isDimmed: boolean
}

function writeWords(painting: Painting, words: Words, writing: Writing): void {
  const { brush, colors, texts } = painting
  const { ground, color } = writing
  const { name, note } = words
  brush.save()
  brush.translate(writing.x, writing.y)
  brush.rotate((writing.angle * Math.PI) / 180)
  if (writing.onPlate) drawPlate(painting, words, ground)
  brush.textAlign = 'center'
  brush.textBaseline = 'alphabetic'
  brush.fillStyle = writing.isDimmed ? colors.mix(ground, color, 0.6) : color
  brush.font = texts.font(name.size, 600)
  brush.fillText(name.text, 0, note ? -name.size * 0.06 : name.size * CAPITAL_HALF)
  if (note) {
    brush.fillStyle = colors.mix(ground, color, writing.isDimmed ? 0.6 : 0.85)
    brush.font = texts.font(note.size, 400)
    brush.fillText(note.text, 0, name.size * 0.24 + note.size * 0.85)
  }
  brush.restore()
}

/** A ground for words above seats and lines, or outside of sections. */
function drawPlate(painting: Painting, words: Words, ground: string): void {
  const { brush, ratio } = painting
  const { width, height } = plateOf(painting, words)
  brush.globalAlpha = 0.88
  brush.fillStyle = ground
  brush.beginPath()
  brush.roundRect(-width / 2, -height / 2, width, height, 4 * ratio)
  brush.fill()
  brush.globalAlpha = 1
}
