/** Each colour on light pages and on dark ones; those with a name for pages are set by that. */
const palette: readonly (readonly [name: string, light: string, dark: string, own?: string])[] = [
  ['background', '#ffffff', '#15181c', '--holdfast-background'],
  ['text', '#1b1f24', '#edf0f3', '--holdfast-text'],
  ['muted', '#59626d', '#a3adb8', '--holdfast-muted'],
  ['line', '#d5dae0', '#343b43', '--holdfast-line'],
  ['accent', '#0b57d0', '#a8c7fa', '--holdfast-accent'],
  ['accent-text', '#ffffff', '#062e6f', '--holdfast-accent-text'],
  ['taken', '#c8ced6', '#454d57', '--holdfast-taken'],
  ['decoration', '#eceff2', '#23282e'],
  ['warn', '#8a2c0d', '#ffb59d'],
  ['warn-soft', '#fdeee8', '#3a1f16'],
]

function declare(colorOf: (light: string, dark: string) => string): string {
  return palette
    .map(([name, light, dark, own]) => {
      const color = colorOf(light, dark)
      return `--_${name}: ${own === undefined ? color : `var(${own}, ${color})`};`
    })
    .join('\n')
}

/**
 * Colours, which a page sets by custom properties. They follow the `color-scheme` of the page: a dark map on a page that stays light
 * would be a hole in it. Browsers that do not know `light-dark` have the light ones.
 */
export const colors = `
:host { ${declare((light) => light)} }
@supports (color: light-dark(#fff, #000)) {
  :host { ${declare((light, dark) => `light-dark(${light}, ${dark})`)} }
}
:host {
  --_soft: color-mix(in oklab, var(--_text) 5%, var(--_background));
  --_focus: var(--holdfast-focus, var(--_accent));
  --_radius: var(--holdfast-radius, 12px);
  --_font: var(--holdfast-font, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif);
  --_edge: color-mix(in oklab, var(--_text) 45%, var(--_background));
}
.paint-background { color: var(--_background); }
.paint-text { color: var(--_text); }
.paint-mutedText { color: var(--_muted); }
.paint-line { color: var(--_line); }
.paint-focus { color: var(--_focus); }
.paint-selected { color: var(--_accent); }
.paint-selectedText { color: var(--_accent-text); }
.paint-taken { color: var(--_taken); }
.paint-decoration { color: var(--_decoration); }
.paints { display: none; font-family: var(--_font); }

@media (prefers-contrast: more) {
  :host {
    --_muted: var(--_text);
    --_line: var(--_text);
    --_edge: var(--_text);
  }
}
@media (forced-colors: active) {
  :host {
    --_background: Canvas;
    --_text: CanvasText;
    --_muted: CanvasText;
    --_line: CanvasText;
    --_soft: Canvas;
    --_accent: Highlight;
    --_accent-text: HighlightText;
    --_taken: GrayText;
    --_focus: Highlight;
    --_decoration: Canvas;
    --_warn: CanvasText;
    --_warn-soft: Canvas;
    --_edge: CanvasText;
  }
  .paints, .dot { forced-color-adjust: none; }
  [aria-pressed='true'] { outline: 2px solid Highlight; outline-offset: -2px; }
}
`
