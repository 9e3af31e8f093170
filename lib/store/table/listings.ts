import { asDecided, readWhole } from '../commit/as-decided.ts'
import type { Item } from './items.ts'
import { batchGet, getItem, queryPages } from './read.ts'
import type { Port } from './port.ts'
import { keys, keyText, LISTING_PREFIXES, workspacePartition, type Key } from './table.ts'
import type { TransactItem } from './transact.ts'

/** A page of a list; `total` counts all pages. */
export interface Page<T> {
  readonly items: T[]
  readonly total: number
}

/** Which page: counted from 1. */
export interface PageRequest {
  readonly page: number
  readonly limit: number
}

export type Listed = keyof typeof LISTING_PREFIXES

/** The key of a place in each list. */
export const listingKey = {
  charts: keys.chartListing,
  archive: keys.archiveListing,
  events: keys.eventListing,
} as const

/** The two writes that enter something into its list, or take it out: the entry, and the counter. */
export function listingWrites(
  { tableName }: Port,
  listed: Listed,
  entry: ListingEntry & { change: 'add' | 'remove' },
): TransactItem[] {
  const key = listingKey[listed](entry.workspaceId, entry.serial)
  return [
    entry.change === 'add'
      ? listingPut(tableName, listed, entry)
      : { Delete: { TableName: tableName, Key: key } },
    countWrite(tableName, entry.workspaceId, { listed, change: entry.change === 'add' ? 1 : -1 }),
  ]
}

/** What is in a list: its number and its key, and whatever it can be found by without its head. */
export interface ListingEntry {
  readonly workspaceId: string
  readonly serial: number
  readonly key: string
  readonly found?: Item
}

/** Enters something into its list, if its number is not taken. */
export function listingPut(
  tableName: string,
  listed: Listed,
  { workspaceId, serial, key, found }: ListingEntry,
): TransactItem {
  return {
    Put: {
      TableName: tableName,
      Item: {
        ...listingKey[listed](workspaceId, serial),
        key,
        ...found,
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  }
}

/** Counts what was entered into a list or taken out. */
export function countWrite(
  tableName: string,
  workspaceId: string,
  { listed, change }: { listed: Listed; change: number },
): TransactItem {
  return {
    Update: {
      TableName: tableName,
      Key: keys.counters(workspaceId),
      UpdateExpression: 'ADD #listed :change',
      ExpressionAttributeNames: { '#listed': listed },
      ExpressionAttributeValues: { ':change': change },
    },
  }
}

/** What a list is made of. */
export interface List<T> {
  readonly listed: Listed
  readonly workspaceId: string
  readonly headKey: (key: string) => Key
  readonly read: (item: Item) => T
}

/** Reads one page of heads, newest first. A head that goes while the page is read is left out. */
export async function readPage<T>(
  port: Port,
  list: List<T>,
  request: PageRequest,
): Promise<Page<T>> {
  const counters = await getItem(port, keys.counters(list.workspaceId))
  const total = (counters?.[list.listed] as number | undefined) ?? 0
  if ((request.page - 1) * request.limit >= total) return { items: [], total }
  const heads = await readWhole(port, async (see) =>
    readListed(port, list, see(await readEntries(port, list, request))),
  )
  return { items: heads.filter((head) => head !== undefined), total }
}

/** Reads the heads of those keys, in their order; those that are gone are left out. */
export async function readHeads<T>(
  port: Port,
  { headKey, read }: List<T>,
  wanted: readonly string[],
): Promise<T[]> {
  const heads = await batchGet(port, wanted.map(headKey))
  return wanted.flatMap((key) => {
    const item = heads.get(keyText(headKey(key)))
    return item === undefined ? [] : [read(item)]
  })
}

/** The head of each entry of a list; undefined where the entry is not there yet, or the head is gone. */
export async function readListed<T>(
  port: Port,
  { headKey, read }: List<T>,
  entries: readonly (Item | undefined)[],
): Promise<(T | undefined)[]> {
  const headKeys = entries.map((entry) => entry && headKey(entry['key'] as string))
  const wanted = headKeys.filter((key) => key !== undefined)
  const heads = await asDecided(port, await batchGet(port, wanted))
  return headKeys.map((key) => {
    const item = key && heads.get(keyText(key))
    return item && read(item)
  })
}

async function readEntries(
  port: Port,
  { listed, workspaceId }: { listed: Listed; workspaceId: string },
  { page, limit }: PageRequest,
): Promise<Item[]> {
  const end = page * limit
  const found: Item[] = []
  const pages = queryPages(port, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: {
      ':pk': workspacePartition(workspaceId),
      ':prefix': LISTING_PREFIXES[listed],
    },
    ScanIndexForward: false,
    Limit: end,
  })
  for await (const items of pages) {
    found.push(...items)
    if (found.length >= end) break
  }
  return found.slice(end - limit, end)
}
