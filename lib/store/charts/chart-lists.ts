import type { ChartHead } from '../../records/records.ts'
import { readSequence, type CursorPage, type CursorRequest } from '../table/cursors.ts'
import { readChartItem } from '../table/heads.ts'
import type { Item } from '../table/items.ts'
import {
  countWrite,
  listingKey,
  listingPut,
  listingWrites,
  readHeads,
  readPage,
  type List,
  type Page,
  type PageRequest,
} from '../table/listings.ts'
import type { Port } from '../table/port.ts'
import { queryPages } from '../table/read.ts'
import { keys, LISTING_PREFIXES, workspacePartition } from '../table/table.ts'
import type { TransactItem } from '../table/transact.ts'

// A chart is in one of two lists: of those in use, or of those in the archive. Its place there has what charts are found by,
// name and tags, so that those that are not wanted are left out without a look at them.

/** Places that one query asks for while charts are left out: some 600 KB of them. */
const PLACES_AT_ONCE = 4_000

/** Which charts to list. */
export interface ChartFilter {
  readonly isArchived: boolean
  /** Part of the name, in any case. */
  readonly name?: string
  readonly tag?: string
}

/** The writes that keep lists in step when a chart comes, changes or goes. */
export function placeWrites(
  port: Port,
  { before, after }: { before?: ChartHead; after?: ChartHead },
): TransactItem[] {
  const { tableName } = port
  const [from, to] = [before && listOf(before), after && listOf(after)]
  if (before === undefined || after === undefined) return comeOrGo(port, before ?? after, after)
  if (from === to && isFoundAlike(before, after)) return []
  const { workspaceId, serial } = after
  const put = listingPut(tableName, listOf(after), entryOf(after))
  if (from === to) return [withoutCondition(put)]
  const key = listingKey[listOf(before)](workspaceId, serial)
  const change = to === 'charts' ? 1 : -1
  return [
    { Delete: { TableName: tableName, Key: key } },
    put,
    countWrite(tableName, workspaceId, { listed: 'charts', change }),
  ]
}

/** Reads a page of a workspace's charts in use, newest first. */
export function listCharts(
  port: Port,
  workspaceId: string,
  request: PageRequest,
): Promise<Page<ChartHead>> {
  return readPage(port, chartList(workspaceId, 'charts'), request)
}

/** Lists the wanted charts of a workspace from a cursor on, newest first. */
export async function listChartsFrom(
  port: Port,
  workspaceId: string,
  { isArchived, name = '', tag, ...request }: ChartFilter & CursorRequest,
): Promise<CursorPage<ChartHead>> {
  const listed = isArchived ? 'archive' : 'charts'
  const part = foldCase(name)
  const isWanted = ({ nm = '', tags = [] }: Item) =>
    (nm as string).includes(part) && (tag === undefined || (tags as string[]).includes(tag))
  const isFiltered = part !== '' || tag !== undefined
  const sequence = {
    partition: workspacePartition(workspaceId),
    prefix: LISTING_PREFIXES[listed],
    ...(isFiltered ? { atOnce: PLACES_AT_ONCE } : {}),
    read: (places: readonly Item[]) =>
      Promise.resolve(
        places.map((place) => (isWanted(place) ? (place['key'] as string) : undefined)),
      ),
  }
  const page = await readSequence(port, sequence, request)
  return { ...page, items: await readHeads(port, chartList(workspaceId, listed), page.items) }
}

/** The tags of a workspace's charts in use, each once, in alphabetical order. */
export async function listTags(port: Port, workspaceId: string): Promise<string[]> {
  const found = new Set<string>()
  const pages = queryPages(port, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    FilterExpression: 'attribute_exists(tags)',
    ExpressionAttributeValues: {
      ':pk': workspacePartition(workspaceId),
      ':prefix': LISTING_PREFIXES.charts,
    },
    ProjectionExpression: 'tags',
  })
  for await (const items of pages) {
    for (const { tags } of items) for (const tag of tags as string[]) found.add(tag)
  }
  return [...found].sort()
}

function chartList(workspaceId: string, listed: 'charts' | 'archive'): List<ChartHead> {
  const headKey = (chartKey: string) => keys.chartHead(workspaceId, chartKey)
  return { listed, workspaceId, headKey, read: readChartItem }
}

function listOf({ isArchived }: ChartHead): 'charts' | 'archive' {
  return isArchived === true ? 'archive' : 'charts'
}

/** Only charts in use are counted. */
function comeOrGo(
  port: Port,
  head: ChartHead | undefined,
  after: ChartHead | undefined,
): TransactItem[] {
  if (head === undefined) return []
  const listed = listOf(head)
  const change = after === undefined ? ('remove' as const) : ('add' as const)
  const writes = listingWrites(port, listed, { ...entryOf(head), change })
  return listed === 'charts' ? writes : writes.slice(0, 1)
}

function entryOf({ workspaceId, serial, chartKey: key, name, tags = [] }: ChartHead) {
  const found = { nm: foldCase(name), ...(tags.length === 0 ? {} : { tags }) }
  return { workspaceId, serial, key, found }
}

function isFoundAlike(one: ChartHead, other: ChartHead): boolean {
  return JSON.stringify(entryOf(one)) === JSON.stringify(entryOf(other))
}

/** For a place that the chart has already. */
function withoutCondition({ Put }: TransactItem): TransactItem {
  if (Put === undefined) return {}
  const { ConditionExpression, ...put } = Put
  return { Put: put }
}

function foldCase(text: string): string {
  return text.toLowerCase()
}
