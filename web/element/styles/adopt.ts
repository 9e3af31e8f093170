import { colors } from './colors.ts'
import { controls } from './controls.ts'
import { layout } from './layout.ts'
import { lists } from './lists.ts'

const sheets = new WeakMap<Window, CSSStyleSheet>()

/** Gives a shadow root our styles: one sheet for all maps of a window, made by the object model, which the strictest policy allows. */
export function adoptStyles(root: ShadowRoot, view: Window & typeof globalThis): void {
  let sheet = sheets.get(view)
  if (sheet === undefined) {
    sheet = new view.CSSStyleSheet()
    sheet.replaceSync([colors, layout, controls, lists].join('\n'))
    sheets.set(view, sheet)
  }
  root.adoptedStyleSheets = [sheet]
}
