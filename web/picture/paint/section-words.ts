// What is written for a section, at which size and where: inside it along its line, else on a plate beside it.

import type { Box, SceneSection } from '../../scene/scene.ts'
import type { Painting } from './painting.ts'
import { toPixels } from '../pixels.ts'
import { areTouching } from '../view.ts'
import { widthAt } from './section-room.ts'
import type { Fitted } from './texts.ts'
import { fitText } from './texts.ts'

export interface Words {
  readonly name: Fitted
  readonly note: Fitted | undefined
}

/** Sizes that names are tried at, in CSS pixels; on plates smaller, since they hide seats. */
const NAME_SIZES = [19, 16, 14, 12.5, 11, 9.5] as const
const PLATE_NAME_SIZES = [13, 12, 11, 9.5] as const
const NOTE_SHARE = 0.74
const NOTE_SIZE_MIN = 9.5
const BESIDE_NAME_SIZE = 11.5

/** The largest size at which name and note stay inside, else the name alone; undefined where it does not fit. */
export function wordsInside(
  painting: Painting,
  section: SceneSection,
  note: string,
): Words | undefined {
  const sizes = painting.level.sectionNames === 'on plates' ? PLATE_NAME_SIZES : NAME_SIZES
  for (const hasNote of note === '' ? [false] : [true, false]) {
    for (const size of sizes) {
      const words = wordsAt(painting, section, { size, note: hasNote ? note : undefined })
      if (words) return words
    }
  }
  return undefined
}

function wordsAt(
  { view, ratio, texts }: Painting,
  section: SceneSection,
  { size: css, note }: { readonly size: number; readonly note: string | undefined },
): Words | undefined {
  const size = css * ratio
  const noteSize = Math.max(NOTE_SIZE_MIN * ratio, size * NOTE_SHARE)
  const height = (note === undefined ? size : size + noteSize * 1.5) / view.k
  const { x, y, labelAngle: angle, outline } = section
  const width = 0.94 * view.k * widthAt(outline, { x, y, angle, height })
  const room = { width, sizeMax: size, sizeMin: size, weight: 600 } as const
  const name = fitText(texts, section.display, room)
  if (!name) return undefined
  if (note === undefined) return { name, note: undefined }
  const noteRoom = { width, sizeMax: noteSize, sizeMin: NOTE_SIZE_MIN * ratio }
  const noted = fitText(texts, note, noteRoom)
  return noted && { name, note: noted }
}

/** How large the plate behind words is. */
export function plateOf(
  { texts, ratio }: Painting,
  { name, note }: Words,
): { width: number; height: number } {
  const noteWidth = note ? texts.width(note.text, 400) * note.size : 0
  return {
    width: Math.max(texts.width(name.text, 600) * name.size, noteWidth) + 12 * ratio,
    height: name.size + (note ? note.size * 1.25 : 0) + 7 * ratio,
  }
}

/** Words below a section, or above it, where they lie on no other; in pixels. */
export function wordsBeside(
  painting: Painting,
  section: SceneSection,
  note: string,
): { readonly words: Words; readonly x: number; readonly y: number } | undefined {
  const { ratio, view, floor } = painting
  const name = { text: section.display, size: BESIDE_NAME_SIZE * ratio }
  const noted = note === '' ? undefined : { text: note, size: NOTE_SIZE_MIN * ratio }
  const around = toPixels(section.box, view)
  const x = (around.minX + around.maxX) / 2
  for (const words of [
    { name, note: noted },
    { name, note: undefined },
  ]) {
    const { width, height } = plateOf(painting, words)
    for (const y of [around.maxY + height / 2, around.minY - height / 2]) {
      const plate = boxOf({ x, y, width, height })
      const isFree = floor.sections.every(
        (other) => other === section || !areTouching(toPixels(other.box, view), plate),
      )
      if (isFree) return { words, x, y }
    }
  }
  return undefined
}

function boxOf({
  x,
  y,
  width,
  height,
}: {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}): Box {
  return {
    minX: x - width / 2,
    minY: y - height / 2,
    maxX: x + width / 2,
    maxY: y + height / 2,
  }
}
