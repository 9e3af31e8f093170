import { defined } from '../../../lib/defined.ts'
import type { BestWish } from '../../sale/sale.ts'
import type { Outcome } from '../choice.ts'
import type { Desk } from '../desk.ts'
import { showList } from '../make.ts'
import { makeIcon } from './icon.ts'
import { makeStepper } from './stepper.ts'

/** Seats that one request may ask for, where the page sets no limit. */
const MOST = 20

/** The best seats that are left, for people who do not want to look for them. */
export function makeBest(desk: Desk, onFind: (wish: BestWish) => Promise<Outcome>): HTMLElement {
  const { make } = desk
  const title = make('span')
  const category = make('select', { id: 'best-category' })
  const label = make('label', { for: 'best-category' })
  const find = make('button', { type: 'submit', class: 'primary' })
  const number = make('div')
  let count = () => 1
  const form = make('form', { class: 'best-form' }, [
    number,
    make('div', { class: 'field' }, [label, category]),
    find,
  ])
  const element = make('details', { class: 'best' }, [
    make('summary', {}, [makeIcon(desk.document, 'star'), title]),
    form,
  ])
  foldWhenLeft(element)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const categories = category.value === '' ? undefined : [category.value]
    find.disabled = true
    const wish: BestWish = { number: count(), ...defined({ categories }) }
    void onFind(wish).then(({ held }) => {
      find.disabled = false
      if (held.length > 0) fold(element)
    })
  })
  let language = ''
  desk.keep(() => {
    const { say } = desk.words()
    element.hidden = desk.settings().mode === 'static' || desk.hall() === undefined
    title.textContent = say('best')
    label.textContent = say('bestCategory')
    find.textContent = say('find')
    if (language !== desk.words().language) {
      language = desk.words().language
      const max = () => Math.min(MOST, desk.settings().maxSeats)
      const stepper = makeStepper(desk, {
        name: say('bestNumber'),
        note: '',
        value: Math.min(2, max()),
        min: 1,
        max,
      })
      count = stepper.value
      number.replaceChildren(stepper.element)
    }
    showChoices(desk, category)
  })
  return element
}

function showChoices(desk: Desk, category: HTMLElement): void {
  const all = desk.hall()?.scene.categories ?? []
  showList(category, [{ key: '', label: desk.words().say('anyCategory') }, ...all], {
    keyOf: ({ key }) => key,
    make: ({ key }) => desk.make('option', { value: key }),
    show: (option, { label }) => {
      option.textContent = label
    },
  })
}

/** It lies over the map: what gets the focus next must not be below it. */
function foldWhenLeft(element: HTMLDetailsElement): void {
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') fold(element)
  })
  element.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget !== null && !element.contains(relatedTarget as Node)) element.open = false
  })
}

/** Away from the map, with the focus where it came from. */
function fold(element: HTMLDetailsElement): void {
  if (!element.open) return
  element.open = false
  element.querySelector('summary')?.focus()
}
