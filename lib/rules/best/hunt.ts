import type { HallState } from './candidates.ts'
import { chooseBest } from './choose.ts'
import { oneOfBest, theBest } from './pick.ts'
import type { Choice, Wish } from './wish.ts'

// One buyer's search in a hall where others buy: the best at first. What turns out to be taken is left out from then on, and one of
// the best few is chosen instead: of more each time, since all who lost to the same buyer look for the next best now.

/** What a buyer knows who looks for places. */
export interface Hunt {
  readonly state: HallState
  readonly wish: Wish
  /** Labels that were free in the hall as it was read, and are not any more. */
  readonly gone: Set<string>
  /** How often something was chosen. */
  choices: number
}

/** Of so many of the best the second choice is one, and each later one of as many times more. */
const FEW = 64
const WIDER = 8

/** A search that begins. */
export function beginHunt(state: HallState, wish: Wish): Hunt {
  return { state, wish, gone: new Set(), choices: 0 }
}

/** What to try next; undefined where nothing is left. `random`: from 0 up to but not including 1. */
export function chooseNext(
  hunt: Hunt,
  { objectsMax, random }: { objectsMax: number; random: number },
): Choice | undefined {
  const { state, wish, gone, choices } = hunt
  hunt.choices += 1
  const pick = choices === 0 ? theBest : oneOfBest(FEW * WIDER ** (choices - 1), random)
  const isFree = (label: string, at: number) => !gone.has(label) && state.isFree(label, at)
  return chooseBest({ ...state, isFree }, wish, { objectsMax, pick })
}
