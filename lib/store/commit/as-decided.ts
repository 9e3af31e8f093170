import { rowDecided } from './decided.ts'
import { readLock } from './lock-writes.ts'
import { readHeader } from './operations.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { batchGet } from '../table/read.ts'
import { keys, keyText, type Key } from '../table/table.ts'

/**
 * Answers the items as readers must see them while large commits are under way; it writes nothing. A row with a lock is shown as
 * the lock will make it if the lock's operation is committed, and as it stands if not; a row that only that operation creates
 * is left out until then. So everything that one operation creates appears at one moment, the commit, and not row by row as it is applied.
 *
 * The header is read after the row: committed by then, the row was what its lock says at some moment between the two.
 */
export async function asDecided(
  port: Port,
  items: ReadonlyMap<string, Item>,
): Promise<ReadonlyMap<string, Item>> {
  const locked = [...items].filter(([, { lk }]) => typeof lk === 'string')
  if (locked.length === 0) return items
  const operationIds = [...new Set(locked.map(([, { lk }]) => lk as string))]
  const headers = await batchGet(port, operationIds.map(keys.operation))
  const found = new Map(items)
  for (const [name, item] of locked) {
    const header = headers.get(keyText(keys.operation(item['lk'] as string)))
    const seen = header === undefined ? standing(item) : lookedAt(port, item, header)
    if (seen === undefined) found.delete(name)
    else found.set(name, seen)
  }
  return found
}

/** `asDecided` for one item; undefined for a row that is only created by an operation not yet committed. */
export async function itemAsDecided(port: Port, item: Item): Promise<Item | undefined> {
  const name = keyText(item as unknown as Key)
  return (await asDecided(port, new Map([[name, item]]))).get(name)
}

/** Shows entries of a list, in their order; undefined where one is not there yet. */
export type See = (entries: readonly Item[]) => (Item | undefined)[]

/**
 * Reads a list so that of what one operation creates there is all of it or nothing:
 *
 * 1. Entries with a lock are not there yet.
 * 2. Where there were such, and an operation of theirs turns out to be committed, its other entries may have been locked only after
 *    they were looked for. So the list is read once more: by then all of them are there, and the same operations are
 *    believed, and no others.
 */
export async function readWhole<T>(port: Port, read: (see: See) => Promise<T>): Promise<T> {
  const committed = new Map<string, Item>()
  const met = new Set<string>()
  const see: See = (entries) =>
    entries.map((entry) => {
      const operationId = entry['lk'] as string | undefined
      if (operationId === undefined) return entry
      met.add(operationId)
      const header = committed.get(operationId)
      return header && lookedAt(port, entry, header)
    })
  const found = await read(see)
  if (met.size === 0) return found
  const headers = await batchGet(port, [...met].map(keys.operation))
  for (const operationId of met) {
    const header = headers.get(keyText(keys.operation(operationId)))
    if (header?.['st'] === 'C') committed.set(operationId, header)
  }
  return committed.size === 0 ? found : read(see)
}

function lookedAt(port: Port, item: Item, header: Item): Item | undefined {
  const { pk, sk, lk } = item as { pk: string; sk: string; lk: string }
  const found = readHeader(lk, header)
  if (found === 'damaged' || found.decided?.status !== 'committed') return standing(item)
  const after = readLock(port, { pk, sk }, item)?.after
  return after === undefined ? standing(item) : { pk, sk, ...rowDecided(after, found.decided.at) }
}

function standing({ lk, ln, lt, ...rest }: Item): Item | undefined {
  return Object.keys(rest).length > 2 ? rest : undefined
}
