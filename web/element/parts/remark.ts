import type { SceneNote } from '../../scene/scene.ts'
import type { Desk } from '../desk.ts'

/** Notes that say of a drawing that something of it is not where, or not as, it was meant. */
const isOtherwise: readonly SceneNote['code'][] = ['no-position', 'no-category', 'too-large']

/** One quiet line for people who wonder what a picture lacks: under the map, and above the list. */
export function makeRemark(desk: Desk): HTMLElement {
  const line = desk.make('p', { class: 'remark' })
  desk.keep(() => {
    const codes = (desk.hall()?.scene.notes ?? []).map(({ code }) => code)
    const word = codes.some((code) => isOtherwise.includes(code))
      ? 'drawnOtherwise'
      : codes.includes('image-left-out')
        ? 'imageLeftOut'
        : undefined
    line.hidden = word === undefined
    line.textContent = word === undefined ? '' : desk.words().say(word)
  })
  return line
}
