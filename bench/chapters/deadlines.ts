import { instant, type Clock, type Instant } from '../../lib/clock.ts'
import { diceOf } from '../dice.ts'
import { openHoldfast } from '../sellers/holdfast.ts'
import { openWorld } from '../world.ts'

// Whether seats can be held again at the millisecond of their deadline, under a clock that is moved from one to the next.

/** What second buyers were answered. */
export interface DeadlinesResult {
  readonly holds: number
  /** Refused one millisecond before the deadline. */
  readonly refusedBefore: number
  /** Given the seat at the deadline. */
  readonly takenAt: number
}

const SEATS_PER_ROW = 100

/** Milliseconds that first holds last, at least and at most. */
const HOLD_MS = { min: 60_000, max: 900_000 }

/** Milliseconds that second holds last: longer than all of this. */
const SECOND_HOLD_MS = 24 * 60 * 60 * 1000

/** Holds that many seats for different times, and lets a second buyer ask for each twice. */
export async function measureDeadlines(holds: number, seed: number): Promise<DeadlinesResult> {
  const clock = standingClock()
  const dice = diceOf(seed)
  const rows = Math.ceil(holds / SEATS_PER_ROW)
  const world = await openWorld({ rows, seatsPerRow: SEATS_PER_ROW, events: 1 }, { seed, clock })
  const seller = openHoldfast(world)
  const [eventKey = ''] = world.events.keys()
  const hold = (label: string, token: string, until: Instant) =>
    seller.send({ verb: 'hold', token, parts: [{ eventKey, labels: [label] }], until })
  const firsts: { label: string; until: Instant }[] = []
  for (const label of world.labels.slice(0, holds)) {
    const lasts = HOLD_MS.min + Math.floor(dice() * (HOLD_MS.max - HOLD_MS.min))
    const until = instant(clock.now() + lasts)
    if ((await hold(label, `first-of-${label}`, until)) === 'done') firsts.push({ label, until })
  }
  let [refusedBefore, takenAt] = [0, 0]
  for (const { label, until } of firsts.toSorted((a, b) => a.until - b.until)) {
    const ask = () => hold(label, `second-of-${label}`, instant(until + SECOND_HOLD_MS))
    clock.set(instant(until - 1))
    if ((await ask()) === 'taken') refusedBefore += 1
    clock.set(until)
    if ((await ask()) === 'done') takenAt += 1
  }
  await world.engine.close()
  return { holds, refusedBefore, takenAt }
}

/** A clock that stands still until it is set. */
function standingClock(): Clock & { set: (time: Instant) => void } {
  let now = instant(Date.now())
  return {
    now: () => now,
    set: (time) => {
      now = time
    },
    sleep: () => Promise.resolve(),
  }
}
