import type { Hit, PictureHandlers } from '../picture/picture.ts'
import type { BestWish } from '../sale/sale.ts'
import type { Outcome } from './choice.ts'
import type { Desk } from './desk.ts'
import type { Known } from './known.ts'
import { pick, type Ask } from './pick.ts'
import type { Acts, Shell } from './shell.ts'
import { basketFor, linesFor, sayNames, type Tell } from './tell-sale.ts'

/** What the parts of a map do when they are used. */
export function actsFor(
  desk: Desk,
  {
    tell,
    ask,
    repaint,
    onPatterns,
  }: {
    readonly tell: Tell
    readonly ask: Ask
    readonly repaint: () => void
    readonly onPatterns: (areOn: boolean) => void
  },
): Acts {
  return {
    onPick: (index) => {
      const hall = desk.hall()
      const object = hall?.scene.objects[index]
      if (!hall || !object || !tell('holdfast-pick', { object: hall.forPage(object) })) return
      void pick(desk, index, ask)
    },
    onWanted: repaint,
    onPatterns,
    onRemove: (item) => void desk.choice.drop([item]),
    onClear: () => void desk.choice.drop(desk.choice.items()),
    onDone: () => void finish(desk, tell),
    onFind: (wish) => find(desk, wish),
    onRetry: () => {
      desk.sale.reload()
    },
    onMap: () => {
      desk.picture.resize()
    },
  }
}

/** Holds the best seats that are left, and shows where they are. */
async function find(desk: Desk, wish: BestWish): Promise<Outcome> {
  const outcome = await desk.choice.best(wish)
  const [first] = outcome.held
  const index = first && desk.hall()?.object(first.label)?.index
  if (index !== undefined) desk.picture.zoomTo({ to: 'object', index })
  return outcome
}

/** Holds what is not held yet, and tells the page that the person is done. */
async function finish(desk: Desk, tell: Tell): Promise<void> {
  const { refused } = await desk.choice.checkout()
  if (refused.length === 0 && desk.choice.items().length > 0) {
    tell('holdfast-checkout', basketFor(desk))
  }
}

/** What happens over the picture. */
export function handlersFor(
  desk: Desk,
  {
    known,
    shell,
    onPick,
  }: { readonly known: Known; readonly shell: Shell; readonly onPick: (index: number) => void },
): PictureHandlers {
  return {
    onPick: (pointed, at) => {
      const hit = soldAs(desk, pointed)
      if (hit?.kind === 'section') desk.picture.zoomTo({ to: 'section', index: hit.index })
      if (hit?.kind !== 'object') {
        shell.stage.hover(undefined, at)
        return
      }
      // Fingers do not hover: what they touch is told where they touched it.
      shell.stage.hover(hit, at)
      onPick(hit.index)
    },
    onHover: (pointed, at) => {
      shell.stage.hover(soldAs(desk, pointed), at)
    },
    onView: ({ floor }) => {
      shell.stage.moved()
      if (known.floor === floor) return
      known.floor = floor
      shell.stage.showFloor(floor)
      desk.refresh()
    },
  }
}

function soldAs(desk: Desk, hit: Hit | undefined): Hit | undefined {
  const hall = desk.hall()
  if (hit?.kind !== 'object' || hall === undefined) return hit
  return { kind: 'object', index: hall.soldAs(hit.index) }
}

/** Tells the page and the person what was chosen or given up. */
export function tellChosen(
  desk: Desk,
  tell: Tell,
  {
    name,
    objects,
  }: {
    readonly name: 'holdfast-selected' | 'holdfast-deselected'
    readonly objects: Parameters<typeof sayNames>[2]
  },
): void {
  const isChosen = name === 'holdfast-selected'
  tell(name, { objects: linesFor(desk, objects, false) })
  sayNames(desk, isChosen ? 'saidChosen' : 'saidRemoved', objects)
  tell('holdfast-basket', basketFor(desk))
}
