/** Where everything is: from 320 pixels on, one column; where there is room, the basket beside the map. */
export const layout = `
:host { display: block; container-type: inline-size; color-scheme: inherit; }
:host([hidden]) { display: none; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.map {
  --_usual: var(--holdfast-height, clamp(18rem, min(62vh, 110cqi), 44rem));
  --_height: var(--_usual);
  display: flex; flex-direction: column; gap: 12px;
  color: var(--_text);
  font: 400 1rem/1.45 var(--_font); text-align: start;
}
.body { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); }
.main { position: relative; display: grid; align-content: start; min-inline-size: 0; }
.toast {
  position: absolute; z-index: 3; inset-block-end: 16px; inset-inline: 16px 64px; inline-size: fit-content; pointer-events: none;
  padding: 10px 16px; border-radius: 10px; color: var(--_background); background: var(--_text);
  border: 1px solid var(--_background); box-shadow: 0 4px 16px rgb(0 0 0 / 25%);
}
.toast:empty { padding: 0; border: 0; box-shadow: none; }
.stage {
  position: relative; overflow: hidden;
  block-size: var(--_height);
  border: 1px solid var(--_line); border-radius: var(--_radius); background: var(--_background);
}
.picture, .canvas { position: absolute; inset: 0; border-radius: inherit; }
.canvas { overflow: hidden; }
.map[data-status='offline'] .canvas, .map[data-status='refused'] .canvas, .map[data-status='gone'] .canvas {
  filter: grayscale(1); opacity: 0.45;
}
.map[data-status='loading'] .stage::after {
  content: ''; position: absolute; inset: 0; pointer-events: none;
  background: linear-gradient(100deg, transparent 30%, var(--_soft) 50%, transparent 70%) 0 0 / 250% 100%;
  animation: wait 1.4s linear infinite;
}
@keyframes wait { from { background-position: 120% 0; } to { background-position: -60% 0; } }
:host([fill]), :host([fill]) .map { block-size: 100%; }
:host([fill]) .map { --_height: 100%; }
:host([fill]) .body { flex: 1 1 var(--_usual); min-block-size: 16rem; }
:host([fill]) .body, :host([fill]) .main { grid-template-rows: minmax(0, 1fr); }
:host([fill]) .main:has(> .stage[hidden] + .remark:not([hidden])) { grid-template-rows: auto minmax(0, 1fr); }
.toolbar, .legend, .categories { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.categories { display: contents; }
.legend > button { margin-inline-start: auto; }
.zoom {
  position: absolute; inset-block-end: 12px; inset-inline-end: 12px; display: grid;
  border: 1px solid var(--_line); border-radius: 10px; overflow: hidden; background: var(--_background);
  box-shadow: 0 1px 4px rgb(0 0 0 / 12%);
}
.tooltip {
  position: absolute; z-index: 2; pointer-events: none; display: grid; gap: 2px;
  max-inline-size: min(18rem, calc(100% - 16px)); padding: 8px 12px;
  color: var(--_text); background: var(--_background);
  border: 1px solid var(--_line); border-radius: 10px; box-shadow: 0 4px 16px rgb(0 0 0 / 18%);
  font-size: 0.875rem; line-height: 1.35;
}
.tooltip.docked { left: 12px !important; top: 12px !important; }
.list {
  max-block-size: var(--_height); min-block-size: 16rem; overflow: auto; padding: 12px;
  border: 1px solid var(--_line); border-radius: var(--_radius);
  scroll-padding-block: 12px;
}
.unseen {
  position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; padding: 0;
  overflow: hidden; clip-path: inset(50%); white-space: nowrap; border: 0;
}
.basket, .list { background: var(--_background); }
.basket {
  display: flex; flex-direction: column; gap: 10px; padding: 16px; min-inline-size: 0;
  border: 1px solid var(--_line); border-radius: var(--_radius); align-self: start;
}
.remark { margin: 6px 0; font-size: 0.875em; color: var(--_muted); }
.banner {
  display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; justify-content: space-between;
  padding: 10px 14px; border-radius: 10px; color: var(--_warn); background: var(--_warn-soft);
  border: 1px solid currentColor;
}
.banner.quiet { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); padding: 0; border: 0; }
.banner[data-status='loading'] { color: var(--_muted); background: var(--_soft); border-color: transparent; }
@container (min-width: 54rem) {
  .body:not(.alone) { grid-template-columns: minmax(0, 1fr) 20rem; }
  .basket { max-block-size: var(--_height); }
  .items { overflow: auto; }
}
/* Where there is little room the hall has it: categories go sideways, in one line. */
@container (max-width: 34rem) {
  .toolbar button, .toolbar summary { padding-inline: 8px; }
  .toolbar { gap: 6px; }
  .legend { flex-wrap: nowrap; overflow-x: auto; margin: -5px; padding: 5px; scrollbar-width: thin; }
  .legend .chip { flex: none; margin-inline-start: 0; }
}
@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { animation: none !important; transition: none !important; }
}
`
