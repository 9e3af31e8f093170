import type { Item } from '../../../../lib/store/table/items.ts'
import { keys } from '../../../../lib/store/table/table.ts'
import { TABLE } from '../../simulation/venue.ts'
import type { Catalog, Table } from './catalog.ts'
import { Violation } from './rules.ts'
import { itemsOf } from './view.ts'

// A table and its seats are the same places: never is one of each taken, by what is decided.

/** Complains where the table and a seat are both taken. */
export function checkTables({ catalog, after }: { catalog: Catalog; after: Table }): void {
  const rows = itemsOf(catalog, after, 'S#')
  const isTaken = (label: string) =>
    rows.some((row) => row['sk'] === label && isSold(decided(catalog, after, row)))
  const seat = TABLE.seats.find(isTaken)
  if (seat === undefined || !isTaken(TABLE.label)) return
  throw new Violation(`${TABLE.label} and ${seat} are both taken, and are the same places`)
}

/** What a row says, or is to say by an operation that has been decided. */
export function decided(catalog: Catalog, table: Table, row: Item): Item {
  const lock = row['lk'] as string | undefined
  const effect = (row['ln'] ?? {}) as Item
  if (lock === undefined || effect['v'] === undefined) return row
  const header = catalog.find(table, keys.operation(lock))
  return header?.['st'] === 'C' ? effect : row
}

function isSold({ s: status = 'free' }: Item): boolean {
  return status !== 'free' && status !== 'resale'
}
