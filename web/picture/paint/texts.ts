// How wide texts are, and what of them fits.

import type { Brush } from '../surface.ts'

export type Weight = 400 | 600

export interface Texts {
  /** Width at a size of one pixel. */
  width(text: string, weight: Weight): number
  /** For `Brush.font`. */
  font(size: number, weight: Weight): string
}

export interface Fitted {
  readonly text: string
  readonly size: number
}

/** Below the baseline's middle: half the height of a capital letter. */
export const CAPITAL_HALF = 0.36
const MEASURED_AT = 100
const REMEMBERED_MAX = 5_000
/** What is left of a text that is cut is no less than this. */
const CUT_LETTERS_MIN = 2

/** Measures each text once. */
export function openTexts(brush: Brush | undefined, family: string): Texts {
  const known = new Map<string, number>()
  const font = (size: number, weight: Weight) => `${weight} ${Math.round(size * 4) / 4}px ${family}`
  return {
    font,
    width: (text, weight) => {
      const key = `${weight}${text}`
      const found = known.get(key)
      if (found !== undefined) return found
      if (known.size >= REMEMBERED_MAX) known.clear()
      const width = brush ? measure(brush, text, font(MEASURED_AT, weight)) : 0.6 * text.length
      known.set(key, width)
      return width
    },
  }
}

function measure(brush: Brush, text: string, font: string): number {
  brush.save()
  brush.font = font
  const { width } = brush.measureText(text)
  brush.restore()
  return width / MEASURED_AT
}

/** The largest size at which a text fits, shortened at the smallest; undefined where not even that fits. */
export function fitText(
  texts: Texts,
  text: string,
  room: {
    readonly width: number
    readonly sizeMax: number
    readonly sizeMin: number
    readonly weight?: Weight
    readonly mayCut?: boolean
  },
): Fitted | undefined {
  const weight = room.weight ?? 400
  const trimmed = text.trim()
  if (trimmed === '' || room.sizeMax < room.sizeMin) return undefined
  const size = Math.min(room.sizeMax, room.width / Math.max(0.01, texts.width(trimmed, weight)))
  if (size >= room.sizeMin) return { text: trimmed, size }
  if (room.mayCut !== true) return undefined
  const letters = Array.from(trimmed)
  for (let length = letters.length - 1; length >= CUT_LETTERS_MIN; length -= 1) {
    const cut = `${letters.slice(0, length).join('').trimEnd()}…`
    if (texts.width(cut, weight) * room.sizeMin <= room.width) {
      return { text: cut, size: room.sizeMin }
    }
  }
  return undefined
}

/** An angle at which a text is not upside down. */
export function uprightAngle(angle: number): number {
  const within = ((angle % 360) + 360) % 360
  return within > 90 && within <= 270 ? within - 180 : within
}
