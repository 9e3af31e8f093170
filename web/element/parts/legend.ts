import type { SceneCategory } from '../../scene/scene.ts'
import type { Desk } from '../desk.ts'
import { showList } from '../make.ts'
import { lowestPrice } from '../prices.ts'
import { makeIcon } from './icon.ts'

/** The categories with their prices, each a button that looks for it alone. */
export function makeLegend(
  desk: Desk,
  { onWanted, onPatterns }: { onWanted: () => void; onPatterns: (areOn: boolean) => void },
): HTMLElement {
  const { make } = desk
  const buttons = make('div', { class: 'categories' })
  const patterns = make('button', { type: 'button', class: 'chip', 'aria-pressed': 'false' }, [
    makeIcon(desk.document, 'pattern'),
    make('span'),
  ])
  patterns.addEventListener('click', () => {
    const areOn = patterns.getAttribute('aria-pressed') !== 'true'
    patterns.setAttribute('aria-pressed', String(areOn))
    onPatterns(areOn)
  })
  const element = make('div', { class: 'legend', part: 'legend', role: 'group' }, [
    buttons,
    patterns,
  ])
  const toggle = (key: string) => {
    if (!desk.wanted.delete(key)) desk.wanted.add(key)
    onWanted()
  }
  desk.keep(() => {
    const { say } = desk.words()
    const categories = desk.hall()?.scene.categories ?? []
    element.hidden = !desk.settings().showLegend || categories.length === 0
    element.setAttribute('aria-label', say('categories'))
    if (patterns.lastElementChild) patterns.lastElementChild.textContent = say('patterns')
    showList(buttons, categories, {
      keyOf: ({ key }) => key,
      make: ({ key }) => {
        const button = make('button', { type: 'button', class: 'chip' }, [
          make('span', { class: 'dot' }),
          make('span', { class: 'name' }),
          make('span', { class: 'price' }),
        ])
        button.addEventListener('click', () => {
          toggle(key)
        })
        return button
      },
      show: (button, category) => {
        showChip(desk, button, category)
      },
    })
  })
  return element
}

function showChip(desk: Desk, button: HTMLElement, category: SceneCategory): void {
  const [dot, name, price] = [...button.children] as HTMLElement[]
  // By the object model, which a strict policy allows, and never by an attribute.
  dot?.style.setProperty('background-color', category.color)
  if (name) name.textContent = category.label
  if (price) price.textContent = priceText(desk, category)
  button.setAttribute('aria-pressed', String(desk.wanted.has(category.key)))
}

/** What a category costs, or one object of it, in words; empty where nobody knows. */
export function priceText(desk: Desk, category: SceneCategory | undefined, label?: string): string {
  const range = lowestPrice(desk.priceOf(category, label))
  if (range === undefined) return ''
  const price = desk.money(range.lowest)
  return range.isOne ? price : desk.words().say('priceFrom', { price })
}
