import type { Desk } from '../desk.ts'
import { showList } from '../make.ts'
import { makeIcon } from './icon.ts'

/** Map or list, and which floor. */
export function makeToolbar(
  desk: Desk,
  {
    view,
    floor,
    onView,
    best,
  }: {
    readonly view: () => 'map' | 'list'
    readonly floor: () => number
    readonly onView: (view: 'map' | 'list') => void
    readonly best: HTMLElement
  },
): HTMLElement {
  const { make, document } = desk
  const views = (['map', 'list'] as const).map((name) => {
    const button = make('button', { type: 'button' }, [makeIcon(document, name), make('span')])
    button.addEventListener('click', () => {
      onView(name)
    })
    return { name, button }
  })
  const viewSwitch = make(
    'div',
    { class: 'switch', role: 'group' },
    views.map(({ button }) => button),
  )
  const floors = make('div', { class: 'switch', role: 'group' })
  desk.keep(() => {
    const { say } = desk.words()
    viewSwitch.hidden = !desk.settings().showList
    viewSwitch.setAttribute('aria-label', say('view'))
    for (const { name, button } of views) {
      button.setAttribute('aria-pressed', String(view() === name))
      if (button.lastElementChild)
        button.lastElementChild.textContent = say(name === 'map' ? 'viewMap' : 'viewList')
    }
    const all = desk.hall()?.scene.floors ?? []
    floors.hidden = all.length < 2 || view() === 'list'
    floors.setAttribute('aria-label', say('floors'))
    showList(floors, all.length < 2 ? [] : all, {
      keyOf: ({ index }) => String(index),
      make: ({ index }) => {
        const button = make('button', { type: 'button' })
        button.addEventListener('click', () => {
          desk.picture.showFloor(index)
        })
        return button
      },
      show: (button, { index, display }) => {
        button.textContent = display
        button.setAttribute('aria-pressed', String(floor() === index))
      },
    })
  })
  return make('div', { class: 'toolbar', part: 'toolbar' }, [viewSwitch, floors, best])
}
