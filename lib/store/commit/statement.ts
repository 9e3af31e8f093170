import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import type { Key } from '../table/table.ts'

// Writes of one item in the words of PartiQL, many of which travel in one request. What the documentation says of them, and
// what it leaves open, is in docs/decisions/0193. No more of the language is used than two forms:
//
// 1. An UPDATE names a whole key. It sets and removes attributes where there is such an item and the rest of its condition holds,
//    and never creates one.
// 2. An INSERT creates an item where there is none with its key.

/** A conditional write of one item as PartiQL has it. */
export interface Statement {
  readonly text: string
  /** Values of its question marks. */
  readonly parameters: readonly unknown[]
}

/** What an UPDATE does, and when. */
export interface Updating {
  readonly set?: Item
  readonly remove?: readonly string[]
  /** A condition, with its question marks. */
  readonly where: string
  readonly values: readonly unknown[]
  /** Hands back the item as it was before. */
  readonly isShown?: boolean
}

/** Changes the item of that key, if it is there and the condition holds. */
export function updateStatement(
  { tableName }: Port,
  { pk, sk }: Key,
  { set = {}, remove = [], where, values, isShown = false }: Updating,
): Statement {
  const given = definedIn(set)
  const sets = given.map(([name]) => `SET "${name}" = ?`)
  const removes = remove.map((name) => `REMOVE "${name}"`)
  const changes = [...sets, ...removes].join(' ')
  const returning = isShown ? ' RETURNING ALL OLD *' : ''
  return {
    text: `UPDATE "${tableName}" ${changes} WHERE "pk" = ? AND "sk" = ? AND ${where}${returning}`,
    parameters: [...given.map(([, value]) => value), pk, sk, ...values],
  }
}

/** Creates the item, if there is none with its key. */
export function insertStatement({ tableName }: Port, item: Item): Statement {
  const given = definedIn(item)
  const fields = given.map(([name]) => `'${name}': ?`).join(', ')
  return {
    text: `INSERT INTO "${tableName}" VALUE {${fields}}`,
    parameters: given.map(([, value]) => value),
  }
}

/** As the document client leaves out what is undefined. */
function definedIn(item: Item): [string, unknown][] {
  return Object.entries(item).filter(([, value]) => (value as unknown) !== undefined)
}
