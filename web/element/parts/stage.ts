import type { Hit } from '../../picture/picture.ts'
import type { Desk } from '../desk.ts'
import { endOfRow, firstObject, nextObject, type Direction } from '../neighbours.ts'
import { makeIcon } from './icon.ts'
import { linesOf, makeTooltip, type Place } from './tooltip.ts'

/** The picture with all that lies over it. */
export interface Stage {
  readonly element: HTMLElement
  /** What is under the pointer. */
  readonly hover: (hit: Hit | undefined, place: Place) => void
  /** The picture has moved under what was told of it. */
  readonly moved: () => void
  /** Another floor is shown: what had the focus is not there. */
  readonly showFloor: (index: number) => void
}

/** By how much one press zooms. */
const ZOOM = 1.5
const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

/**
 * Frames the picture for the keyboard and for screen readers. To them it is a list box whose options are seats: one of two hidden
 * options says what has the focus, and they take turns, so that each move is read.
 */
export function makeStage(
  desk: Desk,
  { canvas, onPick }: { readonly canvas: HTMLElement; readonly onPick: (index: number) => void },
): Stage {
  const { make } = desk
  const options = ['seat-a', 'seat-b'].map((id) =>
    make('div', { role: 'option', id, 'aria-selected': 'false' }),
  )
  const keys = make('p', { id: 'keys', class: 'unseen' })
  canvas.setAttribute('aria-hidden', 'true')
  const box = make(
    'div',
    {
      class: 'picture',
      role: 'listbox',
      tabindex: '0',
      'aria-multiselectable': 'true',
      'aria-describedby': 'keys',
    },
    [canvas, make('div', { class: 'unseen', role: 'presentation' }, options)],
  )
  const tooltip = makeTooltip(desk)
  const element = make('div', { class: 'stage', part: 'map' }, [
    box,
    keys,
    tooltip.element,
    makeZoom(desk),
  ])
  const focus = makeFocus(desk, { box, options, tooltip })
  box.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (press(desk, event.key, { focus, onPick })) event.preventDefault()
  })
  box.addEventListener('blur', () => {
    focus.leave()
  })
  desk.keep(() => {
    const { say } = desk.words()
    const { name = '' } = desk.hall()?.scene ?? {}
    keys.textContent = say('keys')
    box.setAttribute('aria-label', name === '' ? say('map') : say('mapOf', { name }))
    focus.show()
  })
  return {
    element,
    hover: (hit, place) => {
      tooltip.show(hit, place)
    },
    moved: tooltip.leave,
    showFloor: focus.showFloor,
  }
}

interface Focus {
  readonly at: () => number | undefined
  readonly floor: () => number
  readonly move: (index: number | undefined) => void
  readonly leave: () => void
  readonly show: () => void
  readonly showFloor: (index: number) => void
}

function makeFocus(
  desk: Desk,
  {
    box,
    options,
    tooltip,
  }: {
    readonly box: HTMLElement
    readonly options: readonly HTMLElement[]
    readonly tooltip: { readonly show: (hit: Hit | undefined, place: Place) => void }
  },
): Focus {
  let at: number | undefined
  let floor = 0
  let turn = 0
  const show = () => {
    const option = options[turn]
    if (option === undefined) return
    const hall = desk.hall()
    const lines = at === undefined ? [] : linesOf(desk, { kind: 'object', index: at })
    for (const other of options) other.hidden = other !== option
    option.textContent = lines.length > 0 ? lines.join(', ') : desk.words().say('map')
    const isMine = at !== undefined && hall?.stateOf(at) === 'mine'
    option.setAttribute('aria-selected', String(isMine))
    box.setAttribute('aria-activedescendant', option.id)
  }
  const move = (index: number | undefined) => {
    at = index
    turn = 1 - turn
    desk.picture.focus(index)
    if (index === undefined) tooltip.show(undefined, 'edge')
    else {
      desk.picture.zoomTo({ to: 'object', index })
      tooltip.show({ kind: 'object', index }, 'edge')
    }
    show()
  }
  return {
    at: () => at,
    floor: () => floor,
    move,
    show,
    leave: () => {
      desk.picture.focus(undefined)
      tooltip.show(undefined, 'edge')
    },
    showFloor: (index) => {
      if (index !== floor) at = undefined
      floor = index
    },
  }
}

/** What a key does; false where it is none of ours. */
function press(
  desk: Desk,
  key: string,
  { focus, onPick }: { readonly focus: Focus; readonly onPick: (index: number) => void },
): boolean {
  const { picture } = desk
  if (key === '+' || key === '=') picture.zoomBy(ZOOM)
  else if (key === '-') picture.zoomBy(1 / ZOOM)
  else if (key === '0' || key === 'Escape') {
    focus.move(undefined)
    picture.zoomTo({ to: 'all' })
  } else if (key === 'Enter' || key === ' ') {
    const at = focus.at()
    if (at !== undefined) onPick(at)
  } else return go(desk, key, focus)
  return true
}

function go(desk: Desk, key: string, focus: Focus): boolean {
  const scene = desk.hall()?.scene
  const direction = directions[key]
  const isEnd = key === 'Home' || key === 'End'
  if (scene === undefined || (direction === undefined && !isEnd)) return false
  const mayVisit = (index: number) =>
    ['free', 'mine', 'busy'].includes(desk.hall()?.stateOf(index) ?? '')
  const at = focus.at()
  const next =
    at === undefined
      ? firstObject(scene, focus.floor(), mayVisit)
      : direction === undefined
        ? endOfRow(scene, at, { end: key === 'Home' ? 'left' : 'right', mayVisit })
        : nextObject(scene, at, { direction, mayVisit })
  if (next !== undefined) focus.move(next)
  return true
}

function makeZoom(desk: Desk): HTMLElement {
  const { make, document } = desk
  const closer = make('button', { type: 'button' }, [makeIcon(document, 'plus')])
  const farther = make('button', { type: 'button' }, [makeIcon(document, 'minus')])
  const all = make('button', { type: 'button' }, [makeIcon(document, 'whole')])
  closer.addEventListener('click', () => {
    desk.picture.zoomBy(ZOOM)
  })
  farther.addEventListener('click', () => {
    desk.picture.zoomBy(1 / ZOOM)
  })
  all.addEventListener('click', () => {
    desk.picture.zoomTo({ to: 'all' })
  })
  desk.keep(() => {
    const { say } = desk.words()
    closer.setAttribute('aria-label', say('zoomIn'))
    farther.setAttribute('aria-label', say('zoomOut'))
    all.setAttribute('aria-label', say('zoomAll'))
  })
  return make('div', { class: 'zoom' }, [closer, farther, all])
}
