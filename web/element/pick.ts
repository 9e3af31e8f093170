import { defined } from '../../lib/defined.ts'
import type { Held } from '../sale/sale.ts'
import type { SceneObject } from '../scene/scene.ts'
import type { Given, Item } from './choice.ts'
import { stateWord } from './describe.ts'
import type { Desk } from './desk.ts'
import type { Question } from './parts/dialog.ts'
import { countedAs, quantityRange } from './rules.ts'

/** Asks for types of tickets and for numbers; undefined where the person does not want it after all. */
export type Ask = (question: Question) => Promise<readonly Held[] | undefined>

/** What a click on an object means, and Enter on it: chosen, given up, asked about, or told why not. */
export async function pick(desk: Desk, index: number, ask: Ask): Promise<void> {
  const hall = desk.hall()
  const object = hall?.scene.objects[index]
  if (hall === undefined || object === undefined || desk.settings().mode === 'static') return
  if (desk.status() !== 'live') {
    desk.say(desk.words().say('offline'), 'urgent')
    return
  }
  const state = hall.stateOf(index)
  if (state === 'mine') await change(desk, object, ask)
  else if (state === 'free') await take(desk, object, ask)
  else desk.say(`${desk.nameOf(object)}: ${stateWord(desk.words(), state)}`)
}

async function take(desk: Desk, object: SceneObject, ask: Ask): Promise<void> {
  const most = desk.settings().maxSeats
  if (desk.choice.room() < 1) {
    desk.say(desk.words().say('saidMost', { n: most }), 'urgent')
    return
  }
  const question = questionOf(desk, object, [])
  const lines = question ? await ask(question) : [oneOf(desk, object)]
  if (lines === undefined || lines.length === 0) return
  const wanted = lines.reduce((sum, { quantity }) => sum + countedAs(object, quantity), 0)
  if (wanted > desk.choice.room()) {
    desk.say(desk.words().say('saidMost', { n: most }), 'urgent')
    return
  }
  await desk.choice.choose(lines)
}

/** Of an area the number is asked anew; all else is given up. */
async function change(desk: Desk, object: SceneObject, ask: Ask): Promise<void> {
  const present = desk.choice.items().filter(({ label }) => label === object.label)
  const question = object.isByPlaces ? questionOf(desk, object, present) : undefined
  if (question === undefined) {
    await desk.choice.drop([object.label])
    return
  }
  const lines = await ask(question)
  if (lines === undefined) return
  const { more, fewer } = differenceOf(present, lines)
  if (fewer.length > 0) await desk.choice.drop(fewer)
  if (more.length > 0) await desk.choice.choose(more)
}

/** What to take and what to give back, so that these lines become those: what is not held goes first. */
export function differenceOf(
  present: readonly Item[],
  wanted: readonly Held[],
): { readonly more: readonly Held[]; readonly fewer: readonly Given[] } {
  const types = new Set([...present, ...wanted].map(({ ticketType }) => ticketType))
  const label = (present[0] ?? wanted[0])?.label ?? ''
  const more: Held[] = []
  const fewer: Given[] = []
  for (const ticketType of types) {
    const line = { label, ...defined({ ticketType }) }
    const unheld = countOf(
      present.filter(({ isHeld }) => !isHeld),
      ticketType,
    )
    const by = countOf(wanted, ticketType) - countOf(present, ticketType)
    if (by > 0) more.push({ ...line, quantity: by })
    const free = Math.min(unheld, -by)
    if (free > 0) fewer.push({ ...line, quantity: free, isHeld: false })
    if (-by > unheld) fewer.push({ ...line, quantity: -by - unheld, isHeld: true })
  }
  return { more, fewer }
}

function countOf(lines: readonly Held[], type: string | undefined): number {
  return lines.reduce((sum, line) => sum + (line.ticketType === type ? line.quantity : 0), 0)
}

/** One of it, with the only type of ticket that there is. */
export function oneOf(desk: Desk, object: SceneObject): Held {
  const { ticketTypes } = desk.priceOf(desk.hall()?.categoryOf(object), object.label)
  return { label: object.label, quantity: 1, ...defined({ ticketType: ticketTypes[0]?.id }) }
}

function questionOf(
  desk: Desk,
  object: SceneObject,
  present: readonly Held[],
): Question | undefined {
  const { ticketTypes } = desk.priceOf(desk.hall()?.categoryOf(object), object.label)
  const mine = present.reduce((sum, { quantity }) => sum + quantity, 0)
  const range = quantityRange(object, {
    left: desk.sale.leftOf(object.label) + mine,
    room: desk.choice.room() + mine,
  })
  if (range === undefined && ticketTypes.length < 2) return undefined
  return { object, ticketTypes, range, present }
}
