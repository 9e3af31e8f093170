import { readWhole, type See } from '../commit/as-decided.ts'
import { readListed, type List } from './listings.ts'
import type { Item } from './items.ts'
import type { Port } from './port.ts'
import { queryPages } from './read.ts'
import { SERIAL_DIGITS, sortableSerial } from './sortable.ts'
import { LISTING_PREFIXES, workspacePartition } from './table.ts'

// Lists by cursor: a cursor is a number, whether something has it or not. What is left out of a list, because nobody asked
// for it or because it is not there yet, is left out before pages are made: a page is full wherever there is more.

/** Which part of a list: what comes after a number, or right before it, or its beginning. */
export interface CursorRequest {
  readonly limit: number
  readonly after?: number
  readonly before?: number
}

/** Part of a list, in its order, and whether there is something on its either side. */
export interface CursorPage<T> {
  readonly items: readonly T[]
  readonly hasMore: boolean
  readonly hasPrevious: boolean
}

/** Entries of one partition whose sort keys are a prefix and a number. */
export interface Sequence<T> {
  readonly partition: string
  readonly prefix: string
  /** Entries that one query asks for at least, where many may be left out that cost nothing to read. */
  readonly atOnce?: number
  /** Newest first unless given. */
  readonly isOldestFirst?: true
  /** What entries stand for, in their order; undefined leaves one out. */
  readonly read: (entries: readonly Item[]) => Promise<(T | undefined)[]>
}

/** Entries that one query asks for at most, while many are left out. */
const QUERY_LIMIT_MAX = 500

/** Lists a workspace's heads from a cursor on, newest first; of those that are wanted only, where that is asked for. */
export function readByCursor<T>(
  port: Port,
  { isWanted = () => true, ...list }: List<T> & { readonly isWanted?: (head: T) => boolean },
  request: CursorRequest,
): Promise<CursorPage<T>> {
  const readFor = (see: See) => async (entries: readonly Item[]) => {
    const heads = await readListed(port, list, see(entries))
    return heads.map((head) => (head === undefined || !isWanted(head) ? undefined : head))
  }
  const { listed, workspaceId } = list
  const place = { partition: workspacePartition(workspaceId), prefix: LISTING_PREFIXES[listed] }
  return readWhole(port, (see) => readSequence(port, { ...place, read: readFor(see) }, request))
}

/** Reads part of a sequence: as many entries as it gives, those that it leaves out, and one on either side. */
export async function readSequence<T>(
  port: Port,
  sequence: Sequence<T>,
  { limit, after, before }: CursorRequest,
): Promise<CursorPage<T>> {
  const isBackward = before !== undefined
  const isRising = (sequence.isOldestFirst === true) !== isBackward
  const found = await collect(port, sequence, {
    ...beyond(before ?? after, isRising),
    isRising,
    limit,
  })
  const cut = cutAfter(found, limit)
  const page = cut === -1 ? found : found.slice(0, cut)
  const isCutOff = cut !== -1
  if (isBackward) page.reverse()
  const items = page.map(({ value }) => value)
  // From the beginning of the list on, nothing comes before.
  if (!isBackward && after === undefined) return { items, hasMore: isCutOff, hasPrevious: false }
  const edge = isBackward ? page.at(-1)?.serial : page[0]?.serial
  const hasOther = edge !== undefined && (await exists(port, sequence, beyond(edge, !isRising)))
  return isBackward
    ? { items, hasMore: hasOther, hasPrevious: isCutOff }
    : { items, hasMore: isCutOff, hasPrevious: hasOther }
}

interface Entry<T> {
  readonly serial: number
  readonly value: T
}

interface Range {
  readonly above?: number
  readonly below?: number
  /** In which direction to read; of the list's own order where the numbers rise with it. */
  readonly isRising: boolean
}

/** What lies behind a number, in the direction in which is read. */
function beyond(number: number | undefined, isRising: boolean): Range {
  if (number === undefined) return { isRising }
  return isRising ? { above: number, isRising } : { below: number, isRising }
}

async function exists<T>(port: Port, sequence: Sequence<T>, range: Range): Promise<boolean> {
  return (await collect(port, sequence, { ...range, limit: 0 })).length > 0
}

/** Reads entries until there is one more than the limit. */
async function collect<T>(
  port: Port,
  { partition, prefix, read, atOnce = 0 }: Sequence<T>,
  { above = -1, below = Number.MAX_SAFE_INTEGER, isRising, limit }: Range & { limit: number },
): Promise<Entry<T>[]> {
  if (above + 1 > below - 1) return []
  const found: Entry<T>[] = []
  const pages = queryPages(port, {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: {
      ':pk': partition,
      ':from': `${prefix}${sortableSerial(above + 1)}`,
      ':to': `${prefix}${sortableSerial(below - 1)}${LAST}`,
    },
    ScanIndexForward: isRising,
    Limit: Math.max(limit + 1, atOnce),
    growsTo: QUERY_LIMIT_MAX,
  })
  for await (const items of pages) {
    const values = items.length === 0 ? [] : await read(items)
    for (const [index, item] of items.entries()) {
      const value = values[index]
      const digits = (item['sk'] as string).slice(prefix.length, prefix.length + SERIAL_DIGITS)
      if (value !== undefined) found.push({ serial: Number(digits), value })
    }
    if (cutAfter(found, limit) !== -1) break
  }
  return found
}

/** Sorts behind whatever may follow a number in a sort key. */
const LAST = '~'

/** Where a page of that many ends: never between two of one number. -1 where nothing is left for another page. */
function cutAfter<T>(found: readonly Entry<T>[], limit: number): number {
  const last = found[limit - 1]?.serial
  return found.findIndex(({ serial }, index) => index >= limit && serial !== last)
}
