import { decodeTime, encodeTime } from 'ulid'
import { instant, type Instant } from '../../clock.ts'
import { LINE_NUMBERS, type HistoryChange, type HistoryEntry } from '../../rules/history.ts'
import type { EventRef } from '../../rules/seat.ts'
import { placeInLog } from '../commit/decided.ts'
import { readHistoryItems, type Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { queryAll, queryPages } from '../table/read.ts'
import { TIME_LENGTH } from '../table/sortable.ts'
import { historyPartition, keys } from '../table/table.ts'

// The log of an event, line by line:
//
// 1. A line's number is (milliseconds since 2025 × 8,192) + the random start of its operation + its place in it: below 2^53
//    until 2059, and rising with time. Operations of one millisecond are in the order of their ids, and counted on where they meet.
// 2. Entries lie in as many partitions as the event's rows, by operation id, which begins with the millisecond; those of a large
//    commit by the millisecond of its decision, since they come to be after that. Each partition is read in order, a little at a time, and the millisecond that comes first among all is next.
// 3. So whoever reads a page reads little more than the page, and lines of one millisecond always come together.

/** What line numbers count from. */
const EPOCH_MS = Date.UTC(2025, 0, 1)

const ULID_LENGTH = 26

/** The latest millisecond that a ULID can tell. */
const TIME_MAX = 2 ** 48 - 1

/** Entries that the first request to a partition asks for; each further one asks for twice as many. */
const FIRST_ENTRIES = 8
const ENTRIES_MAX = 256

/** The number that the first line of a moment could have. */
export function numberAt(time: Instant): number {
  return (time - EPOCH_MS) * LINE_NUMBERS
}

/** The moment at which a line stands in the log. */
export function timeOf({ number }: Pick<LogLine, 'number'>): Instant {
  return instant(EPOCH_MS + Math.floor(number / LINE_NUMBERS))
}

/** A line of an event's log. */
export interface LogLine {
  readonly number: number
  readonly entry: Omit<HistoryEntry, 'changes'>
  readonly change: HistoryChange
}

/** Where to begin, and which way. */
export interface LogRange {
  readonly direction: 'newest-first' | 'oldest-first'
  /** Number of a line, whether there is one or not: begins with the lines of its millisecond. */
  readonly from?: number
}

/** Yields the lines of an event's log, all those of one millisecond at a time, in order of their numbers. */
export async function* readLog(
  port: Port,
  event: EventRef,
  range: LogRange,
): AsyncGenerator<LogLine[]> {
  const shards = Array.from({ length: event.shards }, (_, shard) =>
    entriesOf(port, { event, shard, range }),
  )
  const heads = await Promise.all(shards.map((entries) => entries.next()))
  const isNewest = range.direction === 'newest-first'
  for (;;) {
    const times = heads.flatMap(({ value }) => (value === undefined ? [] : [value.time]))
    if (times.length === 0) return
    const next = isNewest ? Math.max(...times) : Math.min(...times)
    const lines: LogLine[] = []
    for (const [shard, entries] of shards.entries()) {
      for (;;) {
        const listed = heads[shard]?.value
        if (listed?.time !== next) break
        lines.push(...linesOf(listed))
        heads[shard] = await entries.next()
      }
    }
    const numbered = numberOnce(lines)
    yield isNewest ? numbered.reverse() : numbered
  }
}

/**
 * Reads what one operation did in an event at a moment; undefined where it did nothing there, or the event is gone. That of a
 * large commit stands where it was decided.
 */
export async function readEntry(
  port: Port,
  event: EventRef,
  { operationId, at }: Pick<HistoryEntry, 'operationId' | 'at'>,
): Promise<HistoryEntry | undefined> {
  const { pk, sk } = keys.history(event, operationId, 0)
  for (const place of [sk, placeInLog(sk, at)]) {
    const items = await queryAll(port, {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': pk, ':sk': place },
    })
    if (isWhole(items)) return readHistoryItems(event, inOrder(items))
  }
  return undefined
}

/**
 * Oldest first, each with a number of its own: operations in the order of their ids, which in one process is that of the requests.
 * Numbers stay within their millisecond as long as it has no more lines than numbers.
 */
function numberOnce(lines: readonly LogLine[]): LogLine[] {
  const byId = (a: LogLine, b: LogLine) => (a.entry.operationId < b.entry.operationId ? -1 : 1)
  const isSame = (a: LogLine, b: LogLine) => a.entry.operationId === b.entry.operationId
  const sorted = lines.toSorted((a, b) => (isSame(a, b) ? a.number - b.number : byId(a, b)))
  const first = Math.floor((sorted[0]?.number ?? 0) / LINE_NUMBERS) * LINE_NUMBERS
  let last = first - 1
  return sorted.map((line, place) => {
    const highest = first + LINE_NUMBERS - (sorted.length - place)
    last = Math.max(Math.min(line.number, highest), last + 1)
    return { ...line, number: last }
  })
}

/** An entry, and the millisecond in which it stands in the log. */
interface Listed {
  readonly time: number
  readonly entry: HistoryEntry
}

function listedFrom(event: EventRef, items: readonly Item[]): Listed {
  const parts = inOrder(items)
  const place = parts[0]?.['sk'] as string
  return { time: decodeTime(place.slice(0, ULID_LENGTH)), entry: readHistoryItems(event, parts) }
}

function linesOf({ time, entry: { changes, ...entry } }: Listed): LogLine[] {
  const start = (time - EPOCH_MS) * LINE_NUMBERS + entry.start
  const lines: LogLine[] = []
  for (const [place, change] of changes.entries()) {
    const former = change.continues === true ? lines.pop() : undefined
    lines.push(
      former === undefined ? { number: start + place, entry, change } : joined(former, change),
    )
  }
  return lines
}

/** Places of an area that one change took from several blocks are one line. */
function joined(line: LogLine, { quantity = 0 }: HistoryChange): LogLine {
  const { change } = line
  return { ...line, change: { ...change, quantity: (change.quantity ?? 0) + quantity } }
}

interface Shard {
  readonly event: EventRef
  readonly shard: number
  readonly range: LogRange
}

async function* entriesOf(
  port: Port,
  { event, shard, range: { direction, from } }: Shard,
): AsyncGenerator<Listed, undefined> {
  const isNewest = direction === 'newest-first'
  let parts: Item[] = []
  for await (const items of pagesOf(port, { pk: historyPartition(event, shard), isNewest, from })) {
    for (const item of items) {
      // One after the other; what lacks a part is about to be written, and not in the log yet.
      if (parts[0]?.['op'] !== item['op']) parts = []
      parts.push(item)
      if (!isWhole(parts)) continue
      yield listedFrom(event, parts)
      parts = []
    }
  }
  return undefined
}

function isWhole(parts: readonly Item[]): boolean {
  return parts.some((part) => part['parts'] === parts.length)
}

/** Keys sort part 10 before part 2. */
function inOrder(parts: readonly Item[]): Item[] {
  return parts.toSorted((a, b) => placeOf(a) - placeOf(b))
}

function placeOf(item: Item): number {
  return Number((item['sk'] as string).split('#')[1] ?? 0)
}

async function* pagesOf(
  port: Port,
  { pk, isNewest, from }: { pk: string; isNewest: boolean; from: number | undefined },
): AsyncGenerator<Item[]> {
  const start = EPOCH_MS + Math.floor((from ?? 0) / LINE_NUMBERS)
  const condition = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } }
  const bounded =
    from === undefined
      ? condition
      : {
          KeyConditionExpression: `pk = :pk AND sk ${isNewest ? '<' : '>='} :from`,
          ExpressionAttributeValues: {
            ':pk': pk,
            ':from': encodeTime(Math.min(isNewest ? start + 1 : start, TIME_MAX), TIME_LENGTH),
          },
        }
  yield* queryPages(port, {
    ...bounded,
    ScanIndexForward: !isNewest,
    Limit: FIRST_ENTRIES,
    growsTo: ENTRIES_MAX,
  })
}
