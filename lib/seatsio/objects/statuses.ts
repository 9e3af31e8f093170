import type { SeatState, StatusWord } from '../../rules/seat.ts'
import { statusWord } from '../../rules/seat.ts'

/** The statuses that this API builds in; every other text is one of the integrator's own. */
const builtIn = {
  free: 'free',
  booked: 'booked',
  reservedByToken: 'held',
  resale: 'resale',
} as const satisfies Record<string, StatusWord>

/** The word for a status as this API calls it. */
export function toStatusWord(name: string): StatusWord {
  return Object.hasOwn(builtIn, name) ? builtIn[name as keyof typeof builtIn] : `=${name}`
}

/** What this API calls a status. */
export function toStatusName(word: StatusWord): string {
  if (word === 'held') return 'reservedByToken'
  return word.startsWith('=') ? word.slice(1) : word
}

/** What this API calls the status that a state is in. */
export function statusName(state: SeatState): string {
  return toStatusName(statusWord(state))
}
