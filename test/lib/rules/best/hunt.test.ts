import { expect, test } from 'vitest'
import { beginHunt, chooseNext, type Hunt } from '../../../../lib/rules/best/hunt.ts'
import { readChart } from '../../../../lib/venue/read-chart.ts'
import { inventoryOf, termsOf } from '../../../../lib/venue/terms.ts'
import { diceOf } from '../../../support/dice.ts'
import { drawChart, drawRow, drawSeats } from '../../../support/drawings.ts'

// Buyers who want the same at the same moment, round by round: all choose, and then each commits in turn, as a table that takes one
// write of a seat and refuses the others would have it.

const BUYERS = 64
const PARTY = 4

/** As many seats as the arena has, in front of one point, half of them sold. */
function halfSoldHall(random: () => number) {
  const rows = Array.from({ length: 150 }, (_, row) =>
    drawRow(`R${row}`, drawSeats(60, { y: row * 30 })),
  )
  const chart = readChart(drawChart({ focalPoint: { x: 630, y: 0 }, rows }))
  const taken = new Set(chart.objects.flatMap(({ label }) => (random() < 0.5 ? [label] : [])))
  return { terms: termsOf(inventoryOf(chart), {}, {}), taken }
}

/** The round in which each of them has seats. */
function sellAtOnce(seed: number): number[] {
  const dice = diceOf(seed)
  const random = () => dice(1_000_000) / 1_000_000
  const { terms, taken } = halfSoldHall(random)
  const before = new Set(taken)
  const state = { terms, isFree: (label: string) => !before.has(label), roomIn: () => 0 }
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
  }
}

test('of 64 buyers who want the same seats at once, 95 in a hundred have some within three rounds, and all within five', () => {
  const rounds = [1, 2, 3].flatMap(sellAtOnce).toSorted((a, b) => a - b)
  expect(rounds).toHaveLength(3 * BUYERS)
  expect(rounds[Math.ceil(rounds.length * 0.95) - 1]).toBeLessThanOrEqual(3)
  expect(rounds.at(-1)).toBeLessThanOrEqual(5)
})
