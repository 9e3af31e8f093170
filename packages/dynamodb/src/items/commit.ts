import { sameItem } from '../expressions/compare.ts'
import { itemKey } from './keys.ts'
import { expirySecond } from '../tables/expiry-second.ts'
import { expiryKey } from './keys.ts'
import type { Step, Store } from '../store.ts'
import { recordSteps } from '../streams/stream-records.ts'
import type { Item, Table } from '../types.ts'

/** One item before and after a write; absent where it does not exist. */
export interface Change {
  table: Table
  before: Item | undefined
  after: Item | undefined
  /** The removal was made by TTL, and its stream record says so. */
  expired?: boolean
}

/**
 * Applies changes in one batch: items, expiry list and stream records, and whatever
 * else the caller adds. All or nothing, also when the process is killed. The caller has its turn in
 * `exclusively`, so nothing it read has changed, and records are numbered in the order of commits.
 */
export async function commit(store: Store, changes: Change[], more: Step[] = []): Promise<void> {
  const real = changes.filter(({ before, after }) => !sameItem(before, after))
  const steps = [...real.flatMap(changeSteps), ...recordSteps(store, real), ...more]
  if (steps.length > 0) await store.batch(steps)
}

function changeSteps(change: Change): Step[] {
  const { before, after, table } = change
  const some = after ?? before
  if (some === undefined) return []
  const key = itemKey(table.description, some)
  const row: Step = after === undefined ? { type: 'del', key } : { type: 'put', key, value: after }
  return [row, ...expirySteps(change)]
}

function expirySteps({ table, before, after }: Change): Step[] {
  const old = before && expirySecond(table, before)
  const second = after && expirySecond(table, after)
  if (old === second) return []
  const steps: Step[] = []
  if (before && old !== undefined) {
    steps.push({ type: 'del', key: expiryKey(table.description, old, before) })
  }
  if (after && second !== undefined) {
    const key = expiryKey(table.description, second, after)
    steps.push({ type: 'put', key, value: itemKey(table.description, after) })
  }
  return steps
}
