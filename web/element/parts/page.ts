import type { Desk } from '../desk.ts'
import { showList } from '../make.ts'
import type { Fold } from './fold.ts'

/** How much of a long list is shown by now, and what was made of it. */
export interface Page<Item> {
  shown: number
  folds?: Map<string, { item: Item; fold: Fold }>
}

/** Shows the beginning of a list, with a button for more. */
export function showPage<Item extends { readonly key: string }>(
  desk: Desk,
  parent: HTMLElement,
  {
    items,
    page,
    make,
    again,
  }: {
    readonly items: readonly Item[]
    readonly page: Page<Item>
    readonly make: (item: Item) => Fold
    readonly again: () => void
  },
): void {
  // Folded up, it was emptied: what is made then is made anew.
  if (parent.childElementCount === 0) page.folds = new Map()
  const folds = (page.folds ??= new Map<string, { item: Item; fold: Fold }>())
  const first = items.slice(0, page.shown)
  showList<Item | undefined>(parent, items.length > first.length ? [...first, undefined] : first, {
    keyOf: (item) => item?.key ?? '',
    make: (item) => {
      if (item === undefined) return makeMore(desk, page, again)
      const fold = make(item)
      folds.set(item.key, { item, fold })
      return fold.element
    },
    show: (element, item) => {
      if (item === undefined) element.textContent = desk.words().say('showMore')
      else folds.get(item.key)?.fold.show()
    },
  })
}

function makeMore(desk: Desk, page: { shown: number }, again: () => void): HTMLElement {
  const button = desk.make('button', { type: 'button', class: 'quiet' })
  const step = page.shown
  button.addEventListener('click', () => {
    page.shown += step
    again()
  })
  return button
}
