import type { Desk } from '../desk.ts'
import { isFound } from '../groups.ts'
import { makeSeats } from './seats.ts'

/** What is shown of what was found. */
const FOUND_MAX = 50
/** Somebody who types is not answered at every letter. */
const PAUSE_MS = 200

/** Finds what can be bought by its name. */
export function makeSearch(
  desk: Desk,
  onPick: (index: number) => void,
): {
  readonly element: HTMLElement
  readonly isSearching: () => boolean
  readonly show: () => void
} {
  const { make } = desk
  const input = make('input', { type: 'search', id: 'search', autocomplete: 'off' })
  const label = make('label', { for: 'search' })
  const told = make('p', { class: 'muted', role: 'status' })
  const results = make('div')
  const element = make('div', { class: 'search', role: 'search' }, [label, input, told, results])
  let wanted = ''
  let found: { for: string; show: () => void } | undefined
  let callOff: () => void = () => undefined
  const find = () => {
    const indexes = findObjects(desk, wanted)
    const { say } = desk.words()
    told.textContent = indexes.length === 0 ? say('notFound') : say('found', { n: indexes.length })
    const seats = makeSeats(desk, indexes.slice(0, FOUND_MAX), { onPick, nameOf: desk.nameOf })
    results.replaceChildren(seats.element)
    found = { for: wanted, show: seats.show }
  }
  input.addEventListener('input', () => {
    callOff()
    callOff = desk.later(PAUSE_MS, () => {
      wanted = input.value.trim()
      desk.refresh()
    })
  })
  const show = () => {
    label.textContent = desk.words().say('search')
    input.placeholder = desk.words().say('searchHint')
    if (wanted === '') {
      found = undefined
      told.textContent = ''
      results.replaceChildren()
      return
    }
    if (found?.for !== wanted) find()
    found?.show()
  }
  return { element, isSearching: () => wanted !== '', show }
}

function findObjects(desk: Desk, wanted: string): number[] {
  const hall = desk.hall()
  if (hall === undefined) return []
  return hall.scene.objects.flatMap((object) => {
    if (hall.stateOf(object.index) !== 'free') return []
    const name = `${desk.nameOf(object)} ${object.label} ${object.label.replaceAll('-', ' ')}`
    return isFound(name, wanted) ? [object.index] : []
  })
}
