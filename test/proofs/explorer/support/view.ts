import { blockName } from '../../../../lib/rules/area/block-name.ts'
import type { Details } from '../../../../lib/store/commit/details.ts'
import { unpackText, type Item } from '../../../../lib/store/table/items.ts'
import { partitionStarts } from '../../../../lib/store/table/partitions.ts'
import { keys } from '../../../../lib/store/table/table.ts'
import type { Catalog, Table } from './catalog.ts'

// The table as its rules see it: rows, history, and the operations of large commits.

/** What an item is, by its key. */
export type Sort =
  | 'row'
  | 'history'
  | 'hold'
  | 'header'
  | 'details'
  | 'receipt'
  | 'recovery'
  /** What events and charts are made of: only where those are created, it changes. */
  | 'record'
  | 'other'

const sorts: Record<string, Sort> = {
  S: 'row',
  L: 'history',
  T: 'hold',
  I: 'receipt',
  R: 'recovery',
  ...Object.fromEntries(['E', 'N', 'C', 'W', 'X'].map((letter) => [letter, 'record' as const])),
}

/** Says what an item is. */
export function sortOf({ pk, sk }: { readonly pk: string; readonly sk: string }): Sort {
  if (pk.startsWith(partitionStarts.operations)) return sk === 'O' ? 'header' : 'details'
  return sorts[pk.split('#')[0] ?? ''] ?? 'other'
}

/** A large commit as the table has it. */
export interface Large {
  readonly operationId: string
  readonly header: Item
  readonly details: Details
}

const unpacked = new WeakMap<Item, Details>()

/** The large commit of that name; undefined where it was never opened. */
export function largeOf(catalog: Catalog, table: Table, operationId: string): Large | undefined {
  const header = catalog.find(table, keys.operation(operationId))
  const item = catalog.find(table, keys.details(operationId, 0))
  if (header === undefined || item === undefined) return undefined
  const known = unpacked.get(item)
  const details = known ?? (JSON.parse(unpackText([item['data'] as Uint8Array])) as Details)
  unpacked.set(item, details)
  return { operationId, header, details }
}

/** Every large commit that was opened. */
export function allLarge(catalog: Catalog, table: Table): Large[] {
  return catalog.keysUnder(partitionStarts.operations).flatMap((keyId) => {
    const { pk, sk } = catalog.keyAt(keyId)
    return sk === 'O'
      ? (largeOf(catalog, table, pk.slice(partitionStarts.operations.length)) ?? [])
      : []
  })
}

/** Items of one sort that are in the table. */
export function itemsOf(catalog: Catalog, table: Table, prefix: string): Item[] {
  const items: Item[] = []
  for (const keyId of catalog.keysUnder(prefix)) {
    const item = catalog.itemAt(table[keyId] ?? 0)
    if (item !== undefined) items.push(item)
  }
  return items
}

/** One version of one object, as the history tells it. */
export interface Told {
  readonly operationId: string
  readonly eventId: string
  /** As its row is called; of a season without what stands behind the label there. */
  readonly label: string
  readonly version: number
}

type Group = [{ readonly block?: number }, ...(string | number)[]]

/** What the row is called of which history tells: an object, or a block of an area. */
function rowNamed(label: string, block: number | undefined): string {
  return block === undefined ? label : blockName({ label, block })
}

/** The event that an item's partition is of. */
export function eventIn({ pk }: Item): string {
  return String(pk).split('#')[1] ?? ''
}

/** What a history entry tells. */
export function toldIn(entry: Item): Told[] {
  const groups = JSON.parse(String(entry['c'])) as Group[]
  return groups.flatMap(([{ block }, ...flat]) =>
    Array.from({ length: flat.length / 2 }, (_, index) => ({
      operationId: String(entry['op']),
      eventId: eventIn(entry),
      label: rowNamed(String(flat[2 * index]), block),
      version: Number(flat[2 * index + 1]),
    })),
  )
}
