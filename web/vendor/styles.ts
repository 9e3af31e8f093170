import type { Config } from './config.ts'

/** Colours of the vendor and the properties of ours that they are. */
const properties = {
  colorSelected: '--holdfast-accent',
  selectedObjectColor: '--holdfast-accent',
  colorTitle: '--holdfast-text',
  cursorTooltipBackgroundColor: '--holdfast-background',
} as const

const RADII: Readonly<Record<string, string>> = { round: '12px', square: '0px' }

/** Dresses the map as the page wants it, by the object model: a strict policy allows no attribute of style. */
export function dress(element: HTMLElement, config: Config): void {
  const { colorScheme, colors, style, fitTo } = config
  const set = (name: string, value: string | undefined) => {
    if (value === undefined) element.style.removeProperty(name)
    else element.style.setProperty(name, value)
  }
  element.toggleAttribute('fill', fitTo !== 'width')
  set('color-scheme', colorScheme)
  set('--holdfast-font', style?.font && `${style.font}, system-ui, sans-serif`)
  set('--holdfast-radius', RADII[style?.cornerRadius ?? ''])
  const named = Object.keys(properties) as (keyof typeof properties)[]
  for (const property of new Set(Object.values(properties))) {
    const values = named
      .filter((name) => properties[name] === property)
      .map((name) => colors?.[name])
    set(
      property,
      values.find((value) => value !== undefined),
    )
  }
}
