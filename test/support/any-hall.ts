import { instant, type Instant } from '../../lib/clock.ts'
import type { Hall, HallHold } from '../../lib/rules/snapshot/hall.ts'
import { diceOf } from './dice.ts'

/** How a hall is sold. */
export interface Filling {
  readonly objects: number
  /** Of a hundred objects, how many are somebody's. */
  readonly percent: number
  /** Whether they lie side by side, as a box office sells them, or anywhere. */
  readonly isClustered: boolean
  /** Objects of one token: those end together. */
  readonly perToken: number
  readonly seed?: number
}

/** The moment at which halls are read here. */
export const READ_AT = instant(1_764_500_000_000)

/** A hall of seats of which half of what is taken is booked, and half is held by tokens that end within ten minutes. */
export function sellHall({ objects, percent, isClustered, perToken, seed = 1 }: Filling): Hall {
  const dice = diceOf(seed)
  const letters = Array.from({ length: objects }, () => 'f')
  const wanted = Math.round((objects * percent) / 100)
  const places = isClustered
    ? Array.from({ length: wanted }, (_, at) => at)
    : shuffled(objects, dice).slice(0, wanted)
  const holds: HallHold[] = []
  let until: Instant = READ_AT
  for (const [at, index] of places.entries()) {
    if (at % perToken === 0) until = instant(READ_AT + 1 + dice(600_000))
    if (Math.floor(at / perToken) % 2 === 0) letters[index] = 'b'
    else holds.push({ index, until })
  }
  holds.sort((a, b) => a.until - b.until || a.index - b.index)
  const categories = {
    keys: ['1', '2', '3'],
    runs: [0, 1, 2].map((key) => [key * 10, key] as const),
  }
  return { letters: letters.join(''), holds, areas: [], categories, lost: [] }
}

function shuffled(count: number, dice: (bound: number) => number): number[] {
  const all = Array.from({ length: count }, (_, at) => at)
  for (let at = count - 1; at > 0; at -= 1) {
    const other = dice(at + 1)
    ;[all[at], all[other]] = [all[other] ?? 0, all[at] ?? 0]
  }
  return all
}
