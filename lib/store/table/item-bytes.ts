import { chunksOf, type ChunkLimits } from '../../chunks.ts'
import { assert } from '../../faults.ts'
import type { Item } from './items.ts'
import type { TransactItem } from './transact.ts'
import { ITEM_BYTES_MAX, TRANSACTION_BYTES_MAX } from '../../limits/aws-limits.ts'

/** What a number may take: DynamoDB packs two digits into a byte. */
const NUMBER_BYTES_MAX = 21

/** Bytes that an item takes, as DynamoDB counts them: names and texts in UTF-8; numbers as the longest. */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value),
    0,
  )
}

/** Bytes that a value takes. */
export function valueBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (typeof value === 'number') return NUMBER_BYTES_MAX
  if (value instanceof Uint8Array) return value.length
  if (Array.isArray(value)) {
    return value.reduce((sum: number, child: unknown) => sum + 1 + valueBytes(child), 3)
  }
  if (typeof value !== 'object' || value === null) return 1
  return 3 + Object.keys(value).length + itemBytes(value)
}

/** Bytes that go with each item of a request, more than any needs. */
const SPARE_BYTES = 512

/** Whether one transaction takes items together. */
export function fitsTransaction(items: readonly TransactItem[]): boolean {
  const bytes = items.reduce((sum, { Put }) => sum + SPARE_BYTES + itemBytes(Put?.Item ?? {}), 0)
  return bytes <= TRANSACTION_BYTES_MAX
}

/** Cuts what is to be sent into requests, in its order: so many in each, and no more bytes than a transaction takes. */
export function requestsOf<Sent>(
  all: readonly Sent[],
  { countMax, bytesOf }: Pick<ChunkLimits<Sent>, 'countMax' | 'bytesOf'>,
): Sent[][] {
  const withSpare = (one: Sent) => SPARE_BYTES + bytesOf(one)
  return chunksOf(all, { countMax, bytesMax: TRANSACTION_BYTES_MAX, bytesOf: withSpare })
}

/** Asserts that each item can be stored: after the commit point it is too late to find out. */
export function assertStorable(items: readonly Item[]): void {
  for (const item of items) {
    assert(itemBytes(item) <= ITEM_BYTES_MAX, 'an item is larger than any that the store takes')
  }
}
