import { expect, test } from 'vitest'
import { beginHunt, chooseNext, type Hunt } from '../../../../lib/rules/best/hunt.ts'
import { soldHall, type SoldHall } from '../../../support/sold-arena.ts'

// Buyers who want the same at the same moment, round by round: all choose, and then each commits in turn, as a table that takes one
// write of a seat and refuses the others would have it. All of them choose before anybody commits: nobody sees more than that at once.

const BUYERS = 64
const PARTY = 4
const LOOKS_MAX = 6

const arena = { rows: 150, seatsPerRow: 60, sold: 0.5 }
const small = { rows: 40, seatsPerRow: 60 }

/** The round in which each of them has seats. */
function sellAtOnce(hall: SoldHall, seed: number): number[] {
  const { state, taken, random } = soldHall(hall, seed)
  const seeing = (seen: ReadonlySet<string>) => {
    const before = new Set(seen)
    return { ...state, isFree: (label: string) => !before.has(label) }
  }
  const wish = { number: PARTY, preventsOrphans: true }
  const first = seeing(taken)
  let buyers = Array.from({ length: BUYERS }, () => beginHunt(first, wish))
  const rounds: number[] = []
  for (let round = 1; buyers.length > 0; round += 1) {
    const now = seeing(taken)
    const wanted = buyers.map((hunt) => {
      const seen = chooseLooking(hunt, now.isFree, random)
      if (seen !== undefined) return { hunt, labels: seen }
      const anew = beginHunt(now, wish, hunt.lost)
      return { hunt: anew, labels: chooseLooking(anew, now.isFree, random) ?? [] }
    })
    buyers = wanted
      .toSorted(() => random() - 0.5)
      .flatMap(({ hunt, labels }) => {
        const lost = labels.filter((label) => taken.has(label))
        for (const label of lost) hunt.gone.add(label)
        if (lost.length > 0) hunt.lost += 1
        if (lost.length > 0) return [hunt]
        expect(labels).toHaveLength(PARTY)
        for (const label of labels) taken.add(label)
        rounds.push(round)
        return []
      })
  }
  return rounds
}

/** What others took in rounds before is seen when the rows are read; undefined where that was all. */
function chooseLooking(hunt: Hunt, isFree: (label: string) => boolean, random: () => number) {
  for (let look = 1; look <= LOOKS_MAX; look += 1) {
    const { labels } = chooseNext(hunt, { objectsMax: 1_000, random: random() }) ?? {}
    if (labels === undefined) return undefined
    const gone = labels.filter((label) => !isFree(label))
    if (gone.length === 0) return labels
    for (const label of gone) hunt.gone.add(label)
    hunt.missed += 1
  }
  return undefined
}

test.each([
  ['an arena that is half sold', arena, { seeds: [1, 2, 3], most: 3, all: 5 }],
  ['a hall that is half sold', { ...small, sold: 0.5 }, { seeds: [1], most: 4, all: 5 }],
  [
    'a hall where hardly four free seats are side by side',
    { ...small, sold: 0.85 },
    { seeds: [1], most: 5, all: 6 },
  ],
])(
  'of 64 buyers who want the same seats of %s at once, 95 in a hundred have some soon',
  (_, hall, { seeds, most, all }) => {
    const rounds = seeds.flatMap((seed) => sellAtOnce(hall, seed)).toSorted((a, b) => a - b)
    expect(rounds).toHaveLength(seeds.length * BUYERS)
    expect(rounds[Math.ceil(rounds.length * 0.95) - 1]).toBeLessThanOrEqual(most)
    expect(rounds.at(-1)).toBeLessThanOrEqual(all)
  },
)
