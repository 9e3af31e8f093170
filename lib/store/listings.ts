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

const listingKey = { charts: keys.chartListing, events: keys.eventListing } as const

/** The two writes that enter something into its list, or take it out: the entry, and the counter. */
export function listingWrites(
  { tableName }: Port,
  listed: Listed,
  entry: { workspaceId: string; id: string; key: string; change: 'add' | 'remove' },
): TransactItem[] {
  const key = listingKey[listed](entry.workspaceId, entry.id)
  return [
    entry.change === 'add'
      ? { Put: { TableName: tableName, Item: { ...key, key: entry.key } } }
      : { Delete: { TableName: tableName, Key: key } },
    {
      Update: {
        TableName: tableName,
        Key: keys.counters(entry.workspaceId),
        UpdateExpression: 'ADD #listed :change',
        ExpressionAttributeNames: { '#listed': listed },
        ExpressionAttributeValues: { ':change': entry.change === 'add' ? 1 : -1 },
      },
    },
  ]
}

/** Reads one page of heads, newest first. A head that goes while the page is read is left out. */
export async function readPage<T>(
  port: Port,
  list: {
    listed: Listed
    workspaceId: string
    headKey: (key: string) => Key
    read: (item: Item) => T
  },
  request: PageRequest,
): Promise<Page<T>> {
  const counters = await getItem(port, keys.counters(list.workspaceId))
  const total = (counters?.[list.listed] as number | undefined) ?? 0
  if ((request.page - 1) * request.limit >= total) return { items: [], total }
  const listed = await readKeys(port, list, request)
  const headKeys = listed.map(list.headKey)
  const heads = await batchGet(port, headKeys)
  const items = headKeys.flatMap((key) => heads.get(keyText(key)) ?? [])
  return { items: items.map(list.read), total }
}

async function readKeys(
  port: Port,
  { listed, workspaceId }: { listed: Listed; workspaceId: string },
  { page, limit }: PageRequest,
): Promise<string[]> {
  const end = page * limit
  const found: string[] = []
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
    found.push(...items.map((item) => item['key'] as string))
    if (found.length >= end) break
  }
  return found.slice(end - limit, end)
}
