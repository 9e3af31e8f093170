// Signs for what a seat offers, drawn with a few strokes: no font or picture is fetched from anywhere.

import type { SceneObject } from '../../scene/scene.ts'
import type { Brush } from '../surface.ts'

export type Glyph = 'wheelchair' | 'companion' | 'view' | 'hearing' | 'hands' | 'more'

/** What is shown in place of the number. */
export function mainGlyph(traits: SceneObject['traits']): Glyph | undefined {
  if (traits?.isAccessible) return 'wheelchair'
  if (traits?.isCompanionSeat) return 'companion'
  return undefined
}

/** What is shown beside the number where there is room for it. */
export function sideGlyph(traits: SceneObject['traits']): Glyph | undefined {
  if (!traits) return undefined
  if (traits.hasRestrictedView) return 'view'
  if (traits.isHearingImpaired) return 'hearing'
  if (traits.hasSignLanguageInterpretation) return 'hands'
  const others = traits.isPlusSize || traits.hasLiftUpArmrests || traits.isSemiAmbulatorySeat
  return others ? 'more' : undefined
}

export interface GlyphPlace {
  readonly x: number
  readonly y: number
  /** Half its height. */
  readonly reach: number
  readonly color: string
}

/** Draws a sign. */
export function drawGlyph(brush: Brush, glyph: Glyph, place: GlyphPlace): void {
  brush.strokeStyle = place.color
  brush.fillStyle = place.color
  brush.lineCap = 'round'
  brush.lineJoin = 'round'
  brush.lineWidth = Math.max(1, place.reach * 0.2)
  strokes[glyph](pen(brush, place))
}

/** Places, in shares of the reach. */
type Spot = readonly [right: number, down: number]

interface Pen {
  readonly line: (...spots: readonly Spot[]) => void
  /** From one share of a half turn to another. */
  readonly arc: (middle: Spot, radius: number, turns?: readonly [number, number]) => void
  readonly dot: (middle: Spot, radius: number) => void
}

function pen(brush: Brush, { x, y, reach }: GlyphPlace): Pen {
  const at = ([right, down]: Spot) => [x + right * reach, y + down * reach] as const
  const arc: Pen['arc'] = (middle, radius, [from, to] = [0, 2]) => {
    brush.beginPath()
    brush.arc(...at(middle), radius * reach, from * Math.PI, to * Math.PI)
  }
  return {
    line: (...spots) => {
      brush.beginPath()
      for (const spot of spots) brush.lineTo(...at(spot))
      brush.stroke()
    },
    arc: (middle, radius, turns) => {
      arc(middle, radius, turns)
      brush.stroke()
    },
    dot: (middle, radius) => {
      arc(middle, radius)
      brush.fill()
    },
  }
}

const strokes: Record<Glyph, (pen: Pen) => void> = {
  wheelchair: ({ line, arc, dot }) => {
    dot([-0.16, -0.82], 0.2)
    line([-0.16, -0.45], [-0.12, 0.12], [0.42, 0.12], [0.66, 0.72], [0.9, 0.64])
    line([-0.14, -0.2], [0.36, -0.2])
    arc([-0.14, 0.34], 0.56, [0.25, 1.38])
  },
  companion: ({ arc, dot }) => {
    dot([-0.4, -0.42], 0.27)
    dot([0.46, -0.42], 0.27)
    arc([-0.4, 0.62], 0.42, [1, 2])
    arc([0.46, 0.62], 0.42, [1, 2])
  },
  view: ({ line, arc, dot }) => {
    arc([0, 0.62], 1, [1.2, 1.8])
    arc([0, -0.62], 1, [0.2, 0.8])
    dot([0, 0], 0.26)
    line([-0.7, 0.7], [0.7, -0.7])
  },
  hearing: ({ line, arc }) => {
    arc([0, -0.25], 0.6, [0.9, 2.15])
    line([0.5, 0], [0.12, 0.5], [0, 0.86])
    arc([0, -0.2], 0.22, [1, 2])
  },
  hands: ({ line }) => {
    line([-0.7, 0.7], [-0.7, -0.4])
    line([-0.25, 0.5], [-0.25, -0.8])
    line([0.2, 0.5], [0.2, -0.7])
    line([0.65, 0.5], [0.65, -0.3])
    line([-0.7, 0.7], [0.4, 0.8], [0.65, 0.5])
  },
  more: ({ line, arc }) => {
    arc([0, 0], 0.85)
    line([0, -0.05], [0, 0.45])
    line([0, -0.42], [0, -0.4])
  },
}
