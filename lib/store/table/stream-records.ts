import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { Instant } from '../../clock.ts'
import { readExtraData } from '../../rules/extra-data.ts'
import type { SeatRow } from '../../rules/seat.ts'
import { readSeatItem, type Item } from './items.ts'
import { HOLD_PREFIX, SEAT_PREFIX, TOKEN_PREFIX } from './table.ts'

type Image = Record<string, AttributeValue>

/** A hold that is to end: which objects of an event one token holds, by the entry that was written with the hold. */
export interface HoldToEnd {
  readonly workspaceId: string
  readonly holdToken: string
  readonly event: { readonly eventId: string; readonly shards: number }
  readonly labels: readonly string[]
  readonly until: Instant
}

/** What a record of the table's stream tells of seats and holds. */
export type Told =
  | {
      readonly kind: 'seat'
      readonly eventId: string
      readonly label: string
      readonly before: SeatRow | undefined
      readonly after: SeatRow
    }
  /** A hold that began, or whose entry was tidied up by TTL. */
  | { readonly kind: 'hold'; readonly hold: HoldToEnd }

/**
 * Reads a stream record; undefined where it tells nothing: other items, locks, rows that were removed with their event. Throws
 * where a row or an entry cannot be read.
 */
export function readRecord(before: Image | undefined, after: Image | undefined): Told | undefined {
  const pk = after?.['pk']?.S ?? before?.['pk']?.S ?? ''
  const sk = after?.['sk']?.S ?? before?.['sk']?.S ?? ''
  if (pk.startsWith(SEAT_PREFIX)) return readSeatRecord(pk, before, after)
  if (!pk.startsWith(TOKEN_PREFIX) || !sk.startsWith(HOLD_PREFIX)) return undefined
  const isNew = before === undefined
  const isGone = after === undefined
  const image = after ?? before
  if ((!isNew && !isGone) || image === undefined) return undefined
  return { kind: 'hold', hold: readHold(pk, unmarshall(image) as Item) }
}

function readSeatRecord(
  pk: string,
  before: Image | undefined,
  after: Image | undefined,
): Told | undefined {
  if (after === undefined || after['v'] === undefined) return undefined
  if (after['v'].N === before?.['v']?.N) return undefined
  const [, eventId] = pk.split('#')
  const label = after['sk']?.S
  const row = readRow(after)
  if (eventId === undefined || label === undefined || row === undefined) throw unreadable('row')
  return { kind: 'seat', eventId, label, before: readRow(before), after: row }
}

function readRow(image: Image | undefined): SeatRow | undefined {
  if (image === undefined) return undefined
  const row = readSeatItem(unmarshall(image) as Item)
  if (row === undefined) return undefined
  const { version, changedAt, operationId } = row
  const isWhole = [version, changedAt].every(Number.isInteger) && typeof operationId === 'string'
  if (!isWhole || typeof image['s']?.S !== 'string') throw unreadable('row')
  if (row.state.extraData !== undefined) readExtraData(row.state.extraData)
  return row
}

function readHold(pk: string, item: Item): HoldToEnd {
  const [, workspaceId, ...token] = pk.split('#')
  const { e, sh, l, x } = item as { e?: unknown; sh?: unknown; l?: unknown; x?: unknown }
  const isWhole = typeof e === 'string' && Number.isInteger(sh) && Number.isInteger(x)
  if (!isWhole || !Array.isArray(l) || workspaceId === undefined) throw unreadable('hold entry')
  return {
    workspaceId,
    // A token may contain what separates the parts of a key.
    holdToken: token.join('#'),
    event: { eventId: e, shards: sh as number },
    labels: l as string[],
    until: x as Instant,
  }
}

function unreadable(what: string): Error {
  return new Error(`A ${what} in the stream cannot be read`)
}
