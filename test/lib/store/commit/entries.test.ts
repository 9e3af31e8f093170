import { expect, test } from 'vitest'
import { putEntries } from '../../../../lib/store/commit/entries.ts'
import { itemBytes } from '../../../../lib/store/table/item-bytes.ts'
import { holdParts } from '../../../../lib/store/table/items.ts'
import { commit } from '../../../../lib/store/commit/commit.ts'
import { itemSize } from '@holdfast/dynamodb/item-size'
import { toItem } from '../../../support/plain-marshal.ts'
import { openPlainHoldfast } from '../../../support/plain-holdfast.ts'
import { ITEM_BYTES_MAX } from '../../../../lib/limits/aws-limits.ts'

const key = { pk: 'T#one#token', sk: 'H#operation#event' }
const labels = Array.from({ length: 1_000 }, (_, at) => `${'席'.repeat(195)}-${at}`)
const entry = { ...key, e: 'event', sh: 1, t: 'token', l: labels, x: 1, ttl: 1 }

test('a hold entry of more labels than an item takes has parts, each of which one takes, with each label once', () => {
  const parts = holdParts(entry)
  expect(parts.map(({ sk }) => sk)).toEqual([key.sk, `${key.sk}#1`])
  expect(parts.every((part) => itemBytes(part) <= ITEM_BYTES_MAX)).toBe(true)
  expect(parts.flatMap(({ l }) => l)).toEqual(labels)
})

test('any other entry is one part, and stays as it is', () => {
  const history = { pk: 'L#event#0', sk: 'operation', c: 'x' }
  expect(holdParts(history)).toEqual([history])
  const small = { ...entry, l: labels.slice(0, 200) }
  expect(holdParts(small)).toEqual([small])
})

test('the entries of a commit that was made before entries had parts are put all the same', async () => {
  const { port, table } = await openPlainHoldfast()
  await putEntries(port, { entries: [entry], at: port.clock.now() }, 'not-applied')
  const stored = table.items().filter(({ pk }) => pk === key.pk) as { l: string[] }[]
  expect(stored.flatMap(({ l }) => l)).toEqual(labels)
})

test('an item is never counted smaller than the store counts it', () => {
  const item = { ...entry, n: 1.5, b: new Uint8Array(7), m: { deep: [true, null, 'ü'], s: '' } }
  expect(itemBytes(item)).toBeGreaterThanOrEqual(itemSize(toItem(item)))
  expect(itemBytes(item)).toBeLessThan(itemSize(toItem(item)) + 200)
})

test('a commit with an item that is too large is refused before it writes anything', async () => {
  const { port, wire } = await openPlainHoldfast()
  const event = { eventId: 'event', shards: 1 }
  const state = { status: 'custom', name: 'x'.repeat(500_000) } as const
  const after = { version: 1, state, changedAt: port.clock.now(), operationId: 'operation' }
  const guard = { version: undefined }
  const seat = {
    kind: 'seat',
    event,
    label: 'A-1',
    guard,
    before: { status: 'free' },
    after,
  } as const
  const writes = { operationId: 'operation', rows: [seat], checks: [], history: [], holds: [] }
  wire.sent = 0
  await expect(commit(port, { workspaceId: 'one', writes })).rejects.toThrow('larger than any')
  expect(wire.sent).toBe(0)
})
