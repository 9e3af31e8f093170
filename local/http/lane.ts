import { setImmediate as nextTurn } from 'node:timers/promises'

// Requests of one kind, a few at a time and in order, and no more of them waiting than can be served in time: all others are
// told at once when to come again. Each begins in a turn of the event loop of its own, so that Node, which accepts one
// connection a turn, can hear who comes next.

/** How many of a kind there may be. */
export interface LaneLimits {
  /** Under way at a time. */
  readonly runningMax: number
  /** In line at a time. */
  readonly waitingMax: number
  /** Milliseconds in line: nobody is let in who would probably wait longer, and nobody begins who did. */
  readonly waitMsMax: number
  /** Milliseconds that one takes, as far as nothing is known yet. */
  readonly usualMs: number
  /** What has been under way for so many milliseconds makes room for the next; never, where it is not given. */
  readonly freshMsMax?: number
  /** Under way for longer than that, at a time. */
  readonly staleMax?: number
}

/** There is no room; after so many seconds there should be. */
export interface TurnedAway {
  readonly retrySeconds: number
}

/** Whoever is turned away comes again after this at the latest. */
const RETRY_SECONDS_MAX = 60

/** How much of what one takes is learnt from the latest. */
const LEARNT = 0.25

interface Waiting {
  readonly since: number
  readonly begin: () => void
  readonly turnAway: () => void
}

/** A line of requests, with those of it that are under way. */
export class Lane {
  readonly #limits: LaneLimits
  readonly #now: () => number
  readonly #waiting: Waiting[] = []
  #fresh = 0
  #stale = 0
  #isClosed = false
  #meanMs: number
  /** When the last of those who were turned away should find room. */
  #promised = 0

  /** `now` tells milliseconds, of a clock that nobody sets. */
  constructor(limits: LaneLimits, now: () => number) {
    this.#limits = limits
    this.#now = now
    this.#meanMs = limits.usualMs
  }

  /** Runs something in its turn, or tells when to come again: then it was not begun. */
  async run<Result extends object>(work: () => Promise<Result>): Promise<Result | TurnedAway> {
    const busy = this.turnsAway()
    if (busy !== undefined) return busy
    if (this.#hasRoom()) return this.#do(work)
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        since: this.#now(),
        begin: () => {
          this.#do(work).then(resolve, reject)
        },
        turnAway: () => {
          resolve(this.comeAgain())
        },
      })
    })
  }

  /** What whoever comes now is told, if there is no room. */
  turnsAway(): TurnedAway | undefined {
    const { waitingMax, waitMsMax } = this.#limits
    if (this.#isClosed) return this.comeAgain()
    if (this.#hasRoom()) return undefined
    const isFull = this.#waiting.length >= waitingMax || this.#waitMs() > waitMsMax
    return isFull ? this.comeAgain() : undefined
  }

  /** When to come again; each is told a later time than the one before, so that they do not all come back at once. */
  comeAgain(): TurnedAway {
    const now = this.#now()
    const each = this.#meanMs / this.#limits.runningMax
    this.#promised = Math.min(
      Math.max(this.#promised, now + this.#waitMs()) + each,
      now + RETRY_SECONDS_MAX * 1_000,
    )
    return { retrySeconds: Math.max(1, Math.ceil((this.#promised - now) / 1_000)) }
  }

  /** Lets nobody in from now on, and turns away who waits; who is under way goes on. */
  close(): void {
    this.#isClosed = true
    for (const { turnAway } of this.#waiting.splice(0)) turnAway()
  }

  #hasRoom(): boolean {
    const { runningMax, staleMax = 0 } = this.#limits
    return this.#fresh + Math.max(0, this.#stale - staleMax) < runningMax
  }

  async #do<Result>(work: () => Promise<Result>): Promise<Result> {
    const begunAt = this.#now()
    const { freshMsMax } = this.#limits
    const pace = { isFresh: true }
    this.#fresh += 1
    const grow = () => {
      pace.isFresh = false
      this.#fresh -= 1
      this.#stale += 1
      this.#next()
    }
    const timer = freshMsMax === undefined ? undefined : setTimeout(grow, freshMsMax)
    try {
      await nextTurn()
      return await work()
    } finally {
      clearTimeout(timer)
      if (pace.isFresh) this.#fresh -= 1
      else this.#stale -= 1
      const ms = Math.min(this.#now() - begunAt, this.#limits.waitMsMax)
      this.#meanMs += LEARNT * (ms - this.#meanMs)
      this.#next()
    }
  }

  /** Lets in who comes first, and turns away who would wait too long after all: everything takes longer than it did. */
  #next(): void {
    while (this.#hasRoom()) {
      const first = this.#waiting.shift()
      if (first === undefined) return
      if (this.#waited(first) > this.#limits.waitMsMax) first.turnAway()
      else first.begin()
    }
    let last = this.#waiting.at(-1)
    while (last !== undefined && this.#waited(last) + this.#waitMs() > this.#limits.waitMsMax) {
      this.#waiting.pop()
      last.turnAway()
      last = this.#waiting.at(-1)
    }
  }

  #waited({ since }: Waiting): number {
    return this.#now() - since
  }

  /** Milliseconds until everyone who is here has been served, by what the latest took. */
  #waitMs(): number {
    const ahead = this.#waiting.length + this.#fresh
    return (ahead * this.#meanMs) / this.#limits.runningMax
  }
}
