import { called } from '../describe.ts'
import type { Desk } from '../desk.ts'
import { groupsOf, type Group, type Row } from '../groups.ts'
import type { Scene } from '../../scene/scene.ts'
import { showPage, type Page } from './page.ts'
import { makeFold, type Fold } from './fold.ts'
import { makeSearch } from './search.ts'
import { makeSeats, rowName } from './seats.ts'

/**
 * All that can be bought, in words: sections that unfold to rows, and rows to seats. Only what is unfolded has elements, so that a
 * stadium has no more of them than a theatre.
 */
export function makeList(desk: Desk, onPick: (index: number) => void): HTMLElement {
  const { make } = desk
  let of: { scene: Scene; groups: readonly Group[]; rows: Page<Row | Group> } | undefined
  const all = make('div', { class: 'groups' })
  const search = makeSearch(desk, onPick)
  const element = make('div', { class: 'list', part: 'list', role: 'region' }, [
    search.element,
    all,
  ])
  const show = () => {
    element.setAttribute('aria-label', desk.words().say('viewList'))
    const hall = desk.hall()
    if (hall === undefined || element.hidden) return
    if (of?.scene !== hall.scene) {
      all.replaceChildren()
      of = { scene: hall.scene, groups: groupsOf(hall.scene), rows: { shown: PAGE } }
    }
    search.show()
    all.hidden = search.isSearching()
    if (all.hidden) return
    const [only, ...others] = of.groups
    const lines = only !== undefined && others.length === 0 ? only.rows : of.groups
    showPage<Row | Group>(desk, all, {
      items: lines.filter(({ objects }) => hasSome(desk, objects)),
      page: of.rows,
      make: (line) =>
        'rows' in line ? makeGroup(desk, line, onPick) : makeRow(desk, line, onPick),
      again: show,
    })
  }
  desk.keep(show)
  return element
}

/** Lines that are shown at once, and as many more each time. */
const PAGE = 100

/** Something to buy, or something that was chosen and may be given back here. */
function hasSome(desk: Desk, objects: readonly number[]): boolean {
  const hall = desk.hall()
  return objects.some((index) => ['free', 'mine', 'busy'].includes(hall?.stateOf(index) ?? ''))
}

function makeGroup(desk: Desk, group: Group, onPick: (index: number) => void): Fold {
  const rows: Page<Row> = { shown: PAGE }
  const inside = desk.make('div', { class: 'rows' })
  const fold = makeFold(desk, {
    inside,
    objects: group.objects,
    name: () => {
      const section = desk.hall()?.scene.sections[group.section ?? -1]
      const words = desk.words()
      return section ? called(words, 'section', section.display) : words.say('elsewhere')
    },
    fill: () => {
      showPage(desk, inside, {
        items: group.rows.filter(({ objects }) => hasSome(desk, objects)),
        page: rows,
        make: (row) => makeRow(desk, row, onPick),
        again: () => {
          fold.show()
        },
      })
    },
  })
  return fold
}

function makeRow(desk: Desk, row: Row, onPick: (index: number) => void): Fold {
  const seats = makeSeats(desk, row.objects, { onPick })
  if (row.parent === undefined) return seats
  return makeFold(desk, {
    inside: seats.element,
    objects: row.objects,
    name: () => rowName(desk, row),
    fill: seats.show,
  })
}
