import { commit } from '../items/commit.ts'
import { invalidParameter, validationError } from '../errors.ts'
import { expirySecond } from './expiry-second.ts'
import { expiryKey, itemKey, keyOf, padded, under } from '../items/keys.ts'
import { saveTable } from '../store.ts'
import type { Step, Store } from '../store.ts'
import { namedTable } from './tables.ts'
import type { Item, Table } from '../types.ts'

/** Items that expired longer ago than this are kept: the time is taken for a mistake. */
const pastSecondsMax = 5 * 365 * 24 * 60 * 60
/** Rows written at once when an expiry list is made for a table with items. */
const batchMax = 1000

/** DescribeTimeToLive. */
export function describeTimeToLive(
  store: Store,
  { TableName: name }: { TableName: string },
): object {
  const { ttl } = namedTable(store, name)
  return {
    TimeToLiveDescription:
      ttl?.enabled === true
        ? { TimeToLiveStatus: 'ENABLED', AttributeName: ttl.attribute }
        : { TimeToLiveStatus: 'DISABLED' },
  }
}

interface UpdateTimeToLiveRequest {
  TableName: string
  TimeToLiveSpecification: { Enabled: boolean; AttributeName: string }
}

/** UpdateTimeToLive: takes effect at once, also for the items that are already there. */
export function updateTimeToLive(store: Store, request: UpdateTimeToLiveRequest): Promise<object> {
  const { Enabled: enabled, AttributeName: attribute } = request.TimeToLiveSpecification
  return store.exclusively(async () => {
    const old = namedTable(store, request.TableName)
    if (enabled && old.ttl?.enabled === true) {
      throw validationError(
        old.ttl.attribute === attribute
          ? 'TimeToLive is already enabled'
          : `TimeToLive is active on a different AttributeName: current AttributeName is ${old.ttl.attribute}`,
      )
    }
    if (!enabled && old.ttl?.enabled !== true) {
      throw validationError('TimeToLive is already disabled')
    }
    if (!enabled && old.ttl?.attribute !== attribute) {
      throw invalidParameter(
        `TimeToLive is active on a different AttributeName: current AttributeName is ${old.ttl?.attribute ?? ''}`,
      )
    }
    const table: Table = { ...old, ttl: { attribute, enabled } }
    await store.clear(under(keyOf.expiries(table.description)))
    if (enabled) await listExpiries(store, table)
    await saveTable(store, table)
    return { TimeToLiveSpecification: { Enabled: enabled, AttributeName: attribute } }
  })
}

async function listExpiries(store: Store, table: Table): Promise<void> {
  let steps: Step[] = []
  for await (const [key, value] of store.range(under(keyOf.items(table.description)))) {
    const second = expirySecond(table, value as Item)
    if (second === undefined) continue
    steps.push({
      type: 'put',
      key: expiryKey(table.description, second, value as Item),
      value: key,
    })
    if (steps.length < batchMax) continue
    await store.batch(steps)
    steps = []
  }
  await store.batch(steps)
}

/**
 * Deletes the items of all tables whose time has passed, oldest first, and answers how many. It
 * walks only the expiry lists, and looks at each item again in its turn among the writers, so an
 * item that was changed meanwhile stays.
 */
export async function expireItems(store: Store): Promise<number> {
  let count = 0
  for (const name of [...store.tables.keys()]) {
    for (const key of await dueKeys(store, name)) {
      if (await store.exclusively(() => expireOne(store, name, key))) count += 1
    }
  }
  return count
}

function nowSecond(store: Store): number {
  return Math.floor(store.clock.now() / 1000)
}

async function dueKeys(store: Store, name: string): Promise<string[]> {
  const table = store.tables.get(name)
  if (table?.ttl?.enabled !== true) return []
  const prefix = keyOf.expiries(table.description)
  const now = nowSecond(store)
  const keys: string[] = []
  const range = {
    gte: prefix + padded(Math.max(0, now - pastSecondsMax)),
    lt: prefix + padded(now),
  }
  for await (const [, key] of store.range(range)) keys.push(String(key))
  return keys
}

async function expireOne(store: Store, name: string, key: string): Promise<boolean> {
  const table = store.tables.get(name)
  const before = store.get(key) as Item | undefined
  if (table === undefined || before === undefined) return false
  if (itemKey(table.description, before) !== key) return false
  const second = expirySecond(table, before)
  if (second === undefined || second >= nowSecond(store)) return false
  await commit(store, [{ table, before, after: undefined, expired: true }])
  return true
}
