import type { Outcome } from './choice.ts'
import type { Ask } from './pick.ts'
import type { Desk } from './desk.ts'
import { makeBanner } from './parts/banner.ts'
import { isHidden, makeBasket } from './parts/basket.ts'
import { makeBest } from './parts/best.ts'
import { makeDialog } from './parts/dialog.ts'
import { makeLegend } from './parts/legend.ts'
import { makeList } from './parts/list.ts'
import { makeRemark } from './parts/remark.ts'
import { makeStage, type Stage } from './parts/stage.ts'
import { makeToolbar } from './parts/toolbar.ts'
import type { BestWish } from '../sale/sale.ts'
import type { Selected } from './public.ts'

/** What the parts of a map ask for. */
export interface Acts {
  readonly onPick: (index: number) => void
  readonly onWanted: () => void
  readonly onPatterns: (areOn: boolean) => void
  readonly onRemove: (item: Selected) => void
  readonly onClear: () => void
  readonly onDone: () => void
  readonly onFind: (wish: BestWish) => Promise<Outcome>
  readonly onRetry: () => void
  /** The picture is shown again after the list. */
  readonly onMap: () => void
}

/** Everything of a map that is seen, put together. */
export interface Shell {
  readonly element: HTMLElement
  /** The map or the list, and what is told over either. */
  readonly main: HTMLElement
  readonly stage: Stage
  readonly ask: Ask
}

/** Puts the parts of a map together around its picture. */
export function makeShell(
  desk: Desk,
  acts: Acts,
  { canvas, floor }: { readonly canvas: HTMLElement; readonly floor: () => number },
): Shell {
  const { make } = desk
  let view: 'map' | 'list' = 'map'
  const stage = makeStage(desk, { canvas, onPick: acts.onPick })
  const list = makeList(desk, acts.onPick)
  const dialog = makeDialog(desk)
  const best = makeBest(desk, acts.onFind)
  const toolbar = makeToolbar(desk, {
    ...{ view: () => view, floor, best },
    onView: (wanted) => {
      view = wanted
      list.hidden = view !== 'list'
      stage.element.hidden = view !== 'map'
      if (view === 'map') acts.onMap()
      desk.refresh()
    },
  })
  list.hidden = true
  const main = make('div', { class: 'main' }, [stage.element, makeRemark(desk), list])
  const body = make('div', { class: 'body' }, [main, makeBasket(desk, acts)])
  const element = make('div', { class: 'map' }, [
    makeBanner(desk, acts.onRetry),
    toolbar,
    makeLegend(desk, acts),
    body,
    dialog.element,
  ])
  desk.keep(() => {
    const { language, direction } = desk.words()
    element.lang = language
    element.dir = direction
    element.dataset['status'] = desk.status()
    body.classList.toggle('alone', isHidden(desk))
  })
  return { element, main, stage, ask: dialog.ask }
}
