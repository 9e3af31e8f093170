import { createHash } from 'node:crypto'
import { diceOf } from '../../support/dice.ts'

/** Where all randomness of a fuzz run comes from. */
export interface Chance {
  /** A whole number from 0 up to but not including the bound. */
  below(bound: number): number
  /** True for that many of a hundred asked. */
  percent(share: number): boolean
  /** One of them; throws when there is none. */
  pick<T>(values: readonly T[]): T
  /** Up to that many of them, each once, in any order; at least one where there is one. */
  some<T>(values: readonly T[], most: number): T[]
}

/** Chance that is the same for the same seed. */
export function chanceOf(seed: string): Chance {
  const dice = diceOf(createHash('sha256').update(seed).digest().readUInt32BE())
  const pick = <T>(values: readonly T[]): T => {
    if (values.length === 0) throw new Error('There is nothing to pick from')
    return values[dice(values.length)] as T
  }
  return {
    below: dice,
    percent: (share) => dice(100) < share,
    pick,
    some: (values, most) => {
      const count = Math.min(values.length, 1 + dice(most))
      const chosen = new Set(Array.from({ length: count }, () => pick(values)))
      return [...chosen]
    },
  }
}

/** A choice of several kinds of value, each as often as its weight says. */
export function weighted<T>(chance: Chance, choices: readonly (readonly [number, T])[]): T {
  const total = choices.reduce((sum, [weight]) => sum + weight, 0)
  let left = chance.below(total)
  for (const [weight, value] of choices) {
    left -= weight
    if (left < 0) return value
  }
  throw new Error('There is nothing to choose from')
}
