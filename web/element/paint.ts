import type { Paint } from '../picture/picture.ts'
import type { Make } from './make.ts'

/** Preferences of the person that change how everything is painted. */
const queries = {
  still: '(prefers-reduced-motion: reduce)',
  contrast: '(prefers-contrast: more)',
  forced: '(forced-colors: active)',
  dark: '(prefers-color-scheme: dark)',
} as const

const light: Paint = {
  background: '#ffffff',
  text: '#1b1f24',
  mutedText: '#59626d',
  line: '#d5dae0',
  focus: '#0b57d0',
  selected: '#0b57d0',
  selectedText: '#ffffff',
  taken: '#c8ced6',
  decoration: '#e9ecf0',
  font: 'system-ui, sans-serif',
  hasHatches: false,
  isStill: false,
}

/** Reads the colours that the style sheet has worked out, since a canvas knows no custom properties. */
export function makePaint(
  view: Window,
  make: Make,
): {
  readonly probe: HTMLElement
  readonly read: (hasPatterns: boolean) => Paint
  /** As it was read last: working it out for every seat would take seconds. */
  readonly now: () => Paint
} {
  const names = [
    'background',
    'text',
    'mutedText',
    'line',
    'focus',
    'selected',
    'selectedText',
    'taken',
    'decoration',
  ] as const
  const samples = names.map((name) => ({ name, sample: make('i', { class: `paint-${name}` }) }))
  const probe = make(
    'div',
    { class: 'paints', 'aria-hidden': 'true' },
    samples.map(({ sample }) => sample),
  )
  let last = light
  const read = (hasPatterns: boolean): Paint => {
    const colors = samples.map(({ name, sample }) => [
      name,
      view.getComputedStyle(sample).color || light[name],
    ])
    const matches = (query: keyof typeof queries) => view.matchMedia(queries[query]).matches
    last = {
      ...light,
      ...(Object.fromEntries(colors) as Pick<Paint, (typeof names)[number]>),
      font: view.getComputedStyle(probe).fontFamily || light.font,
      hasHatches: hasPatterns || matches('contrast') || matches('forced'),
      isStill: matches('still'),
    }
    return last
  }
  return { probe, read, now: () => last }
}

/** Tells when the person prefers something else. */
export function onPreference(view: Window, signal: AbortSignal, call: () => void): void {
  for (const query of Object.values(queries)) {
    view.matchMedia(query).addEventListener('change', call, { signal })
  }
}
