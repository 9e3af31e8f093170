import dynalite from 'dynalite/db/index.js'
import type { AttributeType, Item, TableDescription } from '../types.ts'

/** Sorts after every character a key can hold. */
export const last = '~'

/** Every key of the one LevelDB, by what it holds. */
export const keyOf = {
  table: (name: string) => `table/${name}`,
  stream: (arn: string) => `stream/${arn}`,
  sequence: 'sequence',
  items: (table: TableDescription) => `item/${table.TableId}/`,
  expiries: (table: TableDescription) => `expiry/${table.TableId}/`,
  records: (streamLabel: string, tableName: string) => `record/${tableName}/${streamLabel}/`,
  token: (token: string) => `token/${token}`,
  tokenAge: (milliseconds: number) => `token-age/${padded(milliseconds)}/`,
}

/** Every key an expiry list or a table's rows can have. */
export function under(prefix: string): { gte: string; lt: string } {
  return { gte: prefix, lt: prefix + last }
}

/** Where one item is stored; the item's key attributes must fit the table's schema. */
export function itemKey(table: TableDescription, item: Item): string {
  return keyOf.items(table) + createKey(item, table)
}

/** Where the expiry list points at an item that expires at that second. */
export function expiryKey(table: TableDescription, second: number, item: Item): string {
  return `${keyOf.expiries(table)}${padded(second)}/${createKey(item, table)}`
}

/** Keys that are known, at most. */
const KNOWN_MAX = 10_000

const known = new Map<string, string>()

/** dynalite's key of an item: it has a hash in it, and whoever writes an item asks for it some times. */
function createKey(item: Item, table: TableDescription): string {
  const text = `${table.TableId}${JSON.stringify(keyOfItem(table, item))}`
  const found = known.get(text)
  if (found !== undefined) return found
  const key = dynalite.createKey(item, table)
  if (known.size >= KNOWN_MAX) known.clear()
  known.set(text, key)
  return key
}

/** The names of a table's key attributes, partition key first. */
export function keyNames(schema: { KeySchema: readonly { AttributeName: string }[] }): string[] {
  return schema.KeySchema.map((element) => element.AttributeName)
}

/** The attributes that identify an item. */
export function keyOfItem(schema: Parameters<typeof keyNames>[0], item: Item): Item {
  const key: Item = {}
  for (const name of keyNames(schema)) {
    const value = item[name]
    if (value !== undefined) key[name] = value
  }
  return key
}

/** The type that the table defines for a key attribute. */
export function definedType(table: TableDescription, name: string): 'S' | 'N' | 'B' {
  const found = table.AttributeDefinitions.find((entry) => entry.AttributeName === name)
  return found?.AttributeType ?? 'S'
}

/** The type of a value: the one field it has. */
export function typeOf(value: object): AttributeType {
  return Object.keys(value)[0] as AttributeType
}

/** Sixteen digits sort as text like the numbers they write, up to the largest safe integer. */
export function padded(value: number): string {
  return String(value).padStart(16, '0')
}
