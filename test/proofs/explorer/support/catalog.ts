import type { Item } from '../../../../lib/store/table/items.ts'
import { keyText, type Key } from '../../../../lib/store/table/table.ts'

// Everything that occurs in one exploration gets a number: keys, items, requests. A state is then a short list of numbers,
// and equal things are the same thing.

/** An item that was in the table at some time. Frozen: whoever gets it, gets this very one. */
export interface StoredItem {
  readonly id: number
  readonly value: Item
}

/** The contents of a table: for each key by its number the number of its item, 0 where there is none. */
export type Table = readonly number[]

/** The numbers. */
export interface Catalog {
  /** The number of a key; a new one if it was never seen. */
  keyId(key: Key): number
  keyAt(keyId: number): Key
  /** The numbers of all keys of a partition, or of all whose partition starts like this, by sort key. */
  keysUnder(prefix: string): readonly number[]
  itemId(item: Item): number
  /** Undefined for 0. */
  itemAt(itemId: number): Item | undefined
  find(table: Table, key: Key): Item | undefined
}

/** An empty one. */
export function openCatalog(): Catalog {
  const keyIds = new Map<string, number>()
  const keyList: Key[] = []
  const under = new Map<string, number[]>()
  const itemIds = new Map<string, number>()
  const items: (Item | undefined)[] = [undefined]

  function keyId({ pk, sk }: Key): number {
    const text = keyText({ pk, sk })
    const known = keyIds.get(text)
    if (known !== undefined) return known
    const id = keyList.length
    keyIds.set(text, id)
    keyList.push({ pk, sk })
    under.clear()
    return id
  }

  return {
    keyId,
    keyAt(id) {
      const key = keyList[id]
      if (key === undefined) throw new Error(`No key ${id}`)
      return key
    },
    keysUnder(prefix) {
      const known = under.get(prefix)
      if (known !== undefined) return known
      const found = keyList
        .map(({ pk, sk }, id) => ({ pk, sk, id }))
        .filter(({ pk }) => pk.startsWith(prefix))
        .sort((a, b) => (keyText(a) < keyText(b) ? -1 : 1))
        .map(({ id }) => id)
      under.set(prefix, found)
      return found
    },
    itemId(item) {
      const text = textOf(item)
      const known = itemIds.get(text)
      if (known !== undefined) return known
      itemIds.set(text, items.length)
      items.push(frozen(item))
      return items.length - 1
    },
    itemAt: (id) => items[id],
    find: (table, key) => items[table[keyId(key)] ?? 0],
  }
}

/** A value as text that is the same for equal values, whatever the order of their attributes. */
export function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return `<${Buffer.from(value).toString('base64')}>`
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`
  if (typeof value !== 'object' || value === null)
    return value === undefined ? 'undefined' : JSON.stringify(value)
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${name}:${textOf(field)}`).join(',')}}`
}

/** Code under test that changed what it was handed would spoil other branches: it cannot. */
function frozen<Value>(value: Value): Value {
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value
  for (const inner of Object.values(value)) frozen(inner)
  return Object.freeze(value)
}
