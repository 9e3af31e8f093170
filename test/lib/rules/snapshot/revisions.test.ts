import { describe, expect, test } from 'vitest'
import { instant } from '../../../../lib/clock.ts'
import { areasAfter, type AreaNow, type Hall } from '../../../../lib/rules/snapshot/hall.ts'
import {
  CHANGED_MAX,
  changedSince,
  withRevision,
  type Revision,
} from '../../../../lib/rules/snapshot/revisions.ts'
import { READ_AT } from '../../../support/any-hall.ts'

const at = (ms: number) => instant(READ_AT + ms)

describe('areas', () => {
  test('each channel is told what is left of its own, and no more than there is in all', () => {
    const pools = [
      { places: 5, booked: 5 },
      { places: 6, booked: 1, channel: 2 },
      { places: 4, booked: 0, channel: 0 },
    ]
    const byChannel = (more: number) => {
      const [first, ...others] = pools
      const given = [{ places: 5, booked: (first?.booked ?? 0) + more }, ...others]
      return area(given)?.freeByChannel.map(({ channel, free }) => [channel, free])
    }
    expect(byChannel(0)).toEqual([
      [2, 5],
      [0, 4],
    ])
    expect(byChannel(6)).toEqual([
      [2, 3],
      [0, 0],
    ])
  })

  const area = (pools: Hall['areas'][number]['pools'], held = 0): AreaNow | undefined => {
    const holds = held === 0 ? [] : [{ index: 0, until: at(9), ofPool: { pool: 0, places: held } }]
    const [found] = areasAfter({ areas: [{ index: 0, capacity: 10, pools }], holds }, 0)
    return found
  }

  test.each([
    [
      'nothing taken',
      [
        [6, 0, false],
        [4, 0, true],
      ],
      0,
      { free: 6, freeInChannels: 4 },
    ],
    [
      'booked and held',
      [
        [6, 2, false],
        [4, 3, true],
      ],
      1,
      { free: 3, freeInChannels: 1 },
    ],
    [
      'more taken in a channel than it has by now',
      [
        [6, 0, false],
        [0, 2, true],
      ],
      0,
      { free: 4, freeInChannels: 0 },
    ],
    [
      'more taken outside of channels',
      [
        [3, 5, false],
        [4, 0, true],
      ],
      0,
      { free: 0, freeInChannels: 2 },
    ],
    ['not for sale', [[0, 2, false]], 0, { free: 0, freeInChannels: 0 }],
  ] as const)('%s', (_, pools, held, expected) => {
    const given = pools.map(([places, booked, isOfChannel]) => {
      return { places, booked, ...(isOfChannel ? { channel: 0 } : {}) }
    })
    expect(area(given, held)).toMatchObject(expected)
  })
})

describe('revisions', () => {
  const revision = (number: number, changed: readonly number[]): Revision => {
    return { from: number - 1, number, changed }
  }

  test('what changed since an earlier one is what changed in all later ones', () => {
    const known = withRevision(withRevision([revision(1, [1])], revision(2, [5])), revision(3, [2]))
    expect(changedSince(known, { number: 1, newest: 3 })).toEqual(new Set([2, 5]))
    expect(changedSince(known, { number: 3, newest: 3 })).toEqual(new Set())
    expect(changedSince(known, { number: 7, newest: 3 })).toBeUndefined()
  })

  test('as many are remembered as there is room for, and the oldest goes first', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => index)
    const full = withRevision([revision(1, [1])], revision(2, many(CHANGED_MAX - 1)))
    expect(full).toHaveLength(2)
    expect(withRevision([revision(1, [1])], revision(2, many(CHANGED_MAX)))).toHaveLength(1)
    expect(withRevision(full, revision(3, many(CHANGED_MAX + 1)))).toEqual([])
    let all: readonly Revision[] = []
    for (const number of many(100)) all = withRevision(all, revision(number, [number]))
    expect([all.length, all[0]?.number]).toEqual([60, 99])
  })
})
