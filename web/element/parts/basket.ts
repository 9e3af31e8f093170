import { called } from '../describe.ts'
import type { Desk } from '../desk.ts'
import { showList } from '../make.ts'
import { totalOf } from '../prices.ts'
import type { Selected } from '../public.ts'
import { lineOf } from '../rules.ts'
import { makeCountdown } from './countdown.ts'
import { makeIcon } from './icon.ts'

/** What was chosen, what it costs and for how long it is held, with the one button that leads on. */
export function makeBasket(
  desk: Desk,
  acts: {
    readonly onRemove: (item: Selected) => void
    readonly onClear: () => void
    readonly onDone: () => void
  },
): HTMLElement {
  const { make } = desk
  const title = make('h2', { id: 'basket', tabindex: '-1' })
  const empty = make('p', { class: 'muted' })
  const items = make('ul', { class: 'items', 'aria-labelledby': 'basket' })
  const total = make('p', { class: 'total' }, [make('span'), make('strong')])
  const clear = make('button', { type: 'button', class: 'quiet' })
  const done = make('button', { type: 'button', class: 'primary', part: 'checkout' })
  clear.addEventListener('click', acts.onClear)
  done.addEventListener('click', acts.onDone)
  const element = make(
    'section',
    { class: 'basket', part: 'basket', 'aria-labelledby': 'basket' },
    [
      make('div', { class: 'head' }, [title, makeCountdown(desk)]),
      empty,
      items,
      total,
      make('div', { class: 'actions' }, [clear, done]),
    ],
  )
  desk.keep(() => {
    const { say } = desk.words()
    const selection = desk.selection()
    const areAllHeld = selection.every(({ isHeld }) => isHeld)
    element.hidden = isHidden(desk)
    title.textContent = say('basket')
    empty.textContent = say('basketEmpty')
    empty.hidden = selection.length > 0
    clear.textContent = say('removeAll')
    clear.hidden = selection.length < 2
    done.textContent = say(areAllHeld ? 'checkout' : 'hold')
    done.disabled = selection.length === 0 || desk.status() !== 'live'
    showTotal(desk, total, selection)
    showList(items, selection, {
      keyOf: (item) => `${lineOf(item)} ${item.isHeld}`,
      make: () => makeItem(desk, title, acts.onRemove),
      show: (line, item) => {
        showItem(desk, line, item)
      },
    })
  })
  return element
}

/** Where nothing can be chosen, and where the page shows a basket of its own. */
export function isHidden(desk: Desk): boolean {
  const { showBasket, mode } = desk.settings()
  return !showBasket || mode === 'static'
}

function showTotal(desk: Desk, total: HTMLElement, selection: readonly Selected[]): void {
  const sum = totalOf(selection)
  total.hidden = sum === undefined
  const [name, price] = [...total.children]
  if (name) name.textContent = desk.words().say('total')
  if (price) price.textContent = sum === undefined ? '' : desk.money(sum)
}

const shown = new WeakMap<HTMLElement, Selected>()

function makeItem(desk: Desk, title: HTMLElement, onRemove: (item: Selected) => void): HTMLElement {
  const { make } = desk
  const remove = make('button', { type: 'button', class: 'remove' }, [
    makeIcon(desk.document, 'remove'),
  ])
  const line = make('li', {}, [
    make('span', { class: 'dot' }),
    make('span', { class: 'name' }),
    make('span', { class: 'price' }),
    make('span', { class: 'muted' }),
    remove,
  ])
  remove.addEventListener('click', () => {
    const item = shown.get(line)
    if (item === undefined) return
    // The focus goes to what takes its place, and not back to the beginning of the page.
    const next = line.nextElementSibling ?? line.previousElementSibling
    const heir = next?.querySelector('button') ?? title
    heir.focus()
    onRemove(item)
  })
  return line
}

function showItem(desk: Desk, line: HTMLElement, item: Selected): void {
  shown.set(line, item)
  const { say } = desk.words()
  const object = desk.hall()?.object(item.label)
  const category = object && desk.hall()?.categoryOf(object)
  const type = desk
    .priceOf(category, item.label)
    .ticketTypes.find(({ id }) => id === item.ticketType)
  const name = object ? desk.nameOf(object) : item.label
  const [dot, nameAt, price, facts, remove] = [...line.children] as HTMLElement[]
  dot?.style.setProperty('background-color', category?.color ?? 'transparent')
  const counted = say(object?.kind === 'table' ? 'people' : 'places', { n: item.quantity })
  const details = [
    item.quantity > 1 || object?.isByPlaces === true ? counted : '',
    type === undefined ? '' : (type.label ?? type.id),
    item.categoryLabel ?? '',
    item.entrance === undefined ? '' : called(desk.words(), 'entrance', item.entrance),
    item.isHeld ? '' : say('notHeld'),
  ]
  if (nameAt) nameAt.textContent = name
  if (price)
    price.textContent = item.price === undefined ? '' : desk.money(item.price * item.quantity)
  if (facts) facts.textContent = details.filter((detail) => detail !== '').join(' · ')
  remove?.setAttribute('aria-label', say('remove', { name }))
}
