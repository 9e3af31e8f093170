import type { Held, Refused } from '../sale/sale.ts'
import { toHeld } from './choice.ts'
import type { Desk } from './desk.ts'
import { oneOf } from './pick.ts'
import type { Result, Wants } from './public.ts'
import { countedAs } from './rules.ts'
import { linesFor } from './tell-sale.ts'

// What a page asks of a map by the names of objects, without a click.

/** Holds these at once, all or none; no more than may be chosen, and with no ticket that there is not. */
export async function holdByName(desk: Desk, wants: Wants): Promise<Result> {
  const lines = linesWanted(desk, wants)
  const refused = lines.flatMap((line) => whyNoTicket(desk, line) ?? [])
  if (refused.length > 0) return resultOf(desk, desk.choice.refuse(refused))
  return resultOf(desk, await desk.choice.hold(lines))
}

/** Chooses these as a click does, all or none: what is taken, or beyond the most that may be chosen, is refused. */
export async function selectByName(desk: Desk, wants: Wants): Promise<Result> {
  const lines = linesWanted(desk, wants)
  const unknown = lines.flatMap((line) => whyNoTicket(desk, line) ?? [])
  if (unknown.length > 0) return resultOf(desk, desk.choice.refuse(unknown))
  const refused = lines.flatMap((line) => whyNot(desk, line) ?? [])
  const wanted = lines.reduce(
    (sum, { label, quantity }) => sum + countedAs(desk.hall()?.object(label), quantity),
    0,
  )
  if (refused.length > 0) return { held: [], refused }
  if (wanted > desk.choice.room()) {
    const beyond = lines.map(({ label }) => ({ label, reason: 'too_many' }))
    return resultOf(desk, desk.choice.refuse(beyond))
  }
  return resultOf(desk, await desk.choice.choose(lines))
}

/** As a result is told to the page. */
export function resultOf(
  desk: Desk,
  { held, refused }: { readonly held: readonly Held[]; readonly refused: readonly Refused[] },
): Result {
  const areHeld = desk.settings().hold === 'selection'
  return { held: linesFor(desk, held, areHeld), refused }
}

/** Labels, one or many, as a page writes them. */
export function labelsOf(labels: string | readonly string[]): readonly string[] {
  return typeof labels === 'string' ? [labels] : labels
}

function linesWanted(desk: Desk, wants: Wants): readonly Held[] {
  const list = typeof wants === 'string' ? [wants] : wants
  return list.map((want) => {
    const line = toHeld(want)
    const object = desk.hall()?.object(line.label)
    return object ? { ...oneOf(desk, object), ...line } : line
  })
}

/** Where tickets have types, one that is named must be among them. */
function whyNoTicket(desk: Desk, { label, ticketType }: Held): Refused | undefined {
  const hall = desk.hall()
  const object = hall?.object(label)
  if (ticketType === undefined || hall === undefined || object === undefined) return undefined
  const { ticketTypes } = desk.priceOf(hall.categoryOf(object), label)
  if (ticketTypes.length === 0 || ticketTypes.some(({ id }) => id === ticketType)) return undefined
  return { label, reason: 'ticket_type_unknown' }
}

function whyNot(desk: Desk, { label, quantity }: Held): Refused | undefined {
  const hall = desk.hall()
  const object = hall?.object(label)
  if (hall === undefined || object === undefined) return { label, reason: 'not_found' }
  const state = hall.stateOf(object.index)
  if (state === 'taken')
    return { label, reason: desk.sale.letterOf(label) === 'b' ? 'booked' : 'held' }
  if (state !== 'free' && state !== 'dimmed' && state !== 'mine')
    return { label, reason: 'not_for_sale' }
  if (object.isByPlaces && quantity > desk.sale.leftOf(label))
    return { label, reason: 'not_enough_places' }
  return undefined
}
