import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { encodeTime } from 'ulid'
import { expect, test } from 'vitest'
import {
  LINE_NUMBERS,
  type HistoryChange,
  type HistoryEntry,
} from '../../../../lib/rules/history.ts'
import { writeExtraData } from '../../../../lib/rules/extra-data.ts'
import { historyItems } from '../../../../lib/store/table/items.ts'
import { readLog, type LogRange } from '../../../../lib/store/seats/read-history.ts'
import { keys } from '../../../../lib/store/table/table.ts'
import { addSeconds, instant, type Instant } from '../../../../lib/clock.ts'
import { openHoldfast, type Holdfast } from '../../../support/holdfast.ts'
import { commit } from '../../../../lib/store/commit/commit.ts'

const event = { eventId: 'E1', shards: 16 }
const start = instant(Date.UTC(2027, 4, 14, 18))

function entryOf(at: Instant, suffix: number, changes: readonly HistoryChange[]): HistoryEntry {
  const operationId = `${encodeTime(at, 10)}${String(suffix).padStart(16, '0')}`
  return { event, operationId, at, kind: 'set-booked', origin: { type: 'API' }, start: 7, changes }
}

function booked(label: string, extra: Partial<HistoryChange> = {}): HistoryChange {
  return { label, version: 1, from: 'free', to: 'booked', ...extra }
}

async function put({ port }: Holdfast, entries: readonly HistoryEntry[]): Promise<void> {
  const items = entries.flatMap((entry) =>
    historyItems(entry).map((item, part) => ({
      ...keys.history(event, entry.operationId, part),
      ...item,
    })),
  )
  for (const Item of items) {
    await port.writer.send(new PutCommand({ TableName: port.tableName, Item }))
  }
}

async function read({ port }: Holdfast, range: LogRange): Promise<string[][]> {
  const groups: string[][] = []
  for await (const lines of readLog(port, event, range)) {
    groups.push(lines.map(({ change }) => change.label))
  }
  return groups
}

const both = ['newest-first', 'oldest-first'] as const

test.each(both)(
  'lines of one millisecond come together, %s, wherever they are stored',
  async (direction) => {
    const holdfast = await openHoldfast()
    const moments = Array.from({ length: 5 }, (_, second) => addSeconds(start, second))
    const entries = moments.flatMap((at, moment) =>
      Array.from({ length: 6 }, (_, place) =>
        entryOf(at, 10 * moment + place, [booked(`${moment}-${place}`)]),
      ),
    )
    expect(
      new Set(entries.map(({ operationId }) => keys.history(event, operationId, 0).pk)).size,
    ).toBeGreaterThan(5)
    await put(holdfast, entries)
    const groups = await read(holdfast, { direction })
    const expected = moments.map((_, moment) =>
      Array.from({ length: 6 }, (_, place) => `${moment}-${place}`),
    )
    const ordered = direction === 'oldest-first' ? expected : expected.toReversed()
    expect(groups.map((group) => group.toSorted())).toEqual(ordered)
  },
)

test('places of an area that one change took from several blocks are one line, and those of the next change another', async () => {
  const holdfast = await openHoldfast()
  const places = (block: number, quantity: number, more: Partial<HistoryChange> = {}) =>
    booked('Lawn', { block, quantity, ...more })
  const changes = [
    booked('A-1'),
    places(3, 5),
    places(4, 2, { continues: true }),
    places(0, 1, { continues: true }),
    places(3, 4, { version: 2 }),
    booked('A-2'),
  ]
  await put(holdfast, [entryOf(start, 1, changes)])
  for (const direction of both) {
    const lines: (readonly [string, number | undefined, number])[] = []
    for await (const group of readLog(holdfast.port, event, { direction })) {
      const first = group[0]?.number ?? 0
      for (const { number, change } of group) {
        lines.push([change.label, change.quantity, Math.abs(number - first)])
      }
    }
    const expected = [
      ['A-1', undefined],
      ['Lawn', 8],
      ['Lawn', 4],
      ['A-2', undefined],
    ]
    const told = lines.map(([label, quantity]) => [label, quantity])
    expect(told).toEqual(direction === 'oldest-first' ? expected : expected.toReversed())
    expect(new Set(lines.map(([, , number]) => number)).size).toBe(4)
  }
})

test.each(both)(
  'an entry of more than ten parts is one operation, its lines in their order, %s',
  async (direction) => {
    const holdfast = await openHoldfast()
    const changes = Array.from({ length: 1_000 }, (_, place) =>
      booked(`A-${place}`, { extraData: writeExtraData({ place, text: 'é'.repeat(1_900) }) }),
    )
    const large = entryOf(start, 1, changes)
    expect(historyItems(large).length).toBeGreaterThan(10)
    const before = entryOf(addSeconds(start, -1), 2, [booked('before')])
    const after = entryOf(addSeconds(start, 1), 3, [booked('after')])
    await put(holdfast, [before, large, after])
    const groups = await read(holdfast, { direction })
    const labels = changes.map(({ label }) => label)
    const expected = [['before'], labels, ['after']]
    expect(groups).toEqual(
      direction === 'oldest-first' ? expected : expected.map((it) => it.toReversed()).toReversed(),
    )
  },
)

test('numbers rise with time and within an operation, below 2^53 for three decades', async () => {
  const holdfast = await openHoldfast()
  const moments = [start, instant(start + 1), instant(Date.UTC(2058, 0, 1))]
  const entries = moments.map((at, place) => entryOf(at, place, [booked('A-1'), booked('A-2')]))
  await put(holdfast, entries)
  const numbers: number[] = []
  for await (const lines of readLog(holdfast.port, event, { direction: 'oldest-first' })) {
    numbers.push(...lines.map(({ number }) => number))
  }
  expect(numbers).toHaveLength(6)
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
  expect(new Set(numbers).size).toBe(6)
  expect(numbers.every(Number.isSafeInteger)).toBe(true)
})

test('numbers of one millisecond stay within it, however many of its operations meet at its end', async () => {
  const holdfast = await openHoldfast()
  const changes = ['A-1', 'A-2', 'A-3'].map((label) => booked(label))
  const entries = [0, 1, 2, 3].map((suffix) => entryOf(start, suffix, changes))
  await put(
    holdfast,
    entries.map((entry) => ({ ...entry, start: LINE_NUMBERS - 4 })),
  )
  const numbers: number[] = []
  for await (const group of readLog(holdfast.port, event, { direction: 'oldest-first' })) {
    numbers.push(...group.map(({ number }) => number))
  }
  const first = (start - Date.UTC(2025, 0, 1)) * LINE_NUMBERS
  expect(new Set(numbers).size).toBe(12)
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(first)
  expect(Math.max(...numbers)).toBeLessThan(first + LINE_NUMBERS)
})

test('reading begins at the millisecond of a number, whether there is such a line or not', async () => {
  const holdfast = await openHoldfast()
  const moments = Array.from({ length: 4 }, (_, place) => instant(start + 10 * place))
  await put(
    holdfast,
    moments.map((at, place) => entryOf(at, place, [booked(String(place))])),
  )
  const numberAt = (at: number) => (at - Date.UTC(2025, 0, 1)) * 8_192 + 4_000
  const from = async (direction: LogRange['direction'], at: number) =>
    (await read(holdfast, { direction, from: numberAt(at) })).flat().join('')
  expect(await from('newest-first', start + 20)).toBe('210')
  expect(await from('newest-first', start + 19)).toBe('10')
  expect(await from('oldest-first', start + 10)).toBe('123')
  expect(await from('oldest-first', start + 11)).toBe('23')
  expect(await from('newest-first', Date.UTC(2024, 0, 1))).toBe('')
  expect(await from('oldest-first', Date.UTC(2024, 0, 1))).toBe('0123')
  expect(await from('newest-first', 2 ** 47)).toBe('3210')
  expect(await from('oldest-first', 2 ** 47)).toBe('')
})

test('the newest lines of a long log cost a few entries of each partition, wherever reading begins', async () => {
  const holdfast = await openHoldfast()
  const { port, runtime, calls } = holdfast
  const entries = Array.from({ length: 3_000 }, (_, place) =>
    entryOf(instant(start + place), place, [booked(`A-${place}`), booked(`B-${place}`)]),
  )
  for (let from = 0; from < entries.length; from += 100) {
    const history = entries.slice(from, from + 100)
    const writes = { operationId: `op-${from}`, rows: [], checks: [], history, holds: [] }
    await commit(runtime.store, { workspaceId: 'one', writes })
  }
  const middle = (start + 1_500 - Date.UTC(2025, 0, 1)) * 8_192
  for (const range of [
    { direction: 'newest-first' },
    { direction: 'oldest-first' },
    { direction: 'newest-first', from: middle },
    { direction: 'oldest-first', from: middle },
  ] as const) {
    calls.clear()
    let lines = 0
    for await (const group of readLog(port, event, range)) {
      lines += group.length
      if (lines >= 20) break
    }
    expect(lines).toBe(20)
    const asked = calls.all.reduce((sum, { input }) => sum + Number(input['Limit']), 0)
    expect(calls.all.length).toBeLessThanOrEqual(18)
    expect(asked).toBeLessThanOrEqual(16 * 8 + 2 * 16)
  }
})

test('a log that is empty ends after one look at each partition', async () => {
  const holdfast = await openHoldfast()
  expect(await read(holdfast, { direction: 'newest-first' })).toEqual([])
  expect(holdfast.calls.count().reads).toBe(16)
})
