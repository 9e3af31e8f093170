import { expect, test } from 'vitest'
import type { Instant } from '../../../../lib/clock.ts'
import type { BlockChange, BlockHold, BlockRow } from '../../../../lib/rules/area/block.ts'
import { areaSums, areaWord } from '../../../../lib/rules/area/sums.ts'
import { writeExtraData } from '../../../../lib/rules/extra-data.ts'

const at = (second: number) => (1_000 * second) as Instant

const block = (booked: number, more: Partial<BlockRow> = {}): BlockRow => ({
  ...{ version: 1, changedAt: at(0), operationId: 'OP', plan: 0, holds: [] },
  pools: [{ pool: 'no-channel', places: 50, booked }],
  ...more,
})

const change = (second: number, more: Partial<BlockChange> = {}): BlockChange => ({
  ...{ version: 1, at: at(second), places: 1, from: 'free', to: 'booked' },
  ...more,
})

const hold = (places: number, until: number, more: Partial<BlockHold> = {}): BlockHold => ({
  ...{ holdToken: 'ada', pool: 'no-channel', places, until: at(until) },
  ...more,
})

test('blocks add up: what is booked in any pool, and what is held at that moment', () => {
  const pools = [
    { pool: 'no-channel' as const, places: 20, booked: 3 },
    { pool: '#chn_1' as const, places: 30, booked: 2 },
  ]
  const rows = [
    block(0, { pools, holds: [hold(2, 60), hold(1, 9)] }),
    block(4, { holds: [hold(5, 60, { pool: '#chn_1' }), hold(1, 60, { ticketType: 'child' })] }),
  ]
  const sums = areaSums(rows, at(10))
  expect(sums).toMatchObject({ booked: 9, held: 8 })
  expect(sums.holds).toEqual([
    { holdToken: 'ada', places: 7, until: at(60) },
    { holdToken: 'ada', ticketType: 'child', places: 1, until: at(60) },
  ])
  // A hold ends at the millisecond of its deadline.
  expect(areaSums(rows, at(60)).held).toBe(0)
  expect(areaSums(rows, (at(9) - 1) as Instant).held).toBe(9)
  expect(areaSums([], at(0))).toMatchObject({ booked: 0, held: 0, holds: [] })
})

test('order id, extra data and status are those of the last change, in whichever block', () => {
  const extraData = writeExtraData({ last: true })
  const rows = [
    block(1, {
      last: change(5, { orderId: 'o-5', to: '=vip' }),
      extraData: writeExtraData({}),
      extraDataAt: at(1),
    }),
    block(1, { last: change(6, { from: 'booked', to: 'free' }), extraData, extraDataAt: at(2) }),
    block(1, { last: change(4, { orderId: 'o-4', to: 'held' }) }),
  ]
  const sums = areaSums(rows, at(10))
  expect(sums).toMatchObject({ lastTaken: '=vip', extraData })
  expect(sums).not.toHaveProperty('orderId')
  expect(areaSums(rows.slice(0, 1), at(10)).orderId).toBe('o-5')
  // What was taken away last is gone, whatever other blocks have.
  const away = areaSums([...rows, block(0, { extraDataAt: at(3) })], at(10))
  expect(away).not.toHaveProperty('extraData')
})

test('of two changes of one millisecond the operation that came later is the last', () => {
  const rows = ['OP-2', 'OP-1'].map((operationId) => {
    return block(1, { operationId, last: change(5, { orderId: operationId }) })
  })
  expect([areaSums(rows, at(9)).orderId, areaSums(rows.toReversed(), at(9)).orderId]).toEqual([
    'OP-2',
    'OP-2',
  ])
})

test('an area is free while any place is', () => {
  const sums = areaSums([block(3, { last: change(1, { to: 'held' }) })], at(0))
  expect([areaWord(sums, 4), areaWord(sums, 3), areaWord(sums, 2)]).toEqual([
    'free',
    'held',
    'held',
  ])
})
