import type { Hall } from './hall.ts'

/** What a map knows by now. */
export interface Known {
  hall: Hall | undefined
  /** The drawing cannot be shown at all. */
  isBroken: boolean
  floor: number
  /** The person wants patterns beside colours. */
  hasPatterns: boolean
}
