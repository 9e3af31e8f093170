import { expect, test } from 'vitest'
import { beginHunt, chooseNext, type Hunt } from '../../../../lib/rules/best/hunt.ts'
import { halfSoldArena } from '../../../support/sold-arena.ts'

// Buyers who want the same at the same moment, round by round: all choose, and then each commits in turn, as a table that takes one
// write of a seat and refuses the others would have it.

const BUYERS = 64
const PARTY = 4

/** The round in which each of them has seats. */
function sellAtOnce(seed: number): number[] {
  const { state: now, taken, random } = halfSoldArena(seed)
  const before = new Set(taken)
  const state = { ...now, isFree: (label: string) => !before.has(label) }
  const wish = { number: PARTY, preventsOrphans: true }
  let buyers = Array.from({ length: BUYERS }, () => beginHunt(state, wish))
  const rounds: number[] = []
  for (let round = 1; buyers.length > 0; round += 1) {
    const seen = new Set(taken)
    const wanted = buyers.map((hunt) => ({ hunt, labels: chooseLooking(hunt, seen, random) }))
    buyers = wanted
      .toSorted(() => random() - 0.5)
      .flatMap(({ hunt, labels }) => {
        const lost = labels.filter((label) => taken.has(label))
        for (const label of lost) hunt.gone.add(label)
        if (lost.length > 0) hunt.lost += 1
        if (lost.length > 0) return [hunt]
        for (const label of labels) taken.add(label)
        rounds.push(round)
        return []
      })
  }
  return rounds.toSorted((a, b) => a - b)
}

/** What others took in rounds before is seen when the rows are read. */
function chooseLooking(hunt: Hunt, seen: ReadonlySet<string>, random: () => number) {
  for (let look = 1; ; look += 1) {
    const { labels = [] } = chooseNext(hunt, { objectsMax: 1_000, random: random() }) ?? {}
    const gone = labels.filter((label) => seen.has(label))
    if (gone.length === 0 || look === 6) return labels
    for (const label of gone) hunt.gone.add(label)
    hunt.missed += 1
  }
}

test('of 64 buyers who want the same seats at once, 95 in a hundred have some within three rounds, and all within five', () => {
  const rounds = [1, 2, 3].flatMap(sellAtOnce).toSorted((a, b) => a - b)
  expect(rounds).toHaveLength(3 * BUYERS)
  expect(rounds[Math.ceil(rounds.length * 0.95) - 1]).toBeLessThanOrEqual(3)
  expect(rounds.at(-1)).toBeLessThanOrEqual(5)
})
