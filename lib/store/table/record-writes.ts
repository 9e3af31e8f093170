import type { Item } from './items.ts'
import type { Port } from './port.ts'
import { transactOnce, type Receipt } from './receipts.ts'
import type { Key } from './table.ts'
import type { TransactItem } from './transact.ts'
import { untilSettled } from './until-settled.ts'

// Small records that people change now and then: companies, workspaces, their keys.

/** What came of a write of records: where it was refused, the place of the condition that failed. */
export type RecordsWritten =
  { readonly status: 'applied' } | { readonly status: 'refused'; readonly place: number }

/** Applies all items or, where a condition fails, none; throws a fault where others stay in the way. */
export async function writeRecords(
  port: Port,
  items: TransactItem[],
  receipt: Receipt | undefined,
): Promise<RecordsWritten> {
  return untilSettled(port, { to: 'keep a record' }, async () => {
    const outcome = await transactOnce(port, items, receipt)
    if (outcome.status === 'applied') return outcome
    const place = outcome.reasons.findIndex(({ code }) => code === 'ConditionalCheckFailed')
    return place === -1 ? undefined : { status: 'refused', place }
  })
}

/** Sets attributes of a record, and takes away those that are undefined, if the record is there and the condition holds. */
export function fieldsUpdate(
  { tableName }: Port,
  Key: Key,
  { fields, condition, values = {} }: FieldsEdit,
): TransactItem {
  const given: [string, unknown][] = Object.entries(fields)
  const named = given.map(([name, value], index) => ({ name, value, index }))
  const set = named.filter(({ value }) => value !== undefined)
  const gone = named.filter(({ value }) => value === undefined)
  const clauses = [
    set.length === 0 ? '' : `SET ${set.map(({ index: n }) => `#f${n} = :f${n}`).join(', ')}`,
    gone.length === 0 ? '' : `REMOVE ${gone.map(({ index: n }) => `#f${n}`).join(', ')}`,
  ]
  const all = { ...values, ...Object.fromEntries(set.map((it) => [`:f${it.index}`, it.value])) }
  return {
    Update: {
      TableName: tableName,
      Key,
      UpdateExpression: clauses.join(' ').trim(),
      ConditionExpression: ['attribute_exists(pk)', condition ?? []]
        .flat()
        .map((clause) => `(${clause})`)
        .join(' AND '),
      ExpressionAttributeNames: Object.fromEntries(named.map((it) => [`#f${it.index}`, it.name])),
      ...(Object.keys(all).length === 0 ? {} : { ExpressionAttributeValues: all }),
    },
  }
}

interface FieldsEdit {
  readonly fields: Item
  /** What must hold of the record as it is. */
  readonly condition?: string
  readonly values?: Item
}
