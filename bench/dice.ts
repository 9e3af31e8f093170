import { monotonicFactory } from 'ulid'
import type { Clock } from '../lib/clock.ts'
import type { Ids } from '../lib/ids.ts'

/** Numbers from 0 up to but not including 1. */
export type Dice = () => number

/** The same numbers for the same seed; a linear congruential generator is random enough to pick seats and waits. */
export function diceOf(seed: number): Dice {
  let state = Math.imul(seed, 0x9e3779b1)
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return (state >>> 0) / 2 ** 32
  }
}

/** Identifiers and waits from a seed; ULIDs are dated by the clock. */
export function seededIds(clock: Clock, seed: number): Ids {
  const random = diceOf(seed)
  const nextUlid = monotonicFactory(random)
  const hex = (length: number) =>
    Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('')
  return { ulid: () => nextUlid(clock.now()), hex, uuid: () => hex(36), random }
}
