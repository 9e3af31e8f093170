import { describe, expect, test } from 'vitest'
import { instant } from '../../../../lib/clock.ts'
import { HOLDS_MAX, HOLDS_WANTED_MAX, type BlockState } from '../../../../lib/rules/area/block.ts'
import { split, type Wanted } from '../../../../lib/rules/area/split.ts'

const now = instant(1_000)

/** A block of so many places, with holds of one place each. */
function block(places: number, { booked = 0, holds = 0, until = now + 1 } = {}): BlockState {
  return {
    plan: 0,
    pools: [{ pool: 'no-channel', places, booked }],
    holds: Array.from({ length: holds }, (_, index) => {
      const holdToken = `token-${index}`
      return { holdToken, pool: 'no-channel', places: 1, until: instant(until) } as const
    }),
  }
}

const hold: Wanted = {
  now,
  move: { from: 'free', to: 'mine' },
  pools: ['no-channel'],
  places: 4,
  home: 1,
}
const book: Wanted = { ...hold, move: { from: 'free', to: 'booked' } }

/** The blocks that a request takes places from, with how many of each. */
function takenBy(blocks: readonly BlockState[], wanted: Wanted): unknown {
  const found = split(new Map(blocks.entries()), wanted, 'all-read')
  if (found.status !== 'found') return found
  return Object.fromEntries(
    found.shares.map((share) => [
      share.block,
      share.takes.reduce((all, { places }) => all + places, 0),
    ]),
  )
}

describe('a request is served', () => {
  test('by its own block where that has enough, else by the next that has all of it', () => {
    expect(takenBy([block(9), block(9), block(9)], book)).toEqual({ 1: 4 })
    expect(takenBy([block(9), block(3), block(9)], book)).toEqual({ 2: 4 })
    expect(takenBy([block(9), block(3), block(3)], book)).toEqual({ 0: 4 })
  })

  test('by as few blocks as can be where none has all of it, those with most first', () => {
    expect(takenBy([block(1), block(2), block(3)], book)).toEqual({ 2: 3, 1: 1 })
    expect(takenBy([block(1), block(1), block(1)], book)).toEqual({ status: 'short', left: 3 })
  })

  test('with everything that there is where it names no number', () => {
    const all = { ...book, places: undefined }
    expect(takenBy([block(1), block(2)], all)).toEqual({ 0: 1, 1: 2 })
    expect(takenBy([block(0), block(0)], all)).toEqual({ status: 'short', left: 0 })
  })
})

describe('a block with many live holds', () => {
  const crowded = (holds: number, until?: number) =>
    block(1_000, { holds, ...(until === undefined ? {} : { until }) })

  test(`takes no further token from ${HOLDS_WANTED_MAX} on while another has room`, () => {
    expect(takenBy([block(9), crowded(HOLDS_WANTED_MAX - 1)], hold)).toEqual({ 1: 4 })
    expect(takenBy([block(9), crowded(HOLDS_WANTED_MAX)], hold)).toEqual({ 0: 4 })
    expect(takenBy([block(3), crowded(HOLDS_WANTED_MAX)], hold)).toEqual({ 0: 3, 1: 1 })
  })

  test(`takes none at all from ${HOLDS_MAX} on`, () => {
    expect(takenBy([block(3), crowded(HOLDS_MAX - 1)], hold)).toEqual({ 0: 3, 1: 1 })
    expect(takenBy([block(3), crowded(HOLDS_MAX)], hold)).toEqual({ status: 'short', left: 3 })
  })

  test('takes none once they have so many bytes that the item could not be locked', () => {
    const long = crowded(250)
    const ticketType = '\u20ac'.repeat(255)
    const holds = long.holds.map((hold) => ({ ...hold, ticketType }))
    expect(takenBy([block(3), { ...long, holds: holds.slice(0, 150) }], hold)).toEqual({
      0: 3,
      1: 1,
    })
    expect(takenBy([block(3), { ...long, holds }], hold)).toEqual({ status: 'short', left: 3 })
  })

  test('takes them as ever once those are over, and sells what is not held first', () => {
    expect(takenBy([block(9), crowded(HOLDS_MAX, now)], hold)).toEqual({ 1: 4 })
    expect(takenBy([block(9), crowded(HOLDS_MAX)], book)).toEqual({ 1: 4 })
  })
})

test('a request that has seen one block of several is served by that or must see the others', () => {
  const quotas = { capacity: 18, pools: [{ pool: 'no-channel' as const, places: 18 }] }
  const own = (has: number) => split(new Map([[1, block(has)]]), book, quotas).status
  expect([own(4), own(3)]).toEqual(['found', 'unread'])
  expect(split(new Map([[0, block(9)]]), book, quotas).status).toBe('unread')
})
