import type { Dict, TicketType } from '@seatsio/seatsio-types'
import { defined } from '../../lib/defined.ts'
import type { Wanted } from '../element/public.ts'
import type { SceneObject } from '../scene/scene.ts'
import { costOf, isFree, isOffered, linesOf, seatsOf, type Core } from './core.ts'
import { totalLimit } from './limits.ts'
import { bookableOf } from './objects.ts'
import { typeJson, typesOf } from './prices.ts'
import { seatsAround } from './runs.ts'

/** Does what the page wants of a click in place of the map; false where the map is to do what it always does. */
export function pickFor(core: Core, object: SceneObject): boolean {
  const isMine = linesOf(core, object.label).length > 0
  const mayChange = isMine && object.isByPlaces
  const mayTake = !isMine && isFree(core, object) && isOffered(core, object)
  if (core.map.element.mode === 'static' || (!mayChange && !mayTake)) return false
  return takeTogether(core, object) || promptFor(core, object)
}

/** One click selects as many as the page has said, side by side, in place of what was selected before. */
function takeTogether(core: Core, object: SceneObject): boolean {
  const { numberOfPlacesToSelect: wanted } = core.config()
  const seats = seatsOf(core)
  const isOne = object.kind === 'seat' || object.isByPlaces
  if (wanted === undefined || !isOne || seats === undefined) return false
  const have = core.selection.reduce((sum, { quantity }) => sum + quantity, 0)
  // What is too few by now is completed; what is enough is given up for what was clicked.
  const isCompleted = have > 0 && have < wanted && linesOf(core, object.label).length === 0
  const places = isCompleted ? wanted - have : wanted
  const isOpen = (each: SceneObject) => seats.isOpen(each) && !(isCompleted && seats.isChosen(each))
  const objects =
    object.kind === 'seat' ? seatsAround({ ...seats, isOpen }, object, places) : [object]
  void choose(core, { objects, places, isCompleted })
  return true
}

async function choose(
  core: Core,
  {
    objects,
    places,
    isCompleted,
  }: {
    readonly objects: readonly SceneObject[]
    readonly places: number
    readonly isCompleted: boolean
  },
): Promise<void> {
  const { element, sale } = core.map
  const [first] = objects
  if (first === undefined) return
  const take = async (types: readonly (string | undefined)[]) => {
    if (!isCompleted) await element.clear()
    const left = first.isByPlaces ? (sale?.leftOf(first.label) ?? 0) : objects.length
    const lines = first.isByPlaces
      ? byType(first.label, types.slice(0, left))
      : objects.map(({ label }, at) => ({ label, ...defined({ ticketType: types[at] }) }))
    await element.select(lines)
  }
  const types = typesOf(costOf(core, first))
  const prompt = core.config().onPlacesWithTicketTypesPrompt
  const number = first.isByPlaces ? places : objects.length
  if (types.length < 2 || typeof prompt !== 'function') {
    await take(Array.from({ length: number }, () => usual(types)))
    return
  }
  const parameters = {
    ticketTypes: typesFor(core, types),
    selectedPlacesByTicketType: {},
    minPlaces: number,
    maxPlaces: number,
    objectsToSelect: objects.map((each) => bookableOf(core, each)),
  }
  prompt(parameters, (chosen) => void take(listed(chosen)))
}

/** Asks the page where it has a dialog of its own for what has to be asked. */
function promptFor(core: Core, object: SceneObject): boolean {
  const { onPlacesPrompt, onTicketTypePrompt, onPlacesWithTicketTypesPrompt } = core.config()
  const types = typesOf(costOf(core, object))
  const objectToSelect = bookableOf(core, object)
  const range = placesRange(core, object)
  if (range === undefined) {
    if (types.length < 2 || typeof onTicketTypePrompt !== 'function') return false
    onTicketTypePrompt({ ticketTypes: typesFor(core, types), objectToSelect }, (ticketType) => {
      void core.map.element.select([{ label: object.label, ticketType }])
    })
    return true
  }
  if (types.length < 2) {
    if (typeof onPlacesPrompt !== 'function') return false
    onPlacesPrompt({ ...range, objectToSelect }, (places) => {
      void become(core, object, defined({ [usual(types) ?? '']: places }))
    })
    return true
  }
  if (typeof onPlacesWithTicketTypesPrompt !== 'function') return false
  const { minPlaces, maxPlaces } = range
  const parameters = {
    ticketTypes: typesFor(core, types),
    selectedPlacesByTicketType: selectedByType(core, object),
    ...{ minPlaces, maxPlaces },
    objectsToSelect: [objectToSelect],
  }
  onPlacesWithTicketTypesPrompt(parameters, (chosen) => {
    void become(core, object, counted(listed(chosen)))
  })
  return true
}

/** Lets so many places of each ticket type be what is selected of an object. */
async function become(core: Core, { label }: SceneObject, wanted: Dict<number>): Promise<void> {
  const { element } = core.map
  const present = selectedByType(core, { label })
  const types = Object.keys({ ...present, ...wanted })
  const more = (type: string) => (wanted[type] ?? 0) - (present[type] ?? 0)
  const isRaised = types.every((type) => more(type) >= 0)
  // Of an area no part is given back by name: all of it is, and what is wanted is taken anew.
  if (!isRaised) await element.deselect(label)
  const lines = types.flatMap((type): Wanted[] => {
    const quantity = isRaised ? more(type) : (wanted[type] ?? 0)
    if (quantity <= 0) return []
    return [{ label, quantity, ...(type === '' ? {} : { ticketType: type }) }]
  })
  if (lines.length > 0) await element.select(lines)
}

function placesRange(core: Core, object: SceneObject) {
  const selectedPlaces = linesOf(core, object.label).reduce((sum, it) => sum + it.quantity, 0)
  if (object.isByPlaces) {
    const total = core.selection.reduce((sum, { quantity }) => sum + quantity, 0)
    const room = totalLimit(core.config().maxSelectedObjects) - total
    const left = core.map.sale?.leftOf(object.label) ?? 0
    return { selectedPlaces, minPlaces: 0, maxPlaces: selectedPlaces + Math.min(left, room) }
  }
  const { occupancy } = object
  if (occupancy === undefined || object.kind === 'seat') return undefined
  return { selectedPlaces, minPlaces: occupancy.min, maxPlaces: occupancy.max }
}

function typesFor(core: Core, types: readonly TicketType[]) {
  return types.map((type) => ({ ...type, ...typeJson(core.prices().format, type) }))
}

function selectedByType(core: Core, { label }: Pick<SceneObject, 'label'>): Dict<number> {
  return Object.fromEntries(
    linesOf(core, label).map(({ ticketType = '', quantity }) => [ticketType, quantity]),
  )
}

/** The type that nobody was asked for. */
function usual(types: readonly TicketType[]): string | undefined {
  return (types.find(({ primary }) => primary === true) ?? types[0])?.ticketType
}

/** Ticket types place by place, in either form in which pages answer. */
function listed(chosen: Dict<number> | readonly string[]): readonly string[] {
  if (Array.isArray(chosen)) return chosen as readonly string[]
  return Object.entries(chosen as Dict<number>).flatMap(([type, places]) =>
    Array.from({ length: places }, () => type),
  )
}

function counted(types: readonly string[]): Dict<number> {
  const counts: Dict<number> = {}
  for (const type of types) counts[type] = (counts[type] ?? 0) + 1
  return counts
}

function byType(label: string, types: readonly (string | undefined)[]): Wanted[] {
  const counts = new Map<string | undefined, number>()
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1)
  return [...counts].map(([ticketType, quantity]) => ({
    label,
    quantity,
    ...defined({ ticketType }),
  }))
}
