import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import { readExtraData } from '../../rules/extra-data.ts'
import type { ToldKind } from '../../rules/row-changes.ts'
import type { RowOf } from '../../rules/rows.ts'
import type { EventRef } from '../../rules/seat.ts'
import type { Item } from './items.ts'
import { readBlockName } from '../../rules/area/block-name.ts'
import { readSeasonName } from '../../rules/season/season-name.ts'
import { isOfKind, rowKinds } from './row-kinds.ts'
import { partitionStarts } from './partitions.ts'
import { HOLD_PREFIX } from './table.ts'

type Image = Record<string, AttributeValue>

/** A hold that is to end: which objects of an event one token holds, by the entry that was written with the hold. */
export interface HoldToEnd {
  readonly workspaceId: string
  readonly holdToken: string
  readonly event: EventRef
  readonly labels: readonly string[]
  readonly until: Instant
}

/** A row of an event that changed. */
export type RowTold<Kind extends ToldKind = ToldKind> = {
  [K in Kind]: {
    readonly kind: K
    readonly eventId: string
    readonly label: string
    /** Of an area: which of its blocks. */
    readonly block?: number
    readonly before: RowOf<K> | undefined
    readonly after: RowOf<K>
  }
}[Kind]

/** What a record of the table's stream tells of rows and holds. */
export type RecordContent =
  | RowTold
  /** A hold that began, or whose entry was tidied up by TTL. */
  | { readonly kind: 'hold'; readonly hold: HoldToEnd }
  /** An event that says something else of itself by now, or was deleted; or a season of whose objects something changed. */
  | { readonly kind: 'event'; readonly eventId: string }

/**
 * Reads a stream record; it tells nothing of other items, of locks, and of rows that were removed with their event, and of a season's
 * row whatever became of the object in the season and in its partial ones. Throws where a row or an entry cannot be read.
 */
export function readRecord(before: Image | undefined, after: Image | undefined): RecordContent[] {
  const pk = after?.['pk']?.S ?? before?.['pk']?.S ?? ''
  const sk = after?.['sk']?.S ?? before?.['sk']?.S ?? ''
  const kind = toldKinds.find((told) => isOfKind(told, { pk, sk }))
  if (kind !== undefined) return [readRowRecord(kind, before, after) ?? []].flat()
  if (isOfKind('season', { pk, sk })) return readSeasonRecord(before, after)
  if (pk.startsWith(partitionStarts.eventsById)) return readEventRecord(pk, before, after)
  if (!pk.startsWith(partitionStarts.holds) || !sk.startsWith(HOLD_PREFIX)) return []
  const isNew = before === undefined
  const isGone = after === undefined
  const image = after ?? before
  if ((!isNew && !isGone) || image === undefined) return []
  return [{ kind: 'hold', hold: readHold(pk, unmarshall(image) as Item) }]
}

/** Of an event that is new, nobody has been told anything yet; of one that is removed by TTL, everything. */
function readEventRecord(
  pk: string,
  before: Image | undefined,
  after: Image | undefined,
): RecordContent[] {
  if (before === undefined || after === undefined) return []
  return [{ kind: 'event', eventId: pk.slice(partitionStarts.eventsById.length) }]
}

/** Whether a row can be read whole, kind by kind: its images are taken as they are then. */
const isWhole: { readonly [Kind in ToldKind]: (row: RowOf<Kind>, image: Image) => boolean } = {
  seat: ({ version, changedAt, operationId, state }, { s }) => {
    const isNumbered = [version, changedAt].every(Number.isInteger)
    if (!isNumbered || typeof operationId !== 'string' || typeof s?.S !== 'string') return false
    if (state.extraData !== undefined) readExtraData(state.extraData)
    return true
  },
  block: ({ version, changedAt, operationId, plan, extraData, pools, holds }) => {
    const counts = pools.flatMap(({ places, booked }) => [places, booked])
    const ends = holds.flatMap(({ places, until }) => [places, until])
    const numbers = [version, changedAt, plan, ...counts, ...ends]
    if (!numbers.every(Number.isInteger) || typeof operationId !== 'string') return false
    if (extraData !== undefined) readExtraData(extraData)
    return true
  },
}

const toldKinds = Object.keys(isWhole) as ToldKind[]

function readRowRecord<Kind extends ToldKind>(
  kind: Kind,
  before: Image | undefined,
  after: Image | undefined,
): RowTold<Kind> | undefined {
  if (after === undefined || after['v'] === undefined) return undefined
  if (after['v'].N === before?.['v']?.N) return undefined
  const [, eventId] = after['pk']?.S?.split('#') ?? []
  const name = after['sk']?.S
  const row = readRow(kind, after)
  if (eventId === undefined || name === undefined || row === undefined) throw unreadable('row')
  const place = readBlockName(name) ?? { label: name }
  return { kind, eventId, ...place, before: readRow(kind, before), after: row }
}

/** In which events an object is taken makes no notice: the events' rows tell it. */
function readSeasonRecord(before: Image | undefined, after: Image | undefined): RecordContent[] {
  if (after?.['v'] === undefined || after['v'].N === before?.['v']?.N) return []
  const [row, former] = [after, before].map((image) => {
    return image && rowKinds.season.read(unmarshall(image) as Item)
  })
  const label = readSeasonName(after['sk']?.S ?? '')
  const [, seasonId] = after['pk']?.S?.split('#') ?? []
  if (row === undefined || label === undefined || seasonId === undefined) throw unreadable('row')
  const told = Object.entries(row.parts).flatMap(([eventId, part]): RowTold<'seat'>[] => {
    const was = former?.parts[eventId]
    if (part.version === was?.version) return []
    if (!isWhole.seat(part, after['p']?.M?.[eventId]?.M ?? {})) throw unreadable('row')
    return [{ kind: 'seat', eventId, label, before: was, after: part }]
  })
  return [{ kind: 'event', eventId: seasonId }, ...told]
}

function readRow<Kind extends ToldKind>(
  kind: Kind,
  image: Image | undefined,
): RowOf<Kind> | undefined {
  if (image === undefined) return undefined
  const row = rowKinds[kind].read(unmarshall(image) as Item)
  if (row !== undefined && !isWhole[kind](row, image)) throw unreadable('row')
  return row
}

function readHold(pk: string, item: Item): HoldToEnd {
  const [, workspaceId, ...token] = pk.split('#')
  const { e, sh, sn, l, x } = item as Partial<Record<'e' | 'sh' | 'sn' | 'l' | 'x', unknown>>
  const isComplete = typeof e === 'string' && Number.isInteger(sh) && Number.isInteger(x)
  if (!isComplete || !Array.isArray(l) || workspaceId === undefined) throw unreadable('hold entry')
  return {
    workspaceId,
    // A token may contain what separates the parts of a key.
    holdToken: token.join('#'),
    event: { eventId: e, shards: sh as number, ...defined({ season: sn as EventRef['season'] }) },
    labels: l as string[],
    until: x as Instant,
  }
}

function unreadable(what: string): Error {
  return new Error(`A ${what} in the stream cannot be read`)
}
