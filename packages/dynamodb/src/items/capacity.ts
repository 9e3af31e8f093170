import { itemSize } from './item-size.ts'
import type { Item, Table } from '../types.ts'
import type { ReturnConsumedCapacity } from './write-requests.ts'

const writeUnitBytes = 1024
const readUnitBytes = 4096

/** Units that a call used on one table. */
export interface Usage {
  tableName: string
  units: number
}

/** Units a write uses: by the larger of the item before and after. */
export function writeUsage(
  { description }: Table,
  before: Item | undefined,
  after: Item | undefined,
): Usage {
  return { tableName: description.TableName, units: writeUnits(before, after) }
}

/** Units one item costs to write. */
function writeUnits(before: Item | undefined, after: Item | undefined): number {
  const size = Math.max(before ? itemSize(before) : 0, after ? itemSize(after) : 0)
  return Math.max(1, Math.ceil(size / writeUnitBytes))
}

/** Units a number of bytes costs to read. */
export function readUnits(bytes: number, consistent: boolean | undefined): number {
  return Math.max(1, Math.ceil(bytes / readUnitBytes)) * (consistent === true ? 1 : 0.5)
}

/** Adds usages of the same tables together, each unit taken that many times. */
export function sumUsages(usages: readonly Usage[], times = 1): Usage[] {
  const sums = new Map<string, number>()
  for (const { tableName, units } of usages) {
    sums.set(tableName, (sums.get(tableName) ?? 0) + units * times)
  }
  return [...sums].map(([tableName, units]) => ({ tableName, units }))
}

/** The ConsumedCapacity of an answer, when it was asked for. */
export function consumed(
  usage: Usage,
  asked: ReturnConsumedCapacity | undefined,
  kind?: 'Read' | 'Write',
): object | undefined {
  if (asked === undefined || asked === 'NONE') return undefined
  const { tableName: TableName, units } = usage
  const used = {
    CapacityUnits: units,
    ...(kind === undefined ? {} : { [`${kind}CapacityUnits`]: units }),
  }
  return asked === 'TOTAL' ? { TableName, ...used } : { TableName, ...used, Table: used }
}
