import { rowDecided } from './decided.ts'
import { readLock } from './lock-writes.ts'
import { readHeader } from './operations.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { batchGet } from '../table/read.ts'
import { keys, keyText, type Key } from '../table/table.ts'

/**
 * Items that were read, as they are by what is decided, for whoever only reads and mends nothing: of a row with a lock on it, what the
 * lock says if its operation is committed, else what stands there; nothing where a row is only going to be. So all that one
 * operation creates is found from one moment on, whoever applies it, and when.
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

/** The same of items in their order; undefined where nothing is there yet. */
export async function eachAsDecided(
  port: Port,
  items: readonly Item[],
): Promise<(Item | undefined)[]> {
  const named = items.map((item) => [keyText(item as unknown as Key), item] as const)
  const found = await asDecided(port, new Map(named))
  return named.map(([name]) => found.get(name))
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
