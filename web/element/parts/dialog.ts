import { defined } from '../../../lib/defined.ts'
import type { Held } from '../../sale/sale.ts'
import type { SceneObject } from '../../scene/scene.ts'
import type { Desk } from '../desk.ts'
import { priceOfTicket } from '../prices.ts'
import type { TicketType } from '../public.ts'
import type { Range } from '../rules.ts'
import { makeStepper } from './stepper.ts'

/** What has to be known before an object can be taken. */
export interface Question {
  readonly object: SceneObject
  readonly ticketTypes: readonly TicketType[]
  readonly range: Range | undefined
  /** What is held of it by now. */
  readonly present: readonly Held[]
}

/** The dialog in which types of tickets and numbers are asked for, one question at a time. */
export function makeDialog(desk: Desk): {
  readonly element: HTMLDialogElement
  readonly ask: (question: Question) => Promise<readonly Held[] | undefined>
} {
  const element = desk.make('dialog', {
    class: 'dialog',
    part: 'dialog',
    'aria-labelledby': 'asked',
  })
  const ask = (question: Question) =>
    new Promise<readonly Held[] | undefined>((resolve) => {
      let answer: readonly Held[] | undefined
      const close = (lines?: readonly Held[]) => {
        answer = lines
        element.close()
      }
      element.replaceChildren(...contentsOf(desk, question, close))
      element.addEventListener(
        'close',
        () => {
          element.replaceChildren()
          resolve(answer)
        },
        { once: true },
      )
      desk.signal.addEventListener('abort', () => {
        resolve(undefined)
      })
      element.showModal()
    })
  // A click beside it closes it, as people expect.
  element.addEventListener('click', (event) => {
    if (event.target === element) element.close()
  })
  return { element, ask }
}

type Close = (lines?: readonly Held[]) => void

function contentsOf(desk: Desk, question: Question, close: Close): HTMLElement[] {
  const { make } = desk
  const { say } = desk.words()
  const { object, range } = question
  const title = object.isByPlaces ? 'chooseQuantity' : range ? 'choosePeople' : 'chooseTicket'
  const cancel = make('button', { type: 'button', class: 'quiet' }, [say('cancel')])
  cancel.addEventListener('click', () => {
    close()
  })
  return [
    make('h2', { id: 'asked' }, [say(title)]),
    make('p', { class: 'muted' }, [desk.nameOf(object)]),
    ...(range === undefined
      ? [ticketButtons(desk, question, close), make('div', { class: 'actions' }, [cancel])]
      : numberForm(desk, question, { close, cancel })),
  ]
}

/** One click takes the seat with that ticket. */
function ticketButtons(desk: Desk, { object, ticketTypes }: Question, close: Close): HTMLElement {
  const { make } = desk
  const buttons = ticketTypes.map((type) => {
    const button = make('button', { type: 'button', class: 'ticket' }, [
      make('span', {}, [type.label ?? type.id]),
      make('span', { class: 'price' }, [desk.money(type.price)]),
    ])
    button.addEventListener('click', () => {
      close([{ label: object.label, quantity: 1, ticketType: type.id }])
    })
    return button
  })
  return make('div', { class: 'tickets' }, buttons)
}

function numberForm(
  desk: Desk,
  question: Question,
  { close, cancel }: { close: Close; cancel: HTMLElement },
): HTMLElement[] {
  const { make } = desk
  const { object, range = { min: 1, max: 1 }, present } = question
  const types: readonly (TicketType | undefined)[] =
    object.isByPlaces && question.ticketTypes.length > 0 ? question.ticketTypes : [undefined]
  const price = desk.priceOf(desk.hall()?.categoryOf(object), object.label)
  const steppers = types.map((type, place) => {
    const one = type?.price ?? priceOfTicket(price)
    const mine = present.filter(({ ticketType }) => ticketType === type?.id)
    const held = mine.reduce((sum, { quantity }) => sum + quantity, 0)
    const first = held || (present.length === 0 && place === 0 ? range.min : 0)
    return makeStepper(desk, {
      name:
        type?.label ??
        type?.id ??
        desk.words().say(object.isByPlaces ? 'bestNumber' : 'choosePeople'),
      note: one === undefined ? '' : desk.money(one),
      value: Math.min(first, range.max),
      min: types.length > 1 || present.length > 0 ? 0 : range.min,
      max: () => range.max,
    })
  })
  const total = () => steppers.reduce((sum, { value }) => sum + value(), 0)
  const most = make('p', { class: 'muted', role: 'status' })
  const take = make('button', { type: 'submit', class: 'primary' }, [desk.words().say('take')])
  const check = () => {
    const isTooMany = total() > range.max
    most.textContent = isTooMany ? desk.words().say('saidMost', { n: range.max }) : ''
    take.disabled = isTooMany || (present.length === 0 && total() < range.min)
  }
  const form = make('form', { method: 'dialog', class: 'numbers' }, [
    ...steppers.map(({ element }) => element),
    most,
    make('div', { class: 'actions' }, [cancel, take]),
  ])
  form.addEventListener('change', check)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    close(
      types.flatMap((type, place) => {
        const quantity = steppers[place]?.value() ?? 0
        const ticketType = type?.id ?? question.ticketTypes[0]?.id
        return quantity > 0 ? [{ label: object.label, quantity, ...defined({ ticketType }) }] : []
      }),
    )
  })
  check()
  return [form]
}
