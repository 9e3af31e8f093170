import type { Desk } from '../desk.ts'
import { lowestPrice } from '../prices.ts'

/** An element that can be shown anew. */
export interface Fold {
  readonly element: HTMLElement
  readonly show: () => void
}

/** Something that unfolds, with how much is left of it; what is inside is there only while it is unfolded. */
export function makeFold(
  desk: Desk,
  {
    inside,
    objects,
    name,
    fill,
  }: {
    readonly inside: HTMLElement
    readonly objects: readonly number[]
    readonly name: () => string
    readonly fill: () => void
  },
): Fold {
  const { make } = desk
  const title = make('span', { class: 'name' })
  const left = make('span', { class: 'muted' })
  const price = make('span', { class: 'price' })
  const element = make('details', { class: 'fold' }, [make('summary', {}, [title, left, price])])
  const show = () => {
    title.textContent = name()
    const free = desk.hall()?.leftAmong(objects) ?? 0
    left.textContent =
      free === 0 ? desk.words().say('soldOut') : desk.words().say('left', { n: free })
    price.textContent = pricesAmong(desk, objects)
    if (element.open) fill()
  }
  element.addEventListener('toggle', () => {
    if (element.open) {
      element.append(inside)
      fill()
    } else {
      inside.remove()
      inside.replaceChildren()
    }
  })
  return { element, show }
}

/** The lowest price of what is left among these. */
function pricesAmong(desk: Desk, objects: readonly number[]): string {
  const hall = desk.hall()
  if (hall === undefined || desk.settings().prices.length === 0) return ''
  const keys = new Set<string | undefined>()
  for (const index of objects) {
    if (hall.stateOf(index) === 'free') keys.add(hall.scene.objects[index]?.category)
  }
  const ranges = hall.scene.categories.flatMap((category) =>
    keys.has(category.key) ? (lowestPrice(desk.priceOf(category)) ?? []) : [],
  )
  if (ranges.length === 0) return ''
  const lowest = Math.min(...ranges.map((range) => range.lowest))
  const isOne = ranges.every((range) => range.isOne && range.lowest === lowest)
  const price = desk.money(lowest)
  return isOne ? price : desk.words().say('priceFrom', { price })
}
