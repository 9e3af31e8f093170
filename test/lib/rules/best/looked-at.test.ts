import { expect, test } from 'vitest'
import { chooseAmong, chooseBest } from '../../../../lib/rules/best/choose.ts'
import { diceOf } from '../../../support/dice.ts'
import { halfSoldArena } from '../../../support/sold-arena.ts'
import { inSight, smallHall, smallWish } from '../../../support/small-hall.ts'

// What a choice costs is how many seats it looks at: those that cannot be better than what was found are left alone.

const HALLS = 500

test('of a half-sold arena four seats are chosen by looking at one seat in ten, and the fiftieth best by looking at four', () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const { state, seats } = halfSoldArena(seed)
    for (const [place, shareMax] of [
      [0, 0.1],
      [49, 0.4],
    ] as const) {
      const looked = new Set<number>()
      const isFree = (label: string, at: number) => {
        looked.add(at)
        return state.isFree(label)
      }
      const wish = { number: 4, preventsOrphans: true }
      const pick = () => place
      const choice = chooseBest({ ...state, isFree }, wish, { objectsMax: 1_000, pick })
      expect(choice?.isNextToEachOther).toBe(true)
      expect(looked.size).toBeLessThan(seats * shareMax)
    }
  }
})

test('whichever of the best is taken, it is the same as if every row had been looked at', () => {
  const dice = diceOf(7)
  for (let hall = 0; hall < HALLS; hall += 1) {
    const seen = inSight(smallHall(dice))
    const everything = { ...seen, rows: { ...seen.rows, nearest: () => 0 } }
    const wish = smallWish(dice)
    const place = dice(4)
    const pick = (solutions: number) => Math.min(place, solutions - 1)
    const how = { objectsMax: 1_000, pick }
    expect(chooseAmong(seen, wish, how)).toEqual(chooseAmong(everything, wish, how))
  }
})
