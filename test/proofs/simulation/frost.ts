import type { Weather } from './faults.ts'
import type { World } from './processes.ts'
import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'

// Processes that stand still for minutes and go on with what they know, as a machine that is paused does. What is on its way
// for them lies there until then: answers, and timers that went off meanwhile.

/** Whether one process stands still. */
export interface Frost {
  freeze(milliseconds: number): void
  /** Milliseconds until it goes on: 0 unless it stands still. */
  left(): number
  /** Does it now; or, in its turn, once the process goes on. */
  whenAwake(work: () => void): void
}

/** The frost of a process that is awake. */
export function frostOf(scheduler: Scheduler): Frost {
  let until = -Infinity
  const left = () => Math.max(0, until - scheduler.now())
  const whenAwake = (work: () => void) => {
    if (left() === 0) work()
    else
      scheduler.after(left(), () => {
        whenAwake(work)
      })
  }
  return {
    freeze: (milliseconds) => {
      until = Math.max(until, scheduler.now() + milliseconds)
    },
    left,
    whenAwake,
  }
}

/** How many runs have any frost, and how often it comes over a transaction whose answer is lost, and over any other call. */
const odds = { runs: 0.5, lost: 0.5, other: 0.002 } as const

/** How often it comes in the pause after a call and not in its middle, and for longer than DynamoDB knows a client token. */
const shares = { pause: 0.7, long: 0.5 } as const

/** Processes that are frozen in one run, at most. */
const FROZEN_MAX = 3

/** For how long: from less than a request may take on. */
const FROST_MS = { min: 20_000, long: 10 * 60_000, max: 13 * 60_000 } as const

/**
 * Told of every call, freezes some of those who answer requests: in the middle of the call, or in the pause after it. Workers are
 * spared: what they do is fenced by leases of time, which nobody can keep who stands still.
 */
export function winterOf(
  scheduler: Scheduler,
  { weather, random }: { weather: () => Weather; random: Random },
): NonNullable<World['winter']> {
  let left = random.chance(odds.runs) ? random.between(1, FROZEN_MAX) : 0
  return (life, { request, fate }) => {
    const { off, intensity } = weather()
    if (left === 0 || off.has('frost') || intensity === 0) return
    if (!life.name.startsWith('front') || life.frost.left() > 0) return
    const isRisky = fate.isLost && request.operation === 'TransactWriteItems'
    if (!random.chance(isRisky ? odds.lost : odds.other)) return
    left -= 1
    const begins = random.chance(shares.pause) ? fate.answers + 1 : fate.answers / 2
    const { min, long, max } = FROST_MS
    const milliseconds = random.chance(shares.long)
      ? random.between(long, max)
      : random.between(min, long)
    scheduler.after(begins, () => {
      life.frost.freeze(milliseconds)
    })
  }
}
