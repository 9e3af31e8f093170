import { gunzipSync, gzipSync } from 'node:zlib'
import type { NativeAttributeValue } from '@aws-sdk/lib-dynamodb'
import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import type { HoldEntry, HoldTokenRow } from '../../rules/rows.ts'
import type { HistoryChange, HistoryEntry } from '../../rules/history.ts'
import {
  statusWord,
  type EventRef,
  type ExtraDataText,
  type Mark,
  type Return,
  type SeatNotes,
  type SeatRow,
  type SeatState,
  type StatusWord,
} from '../../rules/seat.ts'
import { DAY_SECONDS } from '../../limits/durations.ts'

/** An item as the document client reads and writes it. */
export type Item = Record<string, NativeAttributeValue>

/** Seconds a hold entry outlives its deadline before TTL may remove it. */
export const HOLD_ENTRY_GRACE_SECONDS = 60

/** Seconds for which a hold token is known to have ended: longer than any shop asks for a basket of former days. */
const TOKEN_KEPT_SECONDS = 7 * DAY_SECONDS

/** Largest piece of one list or text in an item: DynamoDB's limit is 400 KB with everything else. */
export const PART_BYTES_MAX = 350 * 1024

/** Attributes of an object row; short, because every row pays for them. */
export interface SeatItem {
  s: StatusWord
  v: number
  at: number
  op: string
  t?: string
  x?: number
  /** Extra data, order id, ticket type, resale listing; the selectable status to return to, where that is not free. */
  ed?: string
  oid?: string
  tt?: string
  rl?: string
  b?: 'resale'
  /** The mark of the last change. */
  m?: 'x' | 'u'
  /** Seasons that are overridden. */
  ov?: readonly string[]
}

const MARKS = { expired: 'x', updated: 'u' } as const satisfies Record<Mark, SeatItem['m']>

/** Writes an object row's attributes. */
export function seatItem(row: SeatRow): SeatItem {
  const { state } = row
  return {
    v: row.version,
    at: row.changedAt,
    op: row.operationId,
    s: statusWord(state),
    ...(row.mark === undefined ? {} : { m: MARKS[row.mark] }),
    ...(state.status === 'held' ? { t: state.holdToken, x: state.heldUntil } : {}),
    ...defined({
      ed: state.extraData,
      oid: state.orderId,
      tt: state.ticketType,
      rl: state.resaleListingId,
    }),
    ...('returnsTo' in state ? { b: state.returnsTo } : {}),
    ...defined({ ov: row.overridden }),
  }
}

/** Reads an object row; a row without a version has no state yet and reads as never touched. */
export function readSeatItem(item: Item | undefined): SeatRow | undefined {
  if (item?.['v'] === undefined) return undefined
  const row = item as unknown as SeatItem
  return {
    version: row.v,
    changedAt: row.at as Instant,
    operationId: row.op,
    state: readState(row),
    ...(row.m === undefined ? {} : { mark: row.m === 'x' ? 'expired' : 'updated' }),
    ...defined({ overridden: row.ov }),
  }
}

function readState(row: SeatItem): SeatState {
  const notes: SeatNotes & Return = {
    ...defined({
      extraData: row.ed as ExtraDataText | undefined,
      orderId: row.oid,
      ticketType: row.tt,
      resaleListingId: row.rl,
      returnsTo: row.b,
    }),
  }
  switch (row.s) {
    case 'held':
      return {
        status: 'held',
        holdToken: row.t ?? '',
        heldUntil: (row.x ?? 0) as Instant,
        ...notes,
      }
    case 'free':
    case 'resale':
    case 'booked':
      return { status: row.s, ...notes }
    default:
      return { status: 'custom', name: row.s.slice(1), ...notes }
  }
}

/** Attributes of a hold token's row; version and deadline are called as in an object row, so that guards read the same. */
interface TokenItem {
  v: number
  x: number
  cat: number
  n: number
  ttl: number
}

/** Writes a hold token's row. */
export function tokenItem(row: HoldTokenRow): TokenItem {
  const { version, expiresAt, createdAt, objects } = row
  const ttl = Math.ceil(expiresAt / 1000) + TOKEN_KEPT_SECONDS
  return { v: version, x: expiresAt, cat: createdAt, n: objects, ttl }
}

/** Reads a hold token's row; undefined where there is none. */
export function readTokenItem(item: Item | undefined): HoldTokenRow | undefined {
  if (item?.['v'] === undefined) return undefined
  const row = item as unknown as TokenItem
  return {
    version: row.v,
    expiresAt: row.x as Instant,
    createdAt: row.cat as Instant,
    objects: row.n,
  }
}

/** Writes a history entry as one item's attributes, or as several where the changes fill more than one part. */
export function historyItems(entry: HistoryEntry): Item[] {
  const { operationId, at, kind, origin, start, changes } = entry
  const parts = splitText(JSON.stringify(groupChanges(changes)))
  const ip = origin.type === 'API' && origin.ip !== undefined ? { ip: origin.ip } : {}
  return parts.map((text, part) =>
    part === 0
      ? {
          op: operationId,
          at,
          k: kind,
          o: origin.type,
          ...ip,
          n: start,
          c: text,
          parts: parts.length,
        }
      : { op: operationId, c: text },
  )
}

/** Reads a history entry from its items, the first of them first. */
export function readHistoryItems(event: EventRef, items: readonly Item[]): HistoryEntry {
  const [first = {}] = items
  const text = items.map((item) => item['c'] as string).join('')
  const ip = first['ip'] as string | undefined
  return {
    event,
    operationId: first['op'] as string,
    at: first['at'] as Instant,
    kind: first['k'] as HistoryEntry['kind'],
    origin:
      first['o'] === 'HOLD_EXPIRED'
        ? { type: 'HOLD_EXPIRED' }
        : { type: 'API', ...defined({ ip }) },
    start: first['n'] as number,
    changes: (JSON.parse(text) as ChangeGroup[]).flatMap(readGroup),
  }
}

/** Changes that follow each other and have more in common: that is written once, then labels and versions in turn. */
type ChangeGroup = [common: Omit<HistoryChange, 'label' | 'version'>, ...(string | number)[]]

function groupChanges(changes: readonly HistoryChange[]): ChangeGroup[] {
  const groups: ChangeGroup[] = []
  let latest: { name: string; group: ChangeGroup } | undefined
  for (const { label, version, ...common } of changes) {
    const name = JSON.stringify(common)
    if (latest?.name !== name) {
      latest = { name, group: [common] }
      groups.push(latest.group)
    }
    latest.group.push(label, version)
  }
  return groups
}

function readGroup([common, ...pairs]: ChangeGroup): HistoryChange[] {
  return Array.from({ length: pairs.length / 2 }, (_, index) => ({
    label: pairs[2 * index] as string,
    version: pairs[2 * index + 1] as number,
    ...common,
  }))
}

/** Writes a hold entry's attributes. */
export function holdItem({ event, holdToken, labels, until, life }: HoldEntry): Item {
  return {
    e: event.eventId,
    sh: event.shards,
    ...defined({ sn: event.season }),
    t: holdToken,
    l: labels,
    x: until,
    ...defined({ b: life?.since, c: life?.extensions }),
    ttl: Math.ceil(until / 1000) + HOLD_ENTRY_GRACE_SECONDS,
  }
}

/**
 * A hold entry, or its parts where its labels are too many for one item: each an entry of its own, which whoever looks for hold
 * entries finds as it finds others. Anything else is one part.
 */
export function holdParts<Entry extends Item>(entry: Entry): Entry[] {
  const labels = entry['l'] as readonly string[] | undefined
  if (!Array.isArray(labels)) return [entry]
  const chunks: string[][] = [[]]
  let bytes = 0
  for (const label of labels as readonly string[]) {
    const size = Buffer.byteLength(label) + 1
    if (bytes + size > PART_BYTES_MAX) {
      chunks.push([])
      bytes = 0
    }
    chunks.at(-1)?.push(label)
    bytes += size
  }
  return chunks.map((l, part) =>
    part === 0 ? { ...entry, l } : { ...entry, l, sk: `${String(entry['sk'])}#${part}` },
  )
}

/** Compresses a text into parts of at most `PART_BYTES_MAX` bytes. */
export function packText(text: string): Uint8Array[] {
  const bytes = gzipSync(text)
  const parts: Uint8Array[] = []
  for (let start = 0; start < bytes.length; start += PART_BYTES_MAX) {
    parts.push(bytes.subarray(start, start + PART_BYTES_MAX))
  }
  return parts
}

/** Reads what `packText` wrote. */
export function unpackText(parts: readonly Uint8Array[]): string {
  return gunzipSync(Buffer.concat(parts)).toString('utf8')
}

/** Splits by code units so that no part can exceed the limit even where each takes three bytes. */
function splitText(text: string): string[] {
  const parts: string[] = []
  let start = 0
  while (start < text.length) {
    let end = Math.min(text.length, start + PART_BYTES_MAX / 4)
    if (Buffer.byteLength(text.slice(start)) <= PART_BYTES_MAX) end = text.length
    else if (isHighSurrogate(text.charCodeAt(end - 1))) end -= 1
    parts.push(text.slice(start, end))
    start = end
  }
  return parts
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}
