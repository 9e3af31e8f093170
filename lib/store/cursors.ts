import { readHeads, type List } from './listings.ts'
import type { Port } from './port.ts'
import { queryPages } from './read.ts'
import { LISTING_PREFIXES, sortableSerial, workspacePartition } from './table.ts'

// Lists by cursor, newest first: a cursor is a serial number, whether something has it or not.

/** Which part of a list: what comes after a number, or right before it, or its beginning. */
export interface CursorRequest {
  readonly limit: number
  readonly after?: number
  readonly before?: number
}

/** Part of a list, newest first, and whether there is something on its either side. */
export interface CursorPage<T> {
  readonly items: readonly T[]
  readonly hasMore: boolean
  readonly hasPrevious: boolean
}

/** Lists a workspace's heads from a cursor on; reads as many entries as it gives, and one on either side. */
export async function readByCursor<T>(
  port: Port,
  list: List<T>,
  { limit, after, before }: CursorRequest,
): Promise<CursorPage<T>> {
  const isBackward = before !== undefined
  const range = isBackward ? { above: before } : after === undefined ? {} : { below: after }
  const found = await readEntries(port, list, {
    ...range,
    isOldestFirst: isBackward,
    limit: limit + 1,
  })
  const page = found.slice(0, limit)
  const isCutOff = found.length > limit
  if (isBackward) page.reverse()
  const items = await readHeads(
    port,
    list,
    page.map(({ key }) => key),
  )
  // From the beginning of the list on, nothing comes before.
  if (!isBackward && after === undefined) return { items, hasMore: isCutOff, hasPrevious: false }
  const beyond = { ...list, edge: isBackward ? page.at(-1)?.serial : page[0]?.serial }
  const hasOther = await existsBeyond(port, beyond, isBackward)
  return isBackward
    ? { items, hasMore: hasOther, hasPrevious: isCutOff }
    : { items, hasMore: isCutOff, hasPrevious: hasOther }
}

/** The newest keys of a list whose entries belong to that chart; reads the list until there are enough. */
export async function keysOfChart(
  port: Port,
  { workspaceId, chartId, limit }: { workspaceId: string; chartId: string; limit: number },
): Promise<string[]> {
  const found: string[] = []
  const pages = queryPages(port, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    FilterExpression: 'cid = :cid',
    ExpressionAttributeValues: {
      ':pk': workspacePartition(workspaceId),
      ':prefix': LISTING_PREFIXES.events,
      ':cid': chartId,
    },
    ScanIndexForward: false,
  })
  for await (const items of pages) {
    found.push(...items.map((item) => item['key'] as string))
    if (found.length >= limit) break
  }
  return found.slice(0, limit)
}

interface Entry {
  readonly serial: number
  readonly key: string
}

interface Range {
  readonly above?: number
  readonly below?: number
  readonly isOldestFirst: boolean
  readonly limit: number
}

async function readEntries<T>(
  port: Port,
  { listed, workspaceId }: List<T>,
  { above = -1, below = Number.MAX_SAFE_INTEGER, isOldestFirst, limit }: Range,
): Promise<Entry[]> {
  const prefix = LISTING_PREFIXES[listed]
  if (above + 1 > below - 1) return []
  const found: Entry[] = []
  const pages = queryPages(port, {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: {
      ':pk': workspacePartition(workspaceId),
      ':from': `${prefix}${sortableSerial(above + 1)}`,
      ':to': `${prefix}${sortableSerial(below - 1)}`,
    },
    ScanIndexForward: isOldestFirst,
    Limit: limit,
  })
  for await (const items of pages) {
    for (const item of items) {
      const serial = Number((item['sk'] as string).slice(prefix.length))
      found.push({ serial, key: item['key'] as string })
    }
    if (found.length >= limit) break
  }
  return found.slice(0, limit)
}

/** Whether there is something on the side that the page was not read towards. */
async function existsBeyond<T>(
  port: Port,
  { edge, ...list }: List<T> & { edge: number | undefined },
  isBackward: boolean,
): Promise<boolean> {
  if (edge === undefined) return false
  const range = isBackward ? { below: edge } : { above: edge }
  const found = await readEntries(port, list, { ...range, isOldestFirst: !isBackward, limit: 1 })
  return found.length > 0
}
