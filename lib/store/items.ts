import { gunzipSync, gzipSync } from 'node:zlib'
import type { NativeAttributeValue } from '@aws-sdk/lib-dynamodb'
import type { Instant } from '../clock.ts'
import type { HistoryChange, HistoryEntry, HoldEntry } from '../inventory/decide.ts'
import type { ExtraDataText, SeatRow, SeatState } from '../inventory/seat.ts'

/** An item as the document client reads and writes it. */
export type Item = Record<string, NativeAttributeValue>

/** Seconds a hold entry outlives its deadline before TTL may remove it. */
export const HOLD_ENTRY_GRACE_SECONDS = 60

/** Largest piece of one list or text in an item: DynamoDB's limit is 400 KB with everything else. */
export const PART_BYTES_MAX = 350 * 1024

/** Attributes of an object row; short, because every row pays for them. */
interface SeatItem {
  s: 'free' | 'held' | 'booked'
  v: number
  at: number
  op: string
  t?: string
  x?: number
  ed?: string
}

/** Writes an object row's attributes. */
export function seatItem(row: SeatRow): SeatItem {
  const base = { v: row.version, at: row.changedAt, op: row.operationId }
  const { state } = row
  switch (state.status) {
    case 'free':
      return { ...base, s: 'free' }
    case 'held':
      return {
        ...base,
        s: 'held',
        t: state.holdToken,
        x: state.heldUntil,
        ...(state.extraData === undefined ? {} : { ed: state.extraData }),
      }
    case 'booked':
      return {
        ...base,
        s: 'booked',
        ...(state.extraData === undefined ? {} : { ed: state.extraData }),
      }
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
  }
}

function readState(row: SeatItem): SeatState {
  const extra = row.ed === undefined ? {} : { extraData: row.ed as ExtraDataText }
  if (row.s === 'held') {
    return {
      status: 'held',
      holdToken: row.t ?? '',
      heldUntil: (row.x ?? 0) as Instant,
      ...extra,
    }
  }
  return row.s === 'booked' ? { status: 'booked', ...extra } : { status: 'free' }
}

/** Writes a history entry as one item's attributes, or as several where the changes fill more than one part. */
export function historyItems(entry: HistoryEntry): Item[] {
  const { operationId, at, kind, origin, changes } = entry
  const parts = splitText(JSON.stringify(groupChanges(changes)))
  return parts.map((text, part) =>
    part === 0
      ? { op: operationId, at, k: kind, o: origin, c: text, parts: parts.length }
      : { op: operationId, c: text },
  )
}

/** Changes of one kind: what they have in common is written once, then labels and versions in turn. */
type ChangeGroup = [common: Omit<HistoryChange, 'label' | 'version'>, ...(string | number)[]]

function groupChanges(changes: readonly HistoryChange[]): ChangeGroup[] {
  const groups = new Map<string, ChangeGroup>()
  for (const { label, version, ...common } of changes) {
    const name = JSON.stringify(common)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [common, label, version])
    else group.push(label, version)
  }
  return [...groups.values()]
}

/** Writes a hold entry's attributes. */
export function holdItem({ event, holdToken, labels, until }: HoldEntry): Item {
  return {
    e: event.eventId,
    sh: event.shards,
    t: holdToken,
    l: labels,
    x: until,
    ttl: Math.ceil(until / 1000) + HOLD_ENTRY_GRACE_SECONDS,
  }
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
