import type { Item } from '../../../../lib/store/table/items.ts'
import type { Key } from '../../../../lib/store/table/table.ts'
import type { Catalog, Table } from './catalog.ts'
import { tokenKey, type Request } from './tiny-table.ts'

// Calls on their way that can never have an effect any more, so that states need not remember them. Each reason rests on
// something that is checked at every step: headers are final, versions only rise, items are not removed, a token applies once.

type Fields = Readonly<Record<string, unknown>>

/** Whether a call that is still on its way has become impossible. */
export function isDead(catalog: Catalog, table: Table, { operation, input }: Request): boolean {
  const find = (key: Key) => catalog.find(table, key)
  switch (operation) {
    case 'TransactWriteItems':
      return (
        find(tokenKey(String(input['ClientRequestToken']))) !== undefined ||
        (input['TransactItems'] as Record<string, Fields>[]).some((item) =>
          Object.values(item).some((part) => isImpossible(find, part)),
        )
      )
    case 'PutItem':
    case 'UpdateItem':
      return isImpossible(find, input)
    default:
      return false
  }
}

function isImpossible(find: (key: Key) => Item | undefined, part: Fields): boolean {
  const item = find((part['Item'] ?? part['Key']) as Key)
  if (item === undefined) return false
  const clauses = ((part['ConditionExpression'] ?? '') as string).split(' AND ')
  const values = (part['ExpressionAttributeValues'] ?? {}) as Item
  const after = (part['Item'] ?? {}) as Item
  return clauses.some((clause) => {
    switch (clause) {
      case 'attribute_not_exists(pk)':
        // What is only locked to be created may go again.
        return item['lk'] === undefined
      case 'attribute_not_exists(fin)':
        return item['fin'] !== undefined
      case 'attribute_not_exists(v)':
        return item['v'] !== undefined
      case 'v = :v':
        return Number(item['v'] ?? 0) > Number(values[':v'])
      case 'st = :pending':
        return item['st'] !== 'P'
      case 'lk = :lk':
        // A row once written is not locked for the same write again: its version has moved.
        return after['v'] !== undefined && Number(item['v'] ?? 0) >= Number(after['v'])
      default:
        return false
    }
  })
}
