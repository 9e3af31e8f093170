import { SECOND_MS } from '../../lib/limits/durations.ts'
import type { Surroundings } from './sale.ts'

// What the server's clock says, whatever the device's does. An answer that was written at `serverTime` was written between sending and
// receiving: so the difference of the clocks lies in an interval as wide as the round trip, and in the intersection of all of them, which
// grows a little with time since clocks drift. Its middle is believed. An answer that has nothing in common with it tells that the
// device's clock has jumped, or stood still while it slept: then that answer alone is believed.

/** What an answer said of the time. */
export interface Heard {
  readonly sentAt: number
  readonly receivedAt: number
  readonly serverTime: number
  /** To how many milliseconds it was said; to the millisecond unless told otherwise. */
  readonly precision?: number
}

/** The server's clock as it is known here. */
export interface ServerClock {
  /** Milliseconds since 1970; by the device's clock until the server has been heard. */
  now(): number
  readonly isKnown: boolean
  /** Whether it was heard to the millisecond often enough; else answers that say so are worth having. */
  readonly isExact: boolean
  hear(heard: Heard): void
}

interface Interval {
  readonly from: number
  readonly to: number
}

/** Answers to the millisecond, of which one will have been fast. */
const EXACT_MIN = 3

/** How far clocks of several servers may be apart, or an answer have lain in a cache. */
const SLACK_MS = 2 * SECOND_MS

/** By how much a device's clock is wrong after a millisecond. */
const DRIFT = 0.000_05

/** Opens a clock that has heard nothing yet. */
export function openServerClock({ now }: Pick<Surroundings, 'now'>): ServerClock {
  let known: Interval | undefined
  let knownAt = 0
  let exact = 0
  return {
    now: () => Math.floor(now() + (known === undefined ? 0 : (known.from + known.to) / 2)),
    get isKnown() {
      return known !== undefined
    },
    get isExact() {
      return exact >= EXACT_MIN
    },
    hear({ sentAt, receivedAt, serverTime, precision = 0 }) {
      if (!Number.isFinite(serverTime)) return
      const heard = { from: serverTime - receivedAt, to: serverTime + precision - sentAt }
      const widened = known && widen(known, DRIFT * Math.max(0, receivedAt - knownAt))
      const isJump = widened !== undefined && gapBetween(widened, heard) > SLACK_MS
      if (isJump) exact = 0
      known = widened === undefined || isJump ? heard : intersect(widened, heard)
      knownAt = receivedAt
      if (precision === 0) exact += 1
    },
  }
}

function widen({ from, to }: Interval, by: number): Interval {
  return { from: from - by, to: to + by }
}

function gapBetween(one: Interval, other: Interval): number {
  return Math.max(one.from - other.to, other.from - one.to)
}

/** What both have in common, or of two that just miss each other the beginning of the later: a cache on the way makes answers older, and never younger. */
function intersect(one: Interval, other: Interval): Interval {
  const from = Math.max(one.from, other.from)
  const to = Math.min(one.to, other.to)
  if (from <= to) return { from, to }
  const [earlier, later] = one.from <= other.from ? [one, other] : [other, one]
  return { from: later.from, to: Math.min(later.to, later.from + earlier.to - earlier.from) }
}
