/** Whole numbers below a bound, the same ones for the same seed. */
export function diceOf(seed: number): (bound: number) => number {
  let state = seed >>> 0
  return (bound) => {
    // A linear congruential generator; its upper bits are good enough to pick moments and places.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * bound)
  }
}
