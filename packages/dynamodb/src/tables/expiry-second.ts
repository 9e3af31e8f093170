import type { Item, Table } from '../types.ts'

/** The second at which TTL may delete an item, if the table's TTL is enabled and the item has one. */
export function expirySecond(table: Table, item: Item): number | undefined {
  if (table.ttl?.enabled !== true) return undefined
  const text = item[table.ttl.attribute]?.N
  if (text === undefined) return undefined
  const second = Math.floor(Number(text))
  return Number.isSafeInteger(second) && second >= 0 ? second : undefined
}
