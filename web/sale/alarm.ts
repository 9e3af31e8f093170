import type { Surroundings } from './sale.ts'
import type { ServerClock } from './server-clock.ts'
import { TIMER_MS_MAX } from './times.ts'

/** Calls back at a moment of the server's clock, or a little before where that is far away; one at a time. */
export interface Alarm {
  /** Infinity calls it off. */
  set(at: number, call: () => void): void
}

/** Opens it, not set. */
export function openAlarm({ later }: Pick<Surroundings, 'later'>, clock: ServerClock): Alarm {
  let callOff: (() => void) | undefined
  return {
    set(at, call) {
      callOff?.()
      callOff = undefined
      if (at === Infinity) return
      const delay = Math.max(1, Math.ceil(at - clock.now()))
      callOff = later(Math.min(delay, TIMER_MS_MAX), call)
    },
  }
}
