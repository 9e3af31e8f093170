import { expect, test } from 'vitest'
import { instant } from '../../../lib/clock.ts'
import type { HistoryChange } from '../../../lib/inventory/decide.ts'
import { writeExtraData } from '../../../lib/inventory/extra-data.ts'
import type { SeatRow, SeatState } from '../../../lib/inventory/seat.ts'
import {
  historyItems,
  packText,
  PART_BYTES_MAX,
  readSeatItem,
  seatItem,
  unpackText,
} from '../../../lib/store/items.ts'

function entryOf(changes: readonly HistoryChange[]) {
  const event = { eventId: 'E', shards: 16 }
  const at = instant(1)
  return { event, operationId: '01', at, kind: 'book-held', origin: 'API', changes } as const
}

function change(index: number, extra?: string): HistoryChange {
  const extraData = extra === undefined ? {} : { extraData: writeExtraData({ extra, index }) }
  return { label: `A-${index}`, version: 2, from: 'held', to: 'booked', ...extraData }
}

test('a history entry writes once what its changes have in common', () => {
  const [item, ...more] = historyItems(entryOf([change(1), change(2)]))
  expect(more).toEqual([])
  expect(item?.['c']).toBe('[[{"from":"held","to":"booked"},"A-1",2,"A-2",2]]')
})

test('a history entry that is too large goes on in parts, none above 350 KB, none through a character', () => {
  const changes = Array.from({ length: 97 }, (_, index) => change(index, 'é🎭x'.repeat(1_000)))
  const items = historyItems(entryOf(changes))
  expect(items.length).toBeGreaterThan(1)
  const texts = items.map((item) => item['c'] as string)
  for (const text of texts) {
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(PART_BYTES_MAX)
    expect(text.isWellFormed()).toBe(true)
  }
  expect(JSON.parse(texts.join(''))).toHaveLength(97)
  expect(items[0]).toMatchObject({ parts: items.length, k: 'book-held', o: 'API' })
})

test('a compressed text goes into parts of 350 KB and comes back', () => {
  let seed = 7
  const noise = Array.from({ length: 1_000_000 }, () => {
    seed = (seed * 48_271) % 2_147_483_647
    return String.fromCharCode(32 + (seed % 90))
  }).join('')
  const parts = packText(noise)
  expect(parts.length).toBeGreaterThan(1)
  expect(parts.slice(0, -1).every(({ length }) => length === PART_BYTES_MAX)).toBe(true)
  expect(unpackText(parts)).toBe(noise)
})

const states: SeatState[] = [
  { status: 'free' },
  { status: 'held', holdToken: 'token', heldUntil: instant(5) },
  { status: 'held', holdToken: 'token', heldUntil: instant(5), extraData: writeExtraData({}) },
  { status: 'booked' },
  { status: 'booked', extraData: writeExtraData({ a: 1 }) },
]

test.each(states)('a row that is stored reads as it was: %j', (state) => {
  const row: SeatRow = { version: 3, state, changedAt: instant(4), operationId: '01' }
  expect(readSeatItem({ ...seatItem(row) })).toEqual(row)
})

test('an item without a version has no state yet', () => {
  expect(readSeatItem({ lk: '01LOCK' })).toBeUndefined()
  expect(readSeatItem(undefined)).toBeUndefined()
})
