import type { AttributeValue, Item } from '../types.ts'
import { numberSize } from '../expressions/numbers.ts'

/** The largest item: 400 KB with its attribute names. */
export const itemSizeMax = 400 * 1024

/** Bytes of an item as DynamoDB counts them: names and values in UTF-8, numbers packed. */
export function itemSize(item: Item): number {
  let size = 0
  for (const [name, value] of Object.entries(item)) {
    size += Buffer.byteLength(name) + valueSize(value)
  }
  return size
}

/** Bytes of one value. */
export function valueSize(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S)
  if (value.N !== undefined) return numberSize(value.N)
  if (value.B !== undefined) return binarySize(value.B)
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1
  if (value.SS !== undefined) return total(value.SS, (text) => Buffer.byteLength(text))
  if (value.NS !== undefined) return total(value.NS, numberSize)
  if (value.BS !== undefined) return total(value.BS, binarySize)
  if (value.L !== undefined) return 3 + total(value.L, (entry) => 1 + valueSize(entry))
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemSize(value.M)
  return 0
}

function binarySize(text: string): number {
  return Buffer.byteLength(text, 'base64')
}

function total<Entry>(entries: readonly Entry[], size: (entry: Entry) => number): number {
  return entries.reduce((sum, entry) => sum + size(entry), 0)
}
