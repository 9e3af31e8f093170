import type { Desk } from '../desk.ts'
import { makeIcon } from './icon.ts'

/** A number that is raised and lowered by buttons or typed; it tells its form by `change`. */
export function makeStepper(
  desk: Pick<Desk, 'document' | 'make' | 'words'>,
  options: {
    readonly name: string
    readonly note: string
    readonly value: number
    readonly min: number
    readonly max: () => number
  },
): { readonly element: HTMLElement; readonly value: () => number } {
  const { make } = desk
  const { say } = desk.words()
  const { name, note, min, max } = options
  const input = make('input', {
    type: 'number',
    inputmode: 'numeric',
    'aria-label': name,
    min: String(min),
    max: String(max()),
    step: '1',
  })
  input.value = String(options.value)
  const value = () => within(input.valueAsNumber, min, max())
  const fewer = make('button', { type: 'button', 'aria-label': say('fewer', { name }) }, [
    makeIcon(desk.document, 'minus'),
  ])
  const more = make('button', { type: 'button', 'aria-label': say('more', { name }) }, [
    makeIcon(desk.document, 'plus'),
  ])
  const show = () => {
    fewer.disabled = value() <= min
    more.disabled = value() >= max()
  }
  const step = (by: number) => {
    input.value = String(within(value() + by, min, max()))
    show()
    input.dispatchEvent(new (constructorOf(input))('change', { bubbles: true }))
  }
  fewer.addEventListener('click', () => {
    step(-1)
  })
  more.addEventListener('click', () => {
    step(1)
  })
  input.addEventListener('change', () => {
    input.value = String(value())
    show()
  })
  show()
  const element = make('div', { class: 'stepper' }, [
    make('span', { class: 'name' }, [name, make('span', { class: 'muted' }, [note])]),
    make('span', { class: 'steps' }, [fewer, input, more]),
  ])
  return { element, value }
}

function within(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(max, Number.isFinite(value) ? Math.round(value) : min))
}

/** The constructor of the element's own window, which need not be the one that this module runs in. */
function constructorOf(element: Element): typeof Event {
  return element.ownerDocument.defaultView?.Event ?? Event
}
