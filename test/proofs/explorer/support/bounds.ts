import { START } from '../../simulation/venue.ts'
import type { Bounds } from './scene.ts'

/** The times of a scene: its start, and so many seconds after it. */
export const after = (...seconds: number[]) => [START, ...seconds.map((s) => START + s * 1000)]

/** Nothing goes wrong, but everybody may stop once. */
export const calm: Bounds = {
  faults: 0,
  kinds: ['lost', 'late'],
  recoveries: 1,
  rounds: 1,
  jobs: 0,
}
/** Something may go wrong, and be tried again. */
export const rough: Bounds = { ...calm, faults: 1, rounds: 2 }
/** Twice, and in all ways. */
export const wild: Bounds = { ...rough, faults: 2, kinds: ['lost', 'late', 'conflict'] }
