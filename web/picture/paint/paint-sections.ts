// Sections: from afar filled by what is left, with name and note; close up an outline around their seats.

import type { SceneSection } from '../../scene/scene.ts'
import { hatchPath, hatchWays } from './hatch.ts'
import type { Painting, Steps } from './painting.ts'
import { overlapOf, toPixels } from '../pixels.ts'
import type { SectionLook } from '../picture.ts'
import { widthAt } from './section-room.ts'
import { traceOutline } from '../shapes.ts'
import type { Fitted } from './texts.ts'
import { CAPITAL_HALF, fitText, uprightAngle } from './texts.ts'
import { areTouching } from '../view.ts'

const SECTIONS_A_STEP = 8
/** Sizes that names are tried at, in CSS pixels. */
const NAME_SIZES = [20, 16, 13, 11, 9.5] as const
const NOTE_SHARE = 0.72
const NOTE_SIZE_MIN = 9

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
    const color = colors.mix(fill, colors.readableOn(fill), 0.3)
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
  const { brush, view, ratio, looks, level, paint, colors } = painting
  const look = looks.section(section.index)
  const words = fitWords(painting, section, look.note)
  if (!words) return
  const onPlate = level.sectionNames === 'on plates'
  const ground = onPlate ? paint.background : groundOf(painting, look)
  const text = onPlate ? paint.text : colors.readableOn(ground)
  brush.save()
  brush.translate(section.x * view.k + view.x, section.y * view.k + view.y)
  brush.rotate((uprightAngle(section.labelAngle) * Math.PI) / 180)
  if (onPlate) drawPlate(painting, words)
  brush.textAlign = 'center'
  brush.textBaseline = 'alphabetic'
  brush.fillStyle = look.isDimmed ? colors.mix(ground, text, 0.6) : text
  const { name, note } = words
  brush.font = painting.texts.font(name.size, 600)
  brush.fillText(name.text, 0, note ? -name.size * 0.08 : name.size * CAPITAL_HALF)
  if (note) {
    brush.fillStyle = colors.mix(ground, text, 0.8)
    brush.font = painting.texts.font(note.size, 400)
    brush.fillText(note.text, 0, name.size * 0.26 + note.size * 0.85)
  }
  brush.restore()
  brush.lineWidth = ratio
}

interface Words {
  readonly name: Fitted
  readonly note: Fitted | undefined
}

/** The largest size at which the name stays inside, with the note below it where that fits too. */
function fitWords(
  { view, ratio, texts }: Painting,
  section: SceneSection,
  note: string,
): Words | undefined {
  const roomFor = (pixels: number) =>
    0.92 *
    view.k *
    widthAt(section.outline, {
      x: section.x,
      y: section.y,
      angle: section.labelAngle,
      height: pixels / view.k,
    })
  for (const css of NAME_SIZES) {
    const size = css * ratio
    const noteSize = Math.max(NOTE_SIZE_MIN * ratio, size * NOTE_SHARE)
    if (note !== '' && css > 10) {
      const width = roomFor(size + noteSize * 1.5)
      const name = fitText(texts, section.display, {
        width,
        sizeMax: size,
        sizeMin: size,
        weight: 600,
      })
      const noted = fitText(texts, note, {
        width,
        sizeMax: noteSize,
        sizeMin: NOTE_SIZE_MIN * ratio,
      })
      if (name && noted) return { name, note: noted }
    }
  }
  for (const css of NAME_SIZES) {
    const size = css * ratio
    const width = roomFor(size)
    const mayCut = css === NAME_SIZES.at(-1)
    const room = { width, sizeMax: size, sizeMin: size, weight: 600, mayCut } as const
    const name = fitText(texts, section.display, room)
    if (name) return { name, note: undefined }
  }
  return undefined
}

/** A ground for words above seats. */
function drawPlate({ brush, ratio, paint, texts }: Painting, { name, note }: Words): void {
  const noteWidth = note ? texts.width(note.text, 400) * note.size : 0
  const width = Math.max(texts.width(name.text, 600) * name.size, noteWidth) + 14 * ratio
  const height = name.size + (note ? note.size * 1.3 : 0) + 8 * ratio
  brush.globalAlpha = 0.88
  brush.fillStyle = paint.background
  brush.beginPath()
  brush.roundRect(-width / 2, -height / 2, width, height, 5 * ratio)
  brush.fill()
  brush.globalAlpha = 1
}
