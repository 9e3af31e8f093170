import { defined } from '../../lib/defined.ts'
import type { BestWish, Held, Refused, Sale } from '../sale/sale.ts'
import type { SceneObject } from '../scene/scene.ts'
import type { Settings } from './public.ts'
import { added, countedAs, isFree, lineOf } from './rules.ts'
import type { Chosen as Looked } from './hall.ts'

/** A line to give back, held or not unless it says so. */
export interface Given extends Held {
  readonly isHeld?: boolean
}

/** One line of what was chosen. */
export interface Item extends Held {
  readonly isHeld: boolean
}

export interface Outcome {
  readonly held: readonly Held[]
  readonly refused: readonly Refused[]
}

/** What the buyer has chosen, held or not. */
export interface Choice extends Looked {
  items(): readonly Item[]
  /** How many more may be chosen. */
  room(): number
  /** Chooses these, all or none; with `hold="selection"` they are held. */
  choose(wanted: readonly Held[]): Promise<Outcome>
  /** Holds these at once, all or none, whatever the mode; refuses what is beyond the most that may be chosen. */
  hold(wanted: readonly Held[]): Promise<Outcome>
  /** Gives back: a label with all that is held of it, or so many places of one line. */
  drop(given: readonly (string | Given)[]): Promise<void>
  /** Holds all that is chosen and not held yet. */
  checkout(): Promise<Outcome>
  /** Holds the best that are left; refuses more than may be chosen. */
  best(wish: BestWish): Promise<Outcome>
  /** Tells that these are refused without the server being asked. */
  refuse(refused: readonly Refused[]): Outcome
  /** These have other letters now: what was chosen and is taken meanwhile is chosen no more. */
  settle(labels: readonly string[]): void
  /** Forgets what is not held. */
  forget(): void
}

export interface ChoiceNeeds {
  readonly sale: Sale
  readonly settings: () => Settings
  readonly object: (label: string) => SceneObject | undefined
  readonly told: {
    /** These are about to be chosen: false where the page does not want it. */
    choosing(items: readonly Held[]): boolean
    chosen(items: readonly Held[]): void
    dropped(items: readonly Held[]): void
    refused(refused: readonly Refused[]): void
    /** These look otherwise. */
    changed(labels: readonly string[]): void
  }
}

const nothing: Outcome = { held: [], refused: [] }

/** What was chosen and is not held, and what a hold is on its way for. */
interface Chosen {
  readonly local: () => readonly Held[]
  readonly setLocal: (lines: readonly Held[]) => void
  readonly busy: Set<string>
  /** Holds of which nobody knows yet how they end: they count as if they were held. */
  readonly underWay: Set<readonly Held[]>
}

/** Opens what one buyer chooses in one sale. */
export function openChoice(needs: ChoiceNeeds): Choice {
  const { sale, settings, told } = needs
  // Asked for every seat of the hall: counted once for each basket.
  let quantities: ReadonlyMap<string, number> | undefined
  const chosen = openChosen((labels) => {
    quantities = undefined
    told.changed(labels)
  })
  const { local, setLocal, busy } = chosen
  const items = () => [
    ...sale.basket.items.map((item) => ({ ...item, isHeld: true })),
    ...local().map((item) => ({ ...item, isHeld: false })),
  ]
  const counted = (lines: readonly Held[]) =>
    lines.reduce((sum, { label, quantity }) => sum + countedAs(needs.object(label), quantity), 0)
  const room = () => settings().maxSeats - counted(items()) - counted([...chosen.underWay].flat())
  const hold = (wanted: readonly Held[]) => holdThese(needs, chosen, wanted)
  const refuse = (refused: readonly Refused[]): Outcome => {
    told.refused(refused)
    return { held: [], refused }
  }
  sale.on('basket', () => {
    quantities = undefined
  })
  return {
    items,
    room,
    hold: async (wanted) =>
      counted(notYet(needs, items(), wanted)) > Math.max(0, room())
        ? refuse(wanted.map(({ label }) => ({ label, reason: 'too_many' })))
        : hold(wanted),
    refuse,
    quantityOf: (label) => (quantities ??= quantitiesOf(items())).get(label) ?? 0,
    isBusy: (label) => busy.has(label),
    choose: async (wanted) => {
      if (!told.choosing(wanted)) {
        return { held: [], refused: wanted.map(({ label }) => ({ label, reason: 'prevented' })) }
      }
      if (settings().hold === 'selection') return hold(wanted)
      setLocal(added(local(), wanted))
      told.chosen(wanted)
      return { held: wanted, refused: [] }
    },
    drop: (given) => dropThese(needs, chosen, given),
    checkout: () => hold(local()),
    best: async (wish) =>
      wish.number > room() ? refuse([{ label: '', reason: 'too_many' }]) : sale.bestAvailable(wish),
    settle: (labels) => {
      loseTaken(needs, chosen, labels)
    },
    forget: () => {
      setLocal([])
    },
  }
}

function openChosen(changed: (labels: readonly string[]) => void): Chosen {
  let local: readonly Held[] = []
  return {
    busy: new Set(),
    underWay: new Set(),
    local: () => local,
    setLocal: (lines) => {
      const labels = [...local, ...lines].map(({ label }) => label)
      local = lines
      if (labels.length > 0) changed(labels)
    },
  }
}

async function holdThese(
  { sale, told }: ChoiceNeeds,
  { local, setLocal, busy, underWay }: Chosen,
  wanted: readonly Held[],
): Promise<Outcome> {
  if (wanted.length === 0) return nothing
  const labels = wanted.map(({ label }) => label)
  const isNew = wanted.filter((line) => !local().includes(line))
  underWay.add(isNew)
  labels.forEach((label) => busy.add(label))
  told.changed(labels)
  try {
    const outcome = await sale.hold(wanted)
    const held = new Set(outcome.held.map(lineOf))
    const taken = new Set(outcome.refused.filter(isTaken).map(({ label }) => label))
    setLocal(local().filter((item) => !held.has(lineOf(item)) && !taken.has(item.label)))
    return outcome
  } finally {
    underWay.delete(isNew)
    labels.forEach((label) => busy.delete(label))
    told.changed(labels)
  }
}

/** Whether it can be had no more; else it stays chosen, to be tried again. */
function isTaken({ reason }: Refused): boolean {
  return ['held', 'booked', 'not_for_sale', 'not_found', 'not_enough_places', 'gone'].includes(
    reason,
  )
}

async function dropThese(
  { sale, told }: ChoiceNeeds,
  { local, setLocal }: Chosen,
  given: readonly (string | Given)[],
): Promise<void> {
  // What is held may be there a second time and not be held yet: a line of the basket says which is meant.
  const meant = (isHeld: boolean) =>
    given.filter((each) => typeof each === 'string' || (each.isHeld ?? isHeld) === isHeld)
  const dropped = partOf(local(), meant(false))
  const held = partOf(sale.basket.items, meant(true))
  setLocal(without(local(), dropped))
  if (dropped.length + held.length > 0) told.dropped([...dropped, ...held])
  if (held.length > 0) await sale.release(held)
}

/** What somebody else has taken meanwhile, though it was chosen here, is chosen no more. */
function loseTaken(
  { sale, told }: ChoiceNeeds,
  { local, setLocal, busy }: Chosen,
  labels: readonly string[],
): void {
  if (local().length === 0) return
  const changed = new Set(labels)
  const isLost = ({ label, quantity }: Held) => {
    if (!changed.has(label) || busy.has(label)) return false
    const letter = sale.letterOf(label)
    const left = sale.leftOf(label)
    return !isFree({ letter, left }) || (letter === 'a' && left < quantity)
  }
  const lost = local().filter(isLost)
  if (lost.length === 0) return
  setLocal(without(local(), lost))
  told.dropped(lost)
  told.refused(lost.map(({ label }) => ({ label, reason: 'held' })))
}

function quantitiesOf(items: readonly Held[]): ReadonlyMap<string, number> {
  const quantities = new Map<string, number>()
  for (const { label, quantity } of items)
    quantities.set(label, quantity + (quantities.get(label) ?? 0))
  return quantities
}

/** Of these lines those that are given: a label with all its lines, or so many places of one line. */
function partOf(items: readonly Held[], given: readonly (string | Held)[]): Held[] {
  return given.flatMap((each) => {
    if (typeof each === 'string') return items.filter(({ label }) => label === each)
    const line = items.find((item) => lineOf(item) === lineOf(each))
    return line ? [{ ...line, quantity: Math.min(line.quantity, each.quantity) }] : []
  })
}

function without(items: readonly Held[], given: readonly Held[]): Held[] {
  const back = new Map(given.map((line) => [lineOf(line), line.quantity]))
  return items.flatMap((item) => {
    const quantity = item.quantity - (back.get(lineOf(item)) ?? 0)
    return quantity > 0 ? [{ ...item, quantity }] : []
  })
}

/** Of these lines what is not among those that were chosen: of places what is more than was chosen and is not held. */
function notYet(
  { object }: ChoiceNeeds,
  items: readonly Item[],
  wanted: readonly Held[],
): readonly Held[] {
  return wanted.flatMap((line) => {
    const isByPlaces = object(line.label)?.isByPlaces === true
    const same = items.filter(({ label }) => label === line.label)
    if (!isByPlaces) return same.length > 0 ? [] : [line]
    const unheld = same.find((item) => !item.isHeld && lineOf(item) === lineOf(line))
    const quantity = line.quantity - (unheld?.quantity ?? 0)
    return quantity > 0 ? [{ ...line, quantity }] : []
  })
}

/** A line as it is asked for by name: one of it unless told otherwise. */
export function toHeld(wanted: string | (Partial<Held> & { readonly label: string })): Held {
  if (typeof wanted === 'string') return { label: wanted, quantity: 1 }
  const { label, quantity = 1, ticketType } = wanted
  return { label, quantity, ...defined({ ticketType }) }
}
