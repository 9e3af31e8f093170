import type { HallState } from './candidates.ts'
import { chooseBest } from './choose.ts'
import { oneOfBest } from './pick.ts'
import type { Choice, Wish } from './wish.ts'

// One buyer's search in a hall where others buy: the best at first. What turns out to be taken is left out from then on.
//
// - What is found taken before anything was written was sold a while ago: the hall is seen a moment late. The next best is as good as
//   any, and only who finds that a few times chooses among more.
// - Who loses when writing has others beside them who look for the next best now: one of the best few is chosen then, of more each
//   time; where so many are not side by side, of those too where people sit apart.

/** What a buyer knows who looks for places. */
export interface Hunt {
  readonly state: HallState
  readonly wish: Wish
  /** Labels that were free in the hall as it was seen, and are not any more. */
  readonly gone: Set<string>
  /** How often a choice was found taken when it was looked at. */
  missed: number
  /** How often one was lost when it was written. */
  lost: number
}

/** Who lost once takes one of so many. */
const FEW = 64

/** Each time that they lose again, or find taken what they chose, there are so many times more. */
const WIDER = 4

/** Choices that may be found taken before one is chosen among more. */
const MISSED_FREELY = 2

/** A search that begins, or goes on in a hall that was seen anew. */
export function beginHunt(state: HallState, wish: Wish, lost = 0): Hunt {
  return { state, wish, gone: new Set(), missed: 0, lost }
}

/** What to try next; undefined where nothing is left. `random`: from 0 up to but not including 1. */
export function chooseNext(
  { state, wish, gone, missed, lost }: Hunt,
  { objectsMax, random }: { objectsMax: number; random: number },
): Choice | undefined {
  const isAcross = lost > 0
  const wider = Math.max(0, lost - 1) + Math.max(0, missed - MISSED_FREELY)
  const pick = oneOfBest((isAcross ? FEW : 1) * WIDER ** wider, random)
  const isFree = (label: string, at: number) => !gone.has(label) && state.isFree(label, at)
  return chooseBest({ ...state, isFree }, wish, { objectsMax, pick, isAcross })
}
