import { expect, test } from 'vitest'
import { chooseAmong } from '../../../../lib/rules/best/choose.ts'
import { diceOf } from '../../../support/dice.ts'
import { bestByTrying, inSight, smallHall, smallWish } from '../../../support/small-hall.ts'

const HALLS = 2_000

test('what is chosen in small halls is what looking at every set of seats finds', () => {
  const dice = diceOf(20_261)
  const outcomes = new Set<string>()
  for (let hall = 0; hall < HALLS; hall += 1) {
    const candidates = smallHall(dice)
    const wish = smallWish(dice)
    const chosen = chooseAmong(inSight(candidates), wish, { objectsMax: 1_000 })
    const expected = bestByTrying(candidates, wish)
    const seen = JSON.stringify({ candidates, wish, chosen, expected })
    if (chosen === undefined || expected === undefined) {
      expect(chosen, seen).toBe(expected)
      continue
    }
    expect(expected.worthOf(chosen.labels), seen).toEqual(expected.worth)
    // Of equally good choices the first in the chart: a ring has no first seat where people sit apart.
    const isApart = chosen.isNextToEachOther === false
    const hasRing = candidates.rows.some(({ isRing }) => isRing)
    if (!isApart || !hasRing) expect(chosen.labels, seen).toEqual(expected.labels)
    const [step = 0] = expected.worth ?? []
    expect(chosen.isNextToEachOther, seen).toBe([true, true, false, false][step - 1])
    outcomes.add(String(step))
  }
  expect([...outcomes].toSorted().join('')).toBe('123456')
})
