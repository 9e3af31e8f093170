import type { Random } from '../../simulation/random.ts'

/** What a history draws from. */
export interface Inventor {
  readonly random: Random
  /** How many things it has made so far, so that keys and orders differ. */
  count: number
  /** Without them there are only plain events. */
  readonly hasSeasons: boolean
  /** Whether seasons are sold by channels and sale rules too. */
  readonly hasTerms: boolean
}

/** The only channel that there may be. */
export const CHANNEL = 'vip'
