import type { BookableObject, TicketTypeJson } from '@seatsio/seatsio-types'
import type { Selected } from '../element/public.ts'
import { call, ticketTypeOf } from './callbacks.ts'
import { objectOf, seatsOf, type Core } from './core.ts'
import { bookableOf } from './objects.ts'
import { violationsOf } from './validators.ts'

/** Tells the page what was selected and given up since it was told last, place by place, and whether the selection is valid. */
export function tellSelection(core: Core, selection: readonly Selected[]): void {
  const former = core.selection
  core.selection = selection
  const given = differences(former, selection)
  const taken = differences(selection, former)
  for (const line of given) tellPlaces(core, 'onObjectDeselected', line)
  for (const line of taken) tellPlaces(core, 'onObjectSelected', line)
  if (given.length + taken.length > 0) tellValidity(core)
}

/** Objects of a hold or a release and their ticket types, as callbacks get them. */
export function asTold(
  core: Core,
  lines: readonly Pick<Selected, 'label' | 'ticketType'>[],
): [objects: BookableObject[], ticketTypes: TicketTypeJson[]] {
  const known = lines.flatMap((line) => {
    const object = objectOf(core, line.label)
    return object ? [{ object: bookableOf(core, object), type: ticketTypeOf(core, line) }] : []
  })
  return [known.map(({ object }) => object), known.flatMap(({ type }) => type ?? [])]
}

/** Tells the page whether what is selected keeps to its validators. */
export function tellValidity(core: Core): void {
  const { selectionValidators = [] } = core.config()
  const seats = seatsOf(core)
  if (selectionValidators.length === 0 || seats === undefined) return
  const places = core.selection.reduce((sum, { quantity }) => sum + quantity, 0)
  const violations = violationsOf(selectionValidators, { ...seats, places })
  if (violations.length === 0) call(core, 'onSelectionValid')
  else call(core, 'onSelectionInvalid', violations)
}

function tellPlaces(
  core: Core,
  name: 'onObjectSelected' | 'onObjectDeselected',
  line: Selected,
): void {
  const object = objectOf(core, line.label)
  if (object === undefined) return
  const places = object.isByPlaces ? line.quantity : 1
  for (let place = 0; place < places; place += 1) {
    // Without ticket types there is none to tell, which the vendor's types do not say.
    const type = ticketTypeOf(core, line) as TicketTypeJson
    call(core, name, bookableOf(core, object), type)
  }
}

/** What of the first there is more of than in the second. */
function differences(more: readonly Selected[], than: readonly Selected[]): Selected[] {
  const keyOf = ({ label, ticketType = '' }: Selected) => JSON.stringify([label, ticketType])
  const counts = new Map(than.map((line) => [keyOf(line), line.quantity]))
  return more.flatMap((line) => {
    const quantity = line.quantity - (counts.get(keyOf(line)) ?? 0)
    return quantity > 0 ? [{ ...line, quantity }] : []
  })
}
