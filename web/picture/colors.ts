// Colours as numbers: mixed, compared, and written upon so that everybody can read it.

export interface Rgb {
  readonly red: number
  readonly green: number
  readonly blue: number
}

const DARK = '#1b1f27'
const LIGHT = '#ffffff'
const GREY: Rgb = { red: 136, green: 136, blue: 136 }
/** Distinct colours that are remembered; who colours each seat otherwise gets them computed anew. */
const REMEMBERED_MAX = 2_000

/** Everything that is done with colours. */
export interface Colors {
  /** `share` of `color` on `ground`. */
  mix(ground: string, color: string, share: number): string
  /** WCAG's ratio, from 1 to 21. */
  contrast(a: string, b: string): number
  /** Black or white, whichever is read better on this. */
  readableOn(fill: string): string
  isDark(color: string): boolean
}

/** Colours of CSS; `normalize` turns names and the like into `#rrggbb` or `rgb()`, as a canvas does. */
export function openColors(normalize: (color: string) => string): Colors {
  const known = new Map<string, Rgb>()
  const read = (color: string) =>
    remember(known, color, () => parseColor(color) ?? parseColor(normalize(color)) ?? GREY)
  const mixed = new Map<string, string>()
  const readable = new Map<string, string>()
  const contrast = (a: string, b: string) => contrastOf(read(a), read(b))
  return {
    mix: (ground, color, share) =>
      remember(mixed, `${ground} ${color} ${share}`, () =>
        toCss(mixOf(read(ground), read(color), share)),
      ),
    contrast,
    readableOn: (fill) =>
      remember(readable, fill, () =>
        contrast(fill, LIGHT) >= Math.min(3.6, contrast(fill, DARK)) ? LIGHT : DARK,
      ),
    isDark: (color) => luminanceOf(read(color)) < 0.18,
  }
}

function remember<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const found = known.get(key)
  if (found !== undefined) return found
  if (known.size >= REMEMBERED_MAX) known.clear()
  const made = make()
  known.set(key, made)
  return made
}

/** Reads `#rgb`, `#rrggbb` (opacity is ignored), `rgb()`, `rgba()` and `color(srgb …)`; undefined for everything else. */
export function parseColor(color: string): Rgb | undefined {
  const hex = /^#([0-9a-f]{3,8})$/i.exec(color.trim())?.[1]
  if (hex !== undefined) return parseHex(hex)
  const found = /^(rgba?|color)\((?:srgb )?\s*([^)]*)\)$/i.exec(color.trim())
  if (!found) return undefined
  const [red, green, blue] = (found[2] ?? '')
    .split(/[\s,/]+/)
    .map((part) => Number.parseFloat(part))
  if (!isNumber(red) || !isNumber(green) || !isNumber(blue)) return undefined
  const scale = found[1]?.toLowerCase() === 'color' ? 255 : 1
  return { red: red * scale, green: green * scale, blue: blue * scale }
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value)
}

function parseHex(hex: string): Rgb | undefined {
  const digits = hex.length < 6 ? Array.from(hex, (digit) => digit + digit).join('') : hex
  if (digits.length !== 6 && digits.length !== 8) return undefined
  const part = (from: number) => Number.parseInt(digits.slice(from, from + 2), 16)
  return { red: part(0), green: part(2), blue: part(4) }
}

function mixOf(ground: Rgb, color: Rgb, share: number): Rgb {
  const part = (a: number, b: number) => Math.round(a + (b - a) * share)
  return {
    red: part(ground.red, color.red),
    green: part(ground.green, color.green),
    blue: part(ground.blue, color.blue),
  }
}

function toCss({ red, green, blue }: Rgb): string {
  return `rgb(${red}, ${green}, ${blue})`
}

/** WCAG's ratio of two colours, from 1 to 21. */
export function contrastOf(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminanceOf(a), luminanceOf(b)].toSorted((one, other) => other - one)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

function luminanceOf({ red, green, blue }: Rgb): number {
  const part = (value: number) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
}
