/** Buttons, fields, and what is made of them: nothing that is pressed is smaller than 24 pixels, and most is 36. */
export const controls = `
button, select, input, summary { font: inherit; color: inherit; }
button, summary, select { cursor: pointer; }
button, summary {
  display: inline-flex; gap: 8px; align-items: center; justify-content: center;
  min-block-size: 36px; padding: 4px 12px; list-style: none;
  border: 1px solid transparent; border-radius: 9px; background: transparent;
  transition: background-color 0.12s;
}
summary::-webkit-details-marker { display: none; }
button:hover, summary:hover { background: var(--_soft); }
button:disabled { opacity: 0.5; cursor: not-allowed; }
:focus-visible { outline: 3px solid var(--_focus); outline-offset: 2px; }
.picture:focus-visible { outline: none; }
.picture:focus-visible::after {
  content: ''; position: absolute; inset: 2px; border-radius: inherit; pointer-events: none;
  border: 3px solid var(--_focus); box-shadow: 0 0 0 2px var(--_background);
}
.icon {
  inline-size: 18px; block-size: 18px; flex: none; fill: none; stroke: currentColor;
  stroke-width: 2; stroke-linecap: round; stroke-linejoin: round;
}
.switch { display: inline-flex; gap: 2px; padding: 2px; border-radius: 11px; background: var(--_soft); border: 1px solid var(--_line); flex-wrap: wrap; }
.switch button { min-block-size: 32px; }
.switch [aria-pressed='true'] { background: var(--_background); box-shadow: 0 0 0 1px var(--_edge); font-weight: 600; }
.chip { min-block-size: 34px; padding: 2px 12px; border-color: var(--_line); border-radius: 999px; font-size: 0.9375rem; background: var(--_background); }
.chip { max-inline-size: 100%; }
.chip .name { min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.chip[aria-pressed='true'] { border-color: var(--_text); box-shadow: inset 0 0 0 1px var(--_text); background: var(--_soft); }
.chip .price, .chip + .price { color: var(--_muted); }
.chip .price:empty { display: none; }
.dot { inline-size: 12px; block-size: 12px; flex: none; border-radius: 50%; box-shadow: inset 0 0 0 1px rgb(0 0 0 / 25%); }
.zoom button { min-block-size: 38px; inline-size: 38px; padding: 0; border-radius: 0; }
.zoom button + button { border-block-start: 1px solid var(--_line); }
.zoom button:focus-visible { outline-offset: -3px; }
.primary { min-block-size: 44px; padding-inline: 20px; color: var(--_accent-text); background: var(--_accent); font-weight: 600; }
.primary:hover { background: color-mix(in oklab, var(--_accent) 88%, var(--_text)); }
.quiet { color: var(--_muted); text-decoration: underline; text-underline-offset: 3px; }
.muted { color: var(--_muted); font-size: 0.875rem; }
.price { font-variant-numeric: tabular-nums; white-space: nowrap; }
h2, p, ul { margin: 0; padding: 0; }
h2 { font-size: 1.125rem; line-height: 1.3; }
ul { list-style: none; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; justify-content: flex-end; align-items: center; }
.basket .primary { flex: 1; }
.banner button { border-color: currentColor; min-block-size: 32px; }
.toolbar { position: relative; }
.best summary { border-color: var(--_line); background: var(--_background); }
.best-form {
  position: absolute; z-index: 3; inset-inline-start: 0; inset-block-start: calc(100% + 8px);
  display: flex; flex-wrap: wrap; gap: 12px 16px; align-items: end; padding: 16px; max-inline-size: 100%;
  border: 1px solid var(--_line); border-radius: var(--_radius); background: var(--_background);
  box-shadow: 0 8px 32px rgb(0 0 0 / 20%);
}
.field { display: grid; gap: 2px; min-inline-size: 0; }
label { font-size: 0.875rem; color: var(--_muted); }
select, input { min-block-size: 40px; padding: 4px 10px; border: 1px solid var(--_edge); border-radius: 9px; background: var(--_background); max-inline-size: 100%; }
.stepper { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: center; justify-content: space-between; }
.stepper .name { display: grid; }
.steps { display: inline-flex; border: 1px solid var(--_edge); border-radius: 9px; }
.steps button { inline-size: 40px; padding: 0; min-block-size: 40px; font-size: 1.25rem; }
.steps input { inline-size: 3.5rem; text-align: center; border: 0; border-radius: 0; appearance: textfield; -moz-appearance: textfield; }
.steps input::-webkit-inner-spin-button { appearance: none; margin: 0; }
.dialog {
  inline-size: min(26rem, calc(100vw - 24px)); padding: 20px; border: 1px solid var(--_line); border-radius: 16px;
  color: var(--_text); background: var(--_background); box-shadow: 0 12px 48px rgb(0 0 0 / 30%);
  font: 400 1rem/1.45 var(--_font);
}
.dialog[open] { display: grid; gap: 12px; }
.dialog::backdrop { background: rgb(0 0 0 / 45%); }
.tickets, .numbers { display: grid; gap: 8px; }
.ticket { justify-content: space-between; min-block-size: 48px; border-color: var(--_edge); padding-inline: 16px; }
@media (forced-colors: active) {
  .primary { color: ButtonText; background: ButtonFace; border: 2px solid ButtonText; }
  .primary:disabled { color: GrayText; border-color: GrayText; opacity: 1; }
}
`
