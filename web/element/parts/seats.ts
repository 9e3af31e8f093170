import type { SceneObject } from '../../scene/scene.ts'
import { called, stateWord, traitsOf } from '../describe.ts'
import type { Desk } from '../desk.ts'
import type { Row } from '../groups.ts'
import { showList } from '../make.ts'
import type { Fold } from './fold.ts'
import { priceText } from './legend.ts'

/** What people call a row or table. */
export function rowName(desk: Desk, { parent, objects }: Row): string {
  const words = desk.words()
  if (parent !== undefined) return called(words, parent.type, parent.label)
  const object = desk.hall()?.scene.objects[objects[0] ?? -1]
  return object ? called(words, object.kind, object.own) : ''
}

/** What is shown of seats in a list. */
export interface SeatsOptions {
  readonly onPick: (index: number) => void
  /** Their names where nothing around them says the rest; their own unless given. */
  readonly nameOf?: (object: SceneObject) => string
}

/** A button for each of these that can be bought; what is taken while it is shown stays, so that nobody loses their place. */
export function makeSeats(
  desk: Desk,
  objects: readonly number[],
  { onPick, nameOf }: SeatsOptions,
): Fold {
  const { make } = desk
  const element = make('ul', { class: 'seats' })
  const show = () => {
    const hall = desk.hall()
    if (hall === undefined) return
    const known = new Set([...element.children].map((line) => (line as HTMLElement).dataset['key']))
    const shown = objects.filter(
      (index) => known.has(String(index)) || ['free', 'mine', 'busy'].includes(hall.stateOf(index)),
    )
    showList(element, shown, {
      keyOf: String,
      make: (index) => {
        const button = make('button', { type: 'button', class: 'seat' }, [
          make('span', { class: 'dot' }),
          make('span', { class: 'name' }),
          make('span', { class: 'muted' }),
          make('span', { class: 'price' }),
        ])
        button.addEventListener('click', () => {
          onPick(index)
        })
        return make('li', {}, [button])
      },
      show: (line, index) => {
        const button = line.firstElementChild as HTMLElement | null
        if (button) showSeat(desk, button, { index, nameOf })
      },
    })
  }
  return { element, show }
}

function showSeat(
  desk: Desk,
  button: HTMLElement,
  { index, nameOf }: { readonly index: number; readonly nameOf: SeatsOptions['nameOf'] },
): void {
  const hall = desk.hall()
  const object = hall?.scene.objects[index]
  if (hall === undefined || object === undefined) return
  const words = desk.words()
  const state = hall.stateOf(index)
  const category = hall.categoryOf(object)
  const [dot, name, facts, price] = [...button.children] as HTMLElement[]
  dot?.style.setProperty('background-color', category?.color ?? 'transparent')
  const places = object.isByPlaces
    ? [words.say('left', { n: hall.leftOf(index) })]
    : object.kind === 'table'
      ? [words.say('places', { n: object.places })]
      : []
  const details = [
    category?.label ?? '',
    ...places,
    ...traitsOf(words, object),
    state === 'free' ? '' : stateWord(words, state),
  ]
  if (name) name.textContent = nameOf?.(object) ?? called(words, object.kind, object.own)
  if (facts) facts.textContent = details.filter((detail) => detail !== '').join(' · ')
  if (price) price.textContent = priceText(desk, category)
  button.setAttribute('aria-pressed', String(state === 'mine'))
  // It keeps the focus, which a button that is really disabled would lose.
  const mayPick = desk.settings().mode !== 'static' && (state === 'free' || state === 'mine')
  button.setAttribute('aria-disabled', String(!mayPick))
  button.dataset['state'] = state
}
