import { expect, test } from 'vitest'
import { areaShares } from '../../../../lib/rules/area/shares.ts'
import type { AreaSums, PoolTaken } from '../../../../lib/rules/area/sums.ts'
import { poolOf, type Pool } from '../../../../lib/venue/pools.ts'
import { readChart } from '../../../../lib/venue/read-chart.ts'
import { inventoryOf, offerOf, termsOf } from '../../../../lib/venue/terms.ts'
import { diceOf } from '../../../support/dice.ts'
import { drawArea, drawChart } from '../../../support/drawings.ts'

type Taken = Readonly<Record<string, PoolTaken>>

interface Case {
  readonly capacity: number
  readonly given: readonly [number, number]
  readonly off: number
  readonly taken: Taken
  /** Places that events of a season have. */
  readonly elsewhere?: number
}

/** What an area of so many places is told as: two channels have some, some are off sale, and some are taken. */
function sharesOf({ capacity, given, off, taken, elsewhere = 0 }: Case) {
  const chart = readChart(drawChart({ generalAdmissionAreas: [drawArea('Lawn', capacity)] }))
  const channels = given.map((places, at) => {
    const key = `k${at}`
    return { id: key, key, name: key, objects: [], areaPlaces: { Lawn: places } }
  })
  const saleRules = { isListForSale: false, objects: [], areaPlaces: { Lawn: off }, categories: [] }
  const terms = termsOf(inventoryOf(chart), {}, { channels, saleRules })
  const offer = offerOf(terms, 'Lawn')
  const area = offer?.object
  if (area?.kind !== 'generalAdmission') throw new Error('There is no area')
  const pools = new Map(
    Object.entries(taken).map(([key, it]): [Pool, PoolTaken] => {
      return [key === 'none' ? 'no-channel' : poolOf(key), it]
    }),
  )
  const sumOf = (what: keyof PoolTaken) =>
    [...pools.values()].reduce((all, it) => all + it[what], 0)
  const [booked, held] = [sumOf('booked'), sumOf('held')]
  const sums: AreaSums = { booked, held, elsewhere, pools, holds: [], lastTaken: 'booked' }
  const { isForSale, notForSale = 0 } = offer ?? { isForSale: false }
  return areaShares(terms, { area, isForSale, notForSale }, sums).map((share) => {
    return [share.channelKey ?? 'none', share.booked, share.held, share.forSale, share.offSale]
  })
}

const booked = (places: number) => ({ booked: places, held: 0 })

test.each([
  [
    'nothing taken',
    [10, [3, 2], 0, {}],
    [
      ['none', 0, 0, 5, 0],
      ['k0', 0, 0, 3, 0],
      ['k1', 0, 0, 2, 0],
    ],
  ],
  [
    'off sale: those of no channel first',
    [10, [3, 2], 6, {}],
    [
      ['none', 0, 0, 0, 5],
      ['k0', 0, 0, 2, 1],
      ['k1', 0, 0, 2, 0],
    ],
  ],
  [
    'what is taken stays where it was taken',
    [10, [3, 2], 0, { none: { booked: 2, held: 1 }, k1: booked(2) }],
    [
      ['none', 2, 1, 2, 0],
      ['k0', 0, 0, 3, 0],
      ['k1', 2, 0, 0, 0],
    ],
  ],
  [
    'sold before it went off sale: others have less',
    [10, [3, 2], 5, { none: booked(4) }],
    [
      ['none', 4, 0, 0, 1],
      ['k0', 0, 0, 0, 3],
      ['k1', 0, 0, 1, 1],
    ],
  ],
  [
    'a channel that sold more than it has: others have less',
    [10, [3, 2], 0, { k0: booked(5) }],
    [
      ['none', 0, 0, 3, 0],
      ['k0', 5, 0, 0, 0],
      ['k1', 0, 0, 2, 0],
    ],
  ],
  [
    'a channel that there is no more: of no channel',
    [10, [3, 2], 0, { gone: booked(2) }],
    [
      ['none', 2, 0, 3, 0],
      ['k0', 0, 0, 3, 0],
      ['k1', 0, 0, 2, 0],
    ],
  ],
  [
    'more taken than there is: nothing is left',
    [4, [1, 1], 0, { none: booked(6) }],
    [
      ['none', 6, 0, 0, 0],
      ['k0', 0, 0, 0, 0],
      ['k1', 0, 0, 0, 0],
    ],
  ],
] as const)('places are told apart: %s', (_, [capacity, given, off, taken], shares) => {
  expect(sharesOf({ capacity, given, off, taken })).toEqual(shares)
})

test('whatever is taken, counts add up to the capacity, and for sale is what may be taken', () => {
  const dice = diceOf(3)
  for (let time = 0; time < 500; time += 1) {
    const capacity = 1 + dice(20)
    const given = [dice(8), dice(8)] as const
    const off = dice(12)
    const some = () => ({ booked: dice(6), held: dice(3) })
    const taken = { none: some(), k0: some(), k1: some(), gone: some() }
    const elsewhere = dice(3)
    const shares = sharesOf({ capacity, given, off, taken, elsewhere })
    const sum = (...places: number[]) =>
      shares.reduce((all, share) => all + places.reduce((of, at) => of + Number(share[at]), 0), 0)
    const all = Object.values(taken).reduce((of, it) => of + it.booked + it.held, elsewhere)
    expect(shares.flat().filter((it) => Number(it) < 0)).toEqual([])
    expect(sum(1, 2)).toBe(all)
    expect(sum(1, 2, 3, 4)).toBe(Math.max(capacity, all))
    const withheld = Math.min(off, capacity)
    expect(sum(3)).toBe(Math.max(0, capacity - withheld - all))
  }
})
