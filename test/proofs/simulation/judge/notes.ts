import type { Fields, Notes } from './timeline.ts'

/** Attributes of a row by what they are called here. */
const noteNames = {
  oid: 'orderId',
  tt: 'ticketType',
  ed: 'extraData',
  rl: 'listing',
  b: 'returnsTo',
  ov: 'overridden',
} as const

/** What goes with an object besides its status, as its row says. */
export function notesOf(item: Fields): Notes {
  const found = Object.entries(noteNames).filter(([short]) => item[short] !== undefined)
  return Object.fromEntries(found.map(([short, name]) => [name, String(item[short])]))
}
