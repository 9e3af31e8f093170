import { sameItem } from '../expressions/compare.ts'
import { projected } from './commit.ts'
import { itemSize } from './item-size.ts'
import { indexKey, isIndexed } from './keys.ts'
import type { Index, Item, Table } from '../types.ts'
import type { ReturnConsumedCapacity } from './write-requests.ts'

const writeUnitBytes = 1024
const readUnitBytes = 4096

/** Units that a call used on one table, and apart from that on each of its indexes. */
export interface Usage {
  tableName: string
  table: number
  local: Record<string, number>
  global: Record<string, number>
}

/** Units a write uses: by the larger of the item before and after, and by what indexes change. */
export function writeUsage(table: Table, before: Item | undefined, after: Item | undefined): Usage {
  const { description } = table
  const units = (index: Index) => indexWriteUnits(table, index, [before, after])
  return {
    tableName: description.TableName,
    table: writeUnits(before, after),
    local: used(description.LocalSecondaryIndexes, units),
    global: used(description.GlobalSecondaryIndexes, units),
  }
}

/** Units one item costs to write. */
export function writeUnits(before: Item | undefined, after: Item | undefined): number {
  const size = Math.max(before ? itemSize(before) : 0, after ? itemSize(after) : 0)
  return Math.max(1, Math.ceil(size / writeUnitBytes))
}

/** Units a number of bytes costs to read. */
export function readUnits(bytes: number, consistent: boolean | undefined): number {
  return Math.max(1, Math.ceil(bytes / readUnitBytes)) * (consistent === true ? 1 : 0.5)
}

/** A usage with no index in it. */
export function tableUsage(tableName: string, units: number): Usage {
  return { tableName, table: units, local: {}, global: {} }
}

/** Adds usages of the same tables together, each unit taken that many times. */
export function sumUsages(usages: readonly Usage[], times = 1): Usage[] {
  const sums = new Map<string, Usage>()
  for (const usage of usages) {
    const sum = sums.get(usage.tableName) ?? tableUsage(usage.tableName, 0)
    sums.set(usage.tableName, sum)
    sum.table += usage.table * times
    for (const kind of ['local', 'global'] as const) {
      for (const [name, units] of Object.entries(usage[kind])) {
        sum[kind][name] = (sum[kind][name] ?? 0) + units * times
      }
    }
  }
  return [...sums.values()]
}

/** The ConsumedCapacity of an answer, when it was asked for. */
export function consumed(
  usage: Usage,
  asked: ReturnConsumedCapacity | undefined,
  kind?: 'Read' | 'Write',
): object | undefined {
  if (asked === undefined || asked === 'NONE') return undefined
  const shape = (units: number) => ({
    CapacityUnits: units,
    ...(kind === undefined ? {} : { [`${kind}CapacityUnits`]: units }),
  })
  const indexes = [...Object.values(usage.local), ...Object.values(usage.global)]
  const total = indexes.reduce((sum, units) => sum + units, usage.table)
  const summary = { TableName: usage.tableName, ...shape(total) }
  if (asked === 'TOTAL') return summary
  const shapes = (units: Record<string, number>) =>
    Object.fromEntries(Object.entries(units).map(([name, count]) => [name, shape(count)]))
  return {
    ...summary,
    Table: shape(usage.table),
    ...(Object.keys(usage.local).length > 0 ? { LocalSecondaryIndexes: shapes(usage.local) } : {}),
    ...(Object.keys(usage.global).length > 0
      ? { GlobalSecondaryIndexes: shapes(usage.global) }
      : {}),
  }
}

function used(
  indexes: readonly Index[] | undefined,
  units: (index: Index) => number,
): Record<string, number> {
  const entries = (indexes ?? []).map((index) => [index.IndexName, units(index)] as const)
  return Object.fromEntries(entries.filter(([, count]) => count > 0))
}

function indexWriteUnits(
  { description }: Table,
  index: Index,
  items: readonly (Item | undefined)[],
): number {
  const [before, after] = items.map((item) => (item && isIndexed(index, item) ? item : undefined))
  const old = before && projected(description, index, before)
  const next = after && projected(description, index, after)
  if (sameItem(old, next)) return 0
  const moved =
    old && next && indexKey(description, index, old) !== indexKey(description, index, next)
  if (moved === true) return writeUnits(old, undefined) + writeUnits(undefined, next)
  return writeUnits(old, next)
}
