import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { settleRows } from './settle-locks.ts'
import { keyText, type Key } from '../table/table.ts'

/** The items of rows by name, after the locks on them have been ended where they can be. */
export async function unlocked(
  port: Port,
  rows: readonly { readonly name: string; readonly key: Key }[],
  items: ReadonlyMap<string, Item>,
): Promise<[name: string, item: Item | undefined][]> {
  const locked = rows.flatMap(({ key }) => {
    const item = items.get(keyText(key))
    return item?.['lk'] === undefined ? [] : [{ key, item }]
  })
  const settled = await settleRows(port, locked)
  return rows.map(({ name, key }) => {
    const ended = settled.get(keyText(key))
    return [name, ended === undefined ? items.get(keyText(key)) : ended.item]
  })
}

/** Reads each item that there is, by name. */
export function readEach<Row>(
  found: readonly (readonly [name: string, item: Item | undefined])[],
  read: (item: Item | undefined) => Row | undefined,
): Map<string, Row> {
  const rows = new Map<string, Row>()
  for (const [name, item] of found) {
    const row = read(item)
    if (row !== undefined) rows.set(name, row)
  }
  return rows
}
