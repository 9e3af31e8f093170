/** How the line of a waiting room moves. */
export interface Pace {
  /** Milliseconds that everybody waits, so that somebody who looks sees a line. */
  readonly waitMs: number
  /** Milliseconds from one buyer who is let in to the next. */
  readonly intervalMs: number
  /** Turns that are remembered, those that were let in included. */
  readonly turnsMax: number
}

/** Where somebody stands: 0 is let in. */
export interface Place {
  readonly place: number
  /** Milliseconds until their turn. */
  readonly waitMs: number
}

/** A line in which everybody knows their turn from the beginning; it needs no timers and no table, and forgets with its process. */
export interface WaitingLine {
  /** Takes a place at the end; undefined where the line is as long as it may be. */
  readonly join: (turn: string, now: number) => Place | undefined
  /** Undefined for a turn that is not known, or not any more. */
  readonly find: (turn: string, now: number) => Place | undefined
}

/** Opens an empty line. */
export function openWaitingLine({ waitMs, intervalMs, turnsMax }: Pace): WaitingLine {
  const turns = new Map<string, number>()
  let last = 0
  const placeAt = (letInAt: number, now: number): Place => {
    const left = Math.max(0, letInAt - now)
    return { place: Math.ceil(left / intervalMs), waitMs: left }
  }
  const forget = (now: number) => {
    for (const [turn, letInAt] of turns) {
      if (turns.size < turnsMax || letInAt > now) return
      turns.delete(turn)
    }
  }
  return {
    join(turn, now) {
      forget(now)
      if (turns.size >= turnsMax) return undefined
      last = Math.max(now + waitMs, last + intervalMs)
      turns.set(turn, last)
      return placeAt(last, now)
    },
    find(turn, now) {
      const letInAt = turns.get(turn)
      return letInAt === undefined ? undefined : placeAt(letInAt, now)
    },
  }
}
