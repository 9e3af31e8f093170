// How a seat looks in each state: never by colour alone, and calm where nothing can be bought.

import type { Colors } from '../colors.ts'
import type { Look, Paint } from '../picture.ts'

export type Sign = 'none' | 'check' | 'cross' | 'dash' | 'turn'

/** The outline of a seat; others than discs tell categories apart where colours do not. */
export type Form = 'disc' | 'square' | 'diamond' | 'triangle' | 'hexagon' | 'kite'

export interface SeatStyle {
  readonly form: Form
  /** Undefined where only its edge, or its sign, is drawn. */
  readonly fill: string | undefined
  readonly edge: string | undefined
  /** Of the seat's own size. */
  readonly scale: number
  /** The same from afar, where no sign can be seen. */
  readonly scaleAfar: number
  readonly fillAfar: string
  readonly sign: Sign
  readonly signColor: string
  /** Undefined where no number is written. */
  readonly textColor: string | undefined
}

const forms: readonly Form[] = ['disc', 'square', 'diamond', 'hexagon', 'triangle', 'kite']
/** Below this contrast a fill needs an edge to be seen on the ground. */
const CONTRAST_SEEN = 1.7

export interface Styling {
  readonly paint: Paint
  readonly colors: Colors
  /** Which of the event's colours this is; 0 where it is none. */
  readonly colorNumber: (fill: string) => number
}

/** The style of a look; undefined where nothing is drawn. */
export function seatStyle({ state, fill }: Look, styling: Styling): SeatStyle | undefined {
  if (state === 'hidden') return undefined
  const form = forms[styling.paint.hasHatches ? styling.colorNumber(fill) % forms.length : 0]
  const plain = { ...plainStyle, form: form ?? 'disc', fill, fillAfar: fill, signColor: fill }
  return { ...plain, ...styleOf[state](fill, styling) }
}

const plainStyle = {
  edge: undefined,
  scale: 1,
  scaleAfar: 1,
  sign: 'none',
  textColor: undefined,
} as const

type Rule = (fill: string, styling: Styling) => Partial<SeatStyle>

const styleOf = {
  free: (fill, styling) => ({
    edge: edgeOf(fill, styling),
    textColor: styling.colors.readableOn(fill),
  }),
  dimmed: (fill, { paint, colors }) => {
    const dim = colors.mix(paint.background, fill, 0.25)
    return { fill: dim, fillAfar: dim, textColor: colors.mix(dim, paint.text, 0.5) }
  },
  mine: (_, styling) => ({
    fill: styling.paint.selected,
    edge: edgeOf(styling.paint.selected, styling),
    scale: 1.1,
    scaleAfar: 1.35,
    fillAfar: styling.paint.selected,
    sign: 'check',
    signColor: styling.paint.selectedText,
  }),
  busy: (_, { paint, colors }) => ({
    form: 'disc',
    fill: colors.mix(paint.background, paint.selected, 0.2),
    scaleAfar: 1.2,
    fillAfar: colors.mix(paint.background, paint.selected, 0.6),
    sign: 'turn',
    signColor: paint.selected,
    textColor: paint.text,
  }),
  taken: (fill, { paint, colors }) => ({
    form: 'disc',
    fill: colors.mix(paint.background, fill, 0.3),
    scale: 0.82,
    scaleAfar: 0.6,
    fillAfar: colors.mix(paint.background, fill, 0.55),
    sign: 'cross',
    signColor: colors.mix(paint.background, fill, 0.95),
  }),
  off: (fill, { paint, colors }) => ({
    form: 'disc',
    fill: undefined,
    scaleAfar: 0.4,
    fillAfar: colors.mix(paint.background, fill, 0.3),
    sign: 'dash',
    signColor: colors.mix(paint.background, fill, 0.6),
  }),
  unsold: (_, { paint }) => ({
    form: 'disc',
    fill: paint.background,
    edge: paint.line,
    scaleAfar: 0.8,
    fillAfar: paint.line,
  }),
} satisfies Record<Exclude<Look['state'], 'hidden'>, Rule>

function edgeOf(fill: string, { paint, colors }: Styling): string | undefined {
  return colors.contrast(fill, paint.background) < CONTRAST_SEEN
    ? colors.mix(fill, paint.text, 0.45)
    : undefined
}

/** Styles by look, each made once. */
export function openStyles(styling: Styling): (look: Look) => SeatStyle | undefined {
  const known = new Map<Look['state'], Map<string, SeatStyle | undefined>>()
  return (look) => {
    let ofState = known.get(look.state)
    if (!ofState) known.set(look.state, (ofState = new Map<string, SeatStyle | undefined>()))
    if (ofState.has(look.fill)) return ofState.get(look.fill)
    const style = seatStyle(look, styling)
    ofState.set(look.fill, style)
    return style
  }
}
