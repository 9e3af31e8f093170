import { expect, test } from 'vitest'
import { instant } from '../../../../lib/clock.ts'
import type { HistoryChange, HistoryEntry } from '../../../../lib/rules/history.ts'
import { writeExtraData } from '../../../../lib/rules/extra-data.ts'
import type { SeatRow, SeatState } from '../../../../lib/rules/seat.ts'
import {
  historyItems,
  packText,
  readHistoryItems,
  PART_BYTES_MAX,
  readSeatItem,
  seatItem,
  unpackText,
} from '../../../../lib/store/table/items.ts'

function entryOf(changes: readonly HistoryChange[]): HistoryEntry {
  const event = { eventId: 'E', shards: 16 }
  const origin = { type: 'API', ip: '192.0.2.7' } as const
  return { event, operationId: '01', at: instant(1), kind: 'book-held', origin, start: 7, changes }
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

test('a history entry reads as it was written, its lines in their order, whatever they have in common', () => {
  const lines = [change(3), change(1, 'x'), change(2), { ...change(4), orderId: 'o-1' }]
  for (const entry of [entryOf(lines), { ...entryOf(lines), origin: { type: 'HOLD_EXPIRED' } }]) {
    const read = readHistoryItems(entry.event, historyItems(entry as HistoryEntry))
    expect(read).toEqual(entry)
  }
  const long = entryOf(Array.from({ length: 97 }, (_, index) => change(index, 'é'.repeat(3_000))))
  expect(historyItems(long).length).toBeGreaterThan(1)
  expect(readHistoryItems(long.event, historyItems(long))).toEqual(long)
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
  { status: 'free', orderId: 'o-1' },
  { status: 'resale', resaleListingId: 'l-1' },
  { status: 'booked', ticketType: 'adult', resaleListingId: 'l-1', returnsTo: 'resale' },
  { status: 'custom', name: 'held' },
  { status: 'custom', name: '=', returnsTo: 'resale' },
]

test.each(states)('a row that is stored reads as it was: %j', (state) => {
  const row: SeatRow = { version: 3, state, changedAt: instant(4), operationId: '01' }
  expect(readSeatItem({ ...seatItem(row) })).toEqual(row)
})

test('an item without a version has no state yet', () => {
  expect(readSeatItem({ lk: '01LOCK' })).toBeUndefined()
  expect(readSeatItem(undefined)).toBeUndefined()
})
