import type { Hit } from '../../picture/picture.ts'
import { called, stateWord, traitsOf } from '../describe.ts'
import type { Desk } from '../desk.ts'
import { priceText } from './legend.ts'

/** Where it is shown: beside the pointer, or at the edge while the keyboard is used. */
export type Place = { readonly x: number; readonly y: number } | 'edge'

/** What is under the pointer, or under the focus of the keyboard. */
export function makeTooltip(desk: Desk): {
  readonly element: HTMLElement
  readonly show: (hit: Hit | undefined, place: Place) => void
  /** What it is beside has moved away. */
  readonly leave: () => void
} {
  const { make } = desk
  // Screen readers hear the same from the option that has the focus.
  const element = make('div', { class: 'tooltip', part: 'tooltip', 'aria-hidden': 'true' })
  element.hidden = true
  let shown: Hit | undefined
  const show = (hit: Hit | undefined, place: Place) => {
    const isSame = shown?.kind === hit?.kind && shown?.index === hit?.index
    shown = hit
    if (!isSame) {
      const lines = hit === undefined ? [] : linesOf(desk, hit)
      element.hidden = lines.length === 0
      fill(desk, element, lines)
    }
    element.classList.toggle('docked', place === 'edge')
    if (place !== 'edge') move(element, place)
  }
  desk.keep(() => {
    if (shown !== undefined) fill(desk, element, linesOf(desk, shown))
  })
  const leave = () => {
    if (!element.classList.contains('docked')) show(undefined, { x: 0, y: 0 })
  }
  return { element, show, leave }
}

function fill(desk: Desk, element: HTMLElement, lines: readonly string[]): void {
  element.replaceChildren(
    ...lines.map((line, place) => desk.make(place === 0 ? 'strong' : 'span', {}, [line])),
  )
}

/** What there is to know, the most important first. */
export function linesOf(desk: Desk, hit: Hit): string[] {
  const hall = desk.hall()
  const words = desk.words()
  if (hall === undefined) return []
  if (hit.kind === 'section') {
    const section = hall.scene.sections[hit.index]
    if (section === undefined) return []
    const { note } = hall.section(hit.index)
    return [called(words, 'section', section.display), note]
  }
  const object = hall.scene.objects[hit.index]
  const state = hall.stateOf(hit.index)
  if (object === undefined || state === 'hidden' || state === 'unsold') return []
  const category = hall.categoryOf(object)
  const price = priceText(desk, category, object.label)
  const left = object.isByPlaces && state === 'free' ? hall.leftOf(hit.index) : undefined
  return [
    desk.nameOf(object),
    [category?.label ?? '', price].filter((part) => part !== '').join(' · '),
    left === undefined ? stateWord(words, state) : words.say('left', { n: left }),
    ...traitsOf(words, object),
    object.entrance === undefined ? '' : called(words, 'entrance', object.entrance),
    hall.infoOf(object),
  ].filter((line) => line !== '')
}

/** Distance from the pointer, so that it covers not what it tells of. */
const GAP = 14

function move(element: HTMLElement, { x, y }: { readonly x: number; readonly y: number }): void {
  const room = element.parentElement
  const width = room?.clientWidth ?? 0
  const isRight = x + GAP + element.offsetWidth > width
  const left = isRight ? Math.max(0, x - GAP - element.offsetWidth) : x + GAP
  const top = y - GAP - element.offsetHeight
  element.style.setProperty('left', `${Math.round(left)}px`)
  element.style.setProperty('top', `${Math.round(top < 0 ? y + GAP : top)}px`)
}
