import { defined } from '../../../lib/defined.ts'
import type { BestWish } from '../../sale/sale.ts'
import type { Desk } from '../desk.ts'
import { showList } from '../make.ts'
import { makeIcon } from './icon.ts'
import { makeStepper } from './stepper.ts'

/** Seats that one request may ask for, where the page sets no limit. */
const MOST = 20

/** The best seats that are left, for people who do not want to look for them. */
export function makeBest(desk: Desk, onFind: (wish: BestWish) => Promise<unknown>): HTMLElement {
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
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const categories = category.value === '' ? undefined : [category.value]
    find.disabled = true
    void onFind({ number: count(), ...defined({ categories }) }).finally(() => {
      find.disabled = false
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
    const all = desk.hall()?.scene.categories ?? []
    showList(category, [{ key: '', label: say('anyCategory') }, ...all], {
      keyOf: ({ key }) => key,
      make: ({ key }) => make('option', { value: key }),
      show: (option, { label: text }) => {
        option.textContent = text
      },
    })
  })
  return element
}
