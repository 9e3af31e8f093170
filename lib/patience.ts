import { AsyncLocalStorage } from 'node:async_hooks'
import { RETRY_SECONDS_SPREAD } from './limits/limits.ts'

// How long a caller's request may be throttled. One budget for all that a request does, reads and writes together:
//
// 1. Only pauses count that are made because the store had no room; those of several calls at a time count once.
// 2. It is there for requests of callers alone. Workers have none, and wait as long as their task allows.
// 3. A request that has changed something goes on to the end, whatever it takes: from then on the budget counts no more.
//
// It is known to whoever runs within, as the tally is: every call of the store would have to hand it down.

interface Budget {
  leftMs: number
  /** Until then the pauses so far have been counted. */
  countedUntil: number
  hasChanged: boolean
}

const current = new AsyncLocalStorage<Budget>()

/** Runs something that may be throttled for so many milliseconds in all. */
export function withPatience<Result>(ms: number, work: () => Promise<Result>): Promise<Result> {
  return current.run({ leftMs: ms, countedUntil: 0, hasChanged: false }, work)
}

/** Whether whoever runs must not wait for long; a worker may, and so may who has changed something. */
export function isHurried(): boolean {
  const budget = current.getStore()
  return budget !== undefined && !budget.hasChanged
}

/** Counts a pause that is about to begin; answers false where there is not so much left: then nothing is counted. */
export function spendPatience(now: number, pauseMs: number): boolean {
  const budget = current.getStore()
  if (budget === undefined || budget.hasChanged) return true
  const until = now + pauseMs
  const ms = Math.max(0, until - Math.max(now, budget.countedUntil))
  if (ms > budget.leftMs) return false
  budget.leftMs -= ms
  budget.countedUntil = Math.max(budget.countedUntil, until)
  return true
}

/** Says that something was changed for good: whoever runs goes on to the end. */
export function noteChange(): void {
  const budget = current.getStore()
  if (budget !== undefined) budget.hasChanged = true
}

/** Seconds after which somebody may come again, by a number from 0 to 1. */
export function comeAgainSeconds(random: number): number {
  return 1 + Math.floor(random * RETRY_SECONDS_SPREAD)
}

/** What a process lets in of requests on events. */
export type Intake = Map<string, Known>

/** Of one event: what share to let in, and when it was last looked at. */
interface Known {
  share: number
  at: number
  /** When the last step was made for each. */
  served: number
  refused: number
}
