/**
 * Colours, which a page sets by custom properties. They follow the `color-scheme` of the page: a dark map on a page that stays light
 * would be a hole in it.
 */
export const colors = `
:host {
  --_background: var(--holdfast-background, light-dark(#ffffff, #15181c));
  --_text: var(--holdfast-text, light-dark(#1b1f24, #edf0f3));
  --_muted: var(--holdfast-muted, light-dark(#59626d, #a3adb8));
  --_line: var(--holdfast-line, light-dark(#d5dae0, #343b43));
  --_soft: color-mix(in oklab, var(--_text) 5%, var(--_background));
  --_accent: var(--holdfast-accent, light-dark(#0b57d0, #a8c7fa));
  --_accent-text: var(--holdfast-accent-text, light-dark(#ffffff, #062e6f));
  --_taken: var(--holdfast-taken, light-dark(#c8ced6, #454d57));
  --_focus: var(--holdfast-focus, var(--_accent));
  --_decoration: light-dark(#eceff2, #23282e);
  --_warn: light-dark(#8a2c0d, #ffb59d);
  --_warn-soft: light-dark(#fdeee8, #3a1f16);
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
  .primary { color: ButtonText; background: ButtonFace; border: 2px solid ButtonText; }
  .primary:disabled { color: GrayText; border-color: GrayText; opacity: 1; }
  [aria-pressed='true'] { outline: 2px solid Highlight; outline-offset: -2px; }
}
`
