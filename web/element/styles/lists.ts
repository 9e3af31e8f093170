/** The list of seats, and the basket, which is one too. */
export const lists = `
.search { display: flex; flex-direction: column; padding-block-end: 12px; }
.search input { margin-block: 4px; }
.search .seats { padding-block: 8px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); }
.groups, .rows { display: grid; gap: 4px; }
.rows, .fold > .seats { padding: 4px 0 8px; padding-inline-start: 12px; }
.fold > summary { justify-content: flex-start; inline-size: 100%; gap: 12px; padding-inline: 8px; text-align: start; }
.fold > summary::before {
  content: ''; flex: none; inline-size: 7px; block-size: 7px; margin-inline: 2px 4px;
  border: solid currentColor; border-width: 0 2px 2px 0; transform: rotate(-45deg);
}
.map[dir='rtl'] .fold:not([open]) > summary::before { transform: rotate(135deg); }
.fold[open] > summary::before { transform: rotate(45deg); }
.fold > summary .name { font-weight: 600; }
.fold > summary .price { margin-inline-start: auto; }
.seats { display: grid; gap: 6px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); }
.seat {
  display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 0 8px; align-content: center;
  inline-size: 100%; block-size: 100%; min-block-size: 44px; text-align: start; border-color: var(--_line);
}
.seat .muted { grid-column: 2 / -1; grid-row: 2; }
.seat .muted:empty { display: none; }
.seat[aria-pressed='true'] { border-color: var(--_accent); box-shadow: inset 0 0 0 1px var(--_accent); background: var(--_soft); }
.seat[aria-pressed='true'] .name::after { content: ' ✓'; color: var(--_accent); }
.seat[aria-disabled='true'] { cursor: default; }
.seat:is([data-state='taken'], [data-state='off']) { color: var(--_muted); text-decoration: line-through; }
.head { display: flex; flex-wrap: wrap; gap: 4px 16px; justify-content: space-between; align-items: baseline; }
.countdown { display: inline-flex; gap: 8px; align-items: baseline; }
.time { font-weight: 600; font-variant-numeric: tabular-nums; }
.soon .time { color: var(--_warn); }
.items { display: grid; gap: 2px; }
.items li {
  display: grid; grid-template-columns: auto minmax(0, 1fr) auto auto; gap: 0 10px; align-items: center;
  padding-block: 6px; border-block-end: 1px solid var(--_line);
}
.items .muted { grid-column: 2 / 4; grid-row: 2; }
.items .name { overflow-wrap: anywhere; }
.remove { grid-column: 4; grid-row: 1 / 3; min-block-size: 36px; inline-size: 36px; padding: 0; color: var(--_muted); }
.total { display: flex; justify-content: space-between; gap: 16px; font-size: 1.125rem; }

@media print {
  .toolbar, .zoom, .tooltip, .toast, .actions, .remove, .banner, .dialog, .list, .countdown, .legend > button { display: none !important; }
  .body { grid-template-columns: minmax(0, 1fr) !important; }
  .stage { block-size: 14cm; break-inside: avoid; }
  .stage, .basket { border-color: #000; }
  .dot { print-color-adjust: exact; }
  .basket { max-block-size: none; }
  .items { overflow: visible; }
}
`
