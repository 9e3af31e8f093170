import type { Choice, Pick } from './wish.ts'

/** Choices of one kind, the best first, as far as they were looked for. */
export interface Solutions {
  readonly count: number
  readonly choiceAt: (place: number) => Choice
}

/** There is no choice of a kind. */
export const none: Solutions = { count: 0, choiceAt: () => ({ labels: [] }) }

/** Finds solutions of one kind up to one place, if there are so many: the best is at 0. */
export type Find = (place: number) => Solutions

/**
 * The choice that is picked: of the first kind that has any, or, where `isAcross`, of all kinds, those of the first before those of the
 * next. Undefined where there is none of any.
 */
export function pickOf(kinds: readonly Find[], pick: Pick, isAcross = false): Choice | undefined {
  let place = pick(Infinity)
  const all: Solutions[] = []
  for (const find of kinds) {
    const found = find(place)
    if (found.count > place) return found.choiceAt(place)
    if (found.count > 0 && !isAcross) return found.choiceAt(pick(found.count))
    place -= found.count
    all.push(found)
  }
  // There are fewer than would have been picked from.
  let rest = pick(all.reduce((sum, { count }) => sum + count, 0))
  for (const { count, choiceAt } of all) {
    if (rest < count) return choiceAt(rest)
    rest -= count
  }
  return undefined
}
