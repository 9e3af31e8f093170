import { rowsOf, seatsOf, type Hall } from '../world.ts'

/** The table that the functions find. */
export const TABLE = 'holdfast-bench'

/** A hall whose seats are held one by one. */
export const HALL: Hall = { rows: 26, seatsPerRow: 100, events: 0 }

/** Events in that hall, all on sale. */
export const EVENTS = 12

/** What the event of that number is called. */
export function eventKeyOf(number: number): string {
  return `on-sale-${number}`
}

const labels = rowsOf(HALL).flatMap((row) => seatsOf(HALL).map((seat) => `${row}-${seat}`))

/** The seat that a hold takes: each another, as far as they go. */
export function seatOf(hold: number): { eventKey: string; label: string } {
  const event = Math.floor(hold / labels.length)
  if (event >= EVENTS) throw new Error('All seats of the bench are held')
  return { eventKey: eventKeyOf(event), label: labels[hold % labels.length] ?? '' }
}
