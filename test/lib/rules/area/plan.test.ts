import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bookedIn, heldIn, roomIn, type BlockState } from '../../../../lib/rules/area/block.ts'
import {
  blocksFor,
  firstPlan,
  isCurrent,
  planAnew,
  type Planned,
} from '../../../../lib/rules/area/plan.ts'
import type { Pool, Quotas } from '../../../../lib/venue/pools.ts'
import { anyBlocks, anyQuotas, NOW } from '../../../support/any-area.ts'

const plan = { version: 3, quotas: { capacity: 0, pools: [] }, blocks: 5, isOver: false }

const placesIn = (blocks: readonly BlockState[], pool: Pool) =>
  total(blocks, (block) => block.pools.find((it) => it.pool === pool)?.places ?? 0)
const takenIn = (blocks: readonly BlockState[], pool?: Pool) =>
  total(blocks, (block) => bookedIn(block, pool) + heldIn(block, NOW, pool))
const total = (blocks: readonly BlockState[], count: (block: BlockState) => number) =>
  blocks.reduce((all, block) => all + count(block), 0)
const sold = ({ pools }: Quotas) => pools.filter(({ pool }) => pool !== 'withheld')

/** Plans anything anew, and looks at what came of it. */
function whenever(look: (planned: Planned, quotas: Quotas, before: BlockState[]) => void) {
  fc.assert(
    fc.property(anyQuotas, anyBlocks, (quotas, blocks) => {
      look(planAnew({ plan, blocks }, quotas, NOW), quotas, blocks)
    }),
  )
}

describe('an area that is planned anew', () => {
  test('has in each pool what the quotas give it, all blocks together, and less only where more is taken than that', () => {
    whenever(({ plan: { isOver }, blocks }, quotas) => {
      for (const { pool, places } of sold(quotas)) {
        const found = placesIn(blocks, pool)
        expect(found).toBeLessThanOrEqual(places)
        if (!isOver) expect(found).toBe(places)
      }
    })
  })

  test('is over where more is taken than a quota, and nowhere else', () => {
    whenever(({ plan: { isOver }, blocks }, quotas) => {
      const pools = sold(quotas)
      expect(isOver).toBe(pools.some(({ pool, places }) => takenIn(blocks, pool) > places))
    })
  })

  test('keeps what is taken in its block, and what was taken in a pool that is gone as taken in that of no channel', () => {
    whenever(({ blocks }, quotas, before) => {
      const pools = new Set(sold(quotas).map(({ pool }) => pool))
      for (const [index, former] of before.entries()) {
        const block = blocks[index]
        if (block === undefined) throw new Error('a block is gone')
        expect(takenIn([block])).toBe(takenIn([former]))
        for (const pool of pools) {
          if (pool === 'no-channel') continue
          expect(takenIn([block], pool)).toBe(takenIn([former], pool))
        }
      }
    })
  })

  test('has no block with more room than its places, and none with less than what is taken where no pool is over', () => {
    whenever(({ plan: { isOver }, blocks }) => {
      for (const block of blocks) {
        for (const { pool, places } of block.pools) {
          const taken = takenIn([block], pool)
          expect(taken + roomIn(block, NOW, pool)).toBe(Math.max(taken, places))
          if (!isOver) expect(taken).toBeLessThanOrEqual(places)
        }
      }
    })
  })

  test('never sells more than its capacity less what is withheld, also where a pool is over', () => {
    whenever(({ blocks }, quotas) => {
      const forSale = sold(quotas).reduce((all, it) => all + it.places, 0)
      const rooms = sold(quotas).map(({ pool }) => total(blocks, (it) => roomIn(it, NOW, pool)))
      const room = rooms.reduce((all, it) => all + it, 0)
      expect(room).toBe(Math.min(room, Math.max(0, forSale - takenIn(blocks))))
    })
  })

  test('spreads what is free so that of two blocks none has two places more than the other', () => {
    whenever(({ plan: { isOver }, blocks }, quotas) => {
      if (isOver) return
      const rooms = blocks.map((block) =>
        sold(quotas).reduce((all, { pool }) => all + roomIn(block, NOW, pool), 0),
      )
      expect(Math.max(...rooms) - Math.min(...rooms)).toBeLessThanOrEqual(1)
    })
  })

  test('has as many blocks as its capacity asks for, and never fewer than it had', () => {
    whenever(({ plan: { blocks: count }, blocks }, { capacity }, before) => {
      expect(count).toBe(Math.max(blocksFor(capacity), before.length))
      expect(blocks).toHaveLength(count)
      expect(blocks.every((block) => block.plan === plan.version + 1)).toBe(true)
    })
  })

  test('is cured by the next planning once no more is taken than the quotas give', () => {
    whenever((planned, quotas) => {
      const blocks = planned.blocks.map((block) => ({
        ...block,
        pools: block.pools.map((pool) => ({ ...pool, booked: 0 })),
        holds: [],
      }))
      const again = planAnew({ plan: planned.plan, blocks }, quotas, NOW)
      expect(again.plan).toMatchObject({ version: 5, isOver: false })
      expect(isCurrent(again.plan, quotas)).toBe(true)
    })
  })
})

test('an area has a block for 50 places, one at least and 64 at most', () => {
  const counts = [0, 1, 50, 51, 3_150, 3_151, 3_200, 3_201, 100_000].map(blocksFor)
  expect(counts).toEqual([1, 1, 1, 2, 63, 64, 64, 64, 64])
})

test('a plan holds for the division that it was made for, unless it is over', () => {
  const quotas = { capacity: 9, pools: [{ pool: 'no-channel' as const, places: 9 }] }
  expect(isCurrent(firstPlan(9), quotas)).toBe(true)
  expect(isCurrent(firstPlan(8), quotas)).toBe(false)
  expect(isCurrent({ ...firstPlan(9), isOver: true }, quotas)).toBe(false)
})
