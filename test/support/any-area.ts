import * as fc from 'fast-check'
import { instant } from '../../lib/clock.ts'
import type { BlockState } from '../../lib/rules/area/block.ts'
import { poolOf, type Pool, type Quotas } from '../../lib/venue/pools.ts'

/** The moment at which areas are looked at: of their holds some are over then. */
export const NOW = instant(1_000_000)

const channels = ['a', 'b', 'c'].map(poolOf)

/** Places of an area in pools: any, also in channels that other quotas do not have. */
export const anyQuotas: fc.Arbitrary<Quotas> = fc
  .record({
    none: fc.nat(120),
    channels: fc.uniqueArray(fc.constantFrom(...channels)),
    places: fc.array(fc.nat(40), { minLength: 3, maxLength: 3 }),
    withheld: fc.nat(30),
  })
  .map(({ none, channels: opened, places, withheld }) => {
    const pools = [
      { pool: 'no-channel' as Pool, places: none },
      ...opened.map((pool, index) => ({ pool, places: places[index] ?? 0 })),
      ...(withheld === 0 ? [] : [{ pool: 'withheld' as const, places: withheld }]),
    ]
    return { capacity: pools.reduce((all, it) => all + it.places, 0), pools }
  })

const anyHold = fc
  .record({
    holdToken: fc.constantFrom('ada', 'bob', 'eve'),
    ticketType: fc.constantFrom(undefined, 'child'),
    pool: fc.constantFrom<Pool>('no-channel', ...channels),
    places: fc.integer({ min: 1, max: 9 }),
    until: fc.integer({ min: -3, max: 3 }).map((ms) => instant(NOW + ms)),
  })
  .map(({ ticketType, ...hold }) => (ticketType === undefined ? hold : { ...hold, ticketType }))

/** Blocks in which anything may be taken, by whatever plan. */
export const anyBlocks: fc.Arbitrary<BlockState[]> = fc.array(
  fc
    .record({
      booked: fc.array(fc.nat(20), { minLength: 4, maxLength: 4 }),
      holds: fc.array(anyHold, { maxLength: 4 }),
    })
    .map(({ booked, holds }) => {
      const pools = (['no-channel', ...channels] as const).map((pool, index) => {
        return { pool, places: 0, booked: booked[index] ?? 0 }
      })
      return { plan: 3, pools, holds }
    }),
  { maxLength: 5 },
)
