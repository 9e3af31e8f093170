import type { Held, Refused } from '../sale/sale.ts'
import { reasonWord } from './describe.ts'
import type { Desk } from './desk.ts'
import { totalOf } from './prices.ts'
import type { SeatMapEvents } from './public.ts'
import { selectionOf } from './selection.ts'
import type { Word } from './words/messages.ts'

/** Tells the page, by an event of the element; false where the page prevents what would follow. */
export type Tell = <Name extends keyof SeatMapEvents>(
  name: Name,
  detail: SeatMapEvents[Name],
) => boolean

/** More than that many at once are counted, not named. */
const NAMED_MAX = 3

/** Tells the page and the person what becomes of the sale, each in their words. */
export function tellSale(desk: Desk, tell: Tell): void {
  const { sale, signal } = desk
  const lines = (items: readonly Held[], isHeld: boolean) => linesFor(desk, items, isHeld)
  // What is given up is told after the basket without it: its time is that of the basket before.
  let [deadline, before] = [sale.basket.expiresAt, sale.basket.expiresAt]
  const endings = [
    sale.on('held', (held) => {
      const objects = lines(held, true)
      if (desk.settings().hold === 'selection') tell('holdfast-selected', { objects })
      const { holdToken, expiresAt } = basketFor(desk)
      tell('holdfast-held', { objects, holdToken, expiresAt })
      sayNames(desk, 'saidHeld', held)
    }),
    sale.on('refused', (refused) => {
      tellRefused(desk, tell, refused)
    }),
    sale.on('released', (released) => {
      tell('holdfast-released', { objects: lines(released, false) })
    }),
    sale.on('expired', (expired) => {
      tell('holdfast-expired', { objects: lines(expired, false) })
      // A box office that took it back has not waited for the time to be up.
      const isOver = before === undefined || before <= sale.serverNow()
      if (isOver) desk.say(desk.words().say('saidExpired'), 'urgent')
      else sayNames(desk, 'saidLost', expired, 'urgent')
    }),
    sale.on('basket', ({ expiresAt }) => {
      ;[before, deadline] = [deadline, expiresAt]
      tell('holdfast-basket', basketFor(desk))
    }),
  ]
  signal.addEventListener('abort', () => {
    for (const end of endings) end()
  })
}

/** These as the page sees them. */
export function linesFor(
  desk: Desk,
  items: readonly Held[],
  isHeld: boolean,
): ReturnType<typeof selectionOf> {
  const lines = items.map((item) => ({ ...item, isHeld }))
  return selectionOf(lines, desk.hall(), desk.settings().prices)
}

/** Tells that these were refused, and says why. */
export function tellRefused(desk: Desk, tell: Tell, refused: readonly Refused[]): void {
  tell('holdfast-refused', { refused })
  const code = refused.find(({ reason }) => reason.startsWith('admission_'))?.reason
  if (code !== undefined && !tell('holdfast-admission', { code })) return
  const words = desk.words()
  if (refused.some(({ reason }) => reason === 'too_many')) {
    desk.say(words.say('saidMost', { n: desk.settings().maxSeats }), 'urgent')
    return
  }
  for (const { label, reason } of refused.slice(0, NAMED_MAX)) {
    const name = label === '' ? words.say('best') : nameFor(desk, label)
    desk.say(words.say('saidRefused', { name, reason: reasonWord(words, reason) }), 'urgent')
  }
}

/** Says something of these, by their names or by their number. */
export function sayNames(
  desk: Desk,
  word: Word,
  ...[items, urgency]: [items: readonly Held[], urgency?: 'urgent']
): void {
  const words = desk.words()
  const names = items.map(({ label }) => nameFor(desk, label))
  const list = new Intl.ListFormat(words.language, { type: 'conjunction' })
  const name =
    names.length > NAMED_MAX ? words.say('places', { n: names.length }) : list.format(names)
  desk.say(words.say(word, { name }), urgency)
}

/** The basket as the page is told it. */
export function basketFor(desk: Desk): SeatMapEvents['holdfast-basket'] {
  const objects = desk.selection()
  const { holdToken, expiresAt } = desk.sale.basket
  return {
    objects,
    holdToken,
    expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt),
    total: totalOf(objects),
  }
}

function nameFor(desk: Desk, label: string): string {
  const object = desk.hall()?.object(label)
  return object ? desk.nameOf(object) : label
}
