import type { Pick } from './wish.ts'

/** Takes the best that there is. */
export const theBest: Pick = () => 0

/** Above 1 the better are the likelier; far above it a crowd would meet on the best few again. */
const LEAN = 1.5

/**
 * One of the best few by a random number from 0 up to but not including 1: the better, the likelier, so that a single rival costs
 * little, and a crowd is spread over all of them.
 */
export function oneOfBest(few: number, random: number): Pick {
  return (solutions) => Math.floor(Math.min(few, solutions) * random ** LEAN)
}
