import { instant, type Clock, type Instant } from './clock.ts'

/** A clock that stands still until whoever holds it moves it; sleeping moves it by that much at once. */
export interface MovedClock extends Clock {
  /** Moves the clock on by that many milliseconds. */
  advance(milliseconds: number): void
}

/** A clock at a fixed start. */
export function movedClock(start = Date.UTC(2027, 2, 4, 18, 20)): MovedClock {
  let now: Instant = instant(start)
  const advance = (milliseconds: number) => {
    now = instant(now + milliseconds)
  }
  return {
    now: () => now,
    advance,
    sleep: (milliseconds) => {
      advance(milliseconds)
      return Promise.resolve()
    },
  }
}
