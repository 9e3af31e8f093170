import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import { readBlockName } from '../../rules/area/block-name.ts'
import type { BlockRow } from '../../rules/area/block.ts'
import type { RowKind } from '../../rules/rows.ts'
import { isLive, type EventRef, type SeatRow } from '../../rules/seat.ts'
import { readSeasonName } from '../../rules/season/season-name.ts'
import type { SeasonRef } from '../../rules/season/season-place.ts'
import { partOf, seasonOfPart, type SeasonRow } from '../../rules/season/season-row.ts'
import { readBlockItem } from '../table/area-items.ts'
import { readSeatItem, type Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { findEvent } from './find-events.ts'
import type { TokenName } from './hold-tokens.ts'
import { batchGet, queryAll, queryPages } from '../table/read.ts'
import type { Store } from '../table/store.ts'
import {
  keysOf,
  nameOf,
  placesHeld,
  readObject,
  readObjects,
  type ObjectName,
  type ObjectRow,
} from './object-rows.ts'
import {
  HOLD_PREFIX,
  holderPartition,
  holdPartition,
  keyText,
  seatPartition,
  type Key,
} from '../table/table.ts'
import { isOfKind, rowKinds } from '../table/row-kinds.ts'

/** What is stored of an event's objects. */
export interface EventRows {
  readonly seats: readonly (readonly [label: string, row: SeatRow])[]
  /** Of areas whose places are sold one by one. */
  readonly blocks: readonly {
    readonly label: string
    readonly block: number
    readonly row: BlockRow
  }[]
  /** Of a season, or a part of one, whatever its rows say, by label: they were read for its objects anyway. */
  readonly ofSeason?: ReadonlyMap<string, SeasonRow>
}

/** Reads every row of an event, its shards in parallel; in no particular order. Of a season, or a partial one, what its season's rows say. */
export async function readEventRows(port: Port, event: EventRef): Promise<EventRows> {
  const season = seasonOfPart(event)
  const items = await allItems(port, season ?? event)
  // Places of areas are in rows of its own, of a partial season too.
  const isPartial = event.season?.role === 'part'
  const own = isPartial ? await allItems(port, event) : items
  const blocks = own.filter(isOf('block')).flatMap((item) => {
    const [name, row] = [readBlockName(item['sk'] as string), readBlockItem(item)]
    return name === undefined || row === undefined ? [] : [{ ...name, row }]
  })
  if (season !== undefined) {
    const ofSeason = seasonRowsIn(items)
    const seats = [...ofSeason].flatMap(([label, ofLabel]) => {
      const row = partOf(ofLabel, event.eventId)
      return row === undefined ? [] : [[label, row] as const]
    })
    return { seats, blocks, ofSeason }
  }
  const seats = items.filter(isOf('seat')).flatMap((item) => {
    const row = readSeatItem(item)
    return row === undefined ? [] : [[item['sk'] as string, row] as const]
  })
  return { seats, blocks }
}

/** Reads every row of a season, its shards in parallel: by label, what it says of the season, its partial seasons and its events. */
export async function readSeasonRows(
  port: Port,
  season: SeasonRef,
): Promise<Map<string, SeasonRow>> {
  return seasonRowsIn(await allItems(port, season))
}

async function allItems(port: Port, { eventId, shards }: SeasonRef): Promise<Item[]> {
  const found = Array.from({ length: shards }, (_, shard) =>
    queryAll(port, {
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': seatPartition({ eventId, shards }, shard) },
    }),
  )
  return (await Promise.all(found)).flat()
}

function isOf(kind: RowKind): (item: Item) => boolean {
  return (item) => isOfKind(kind, item as unknown as Key)
}

function seasonRowsIn(items: readonly Item[]): Map<string, SeasonRow> {
  const rows = new Map<string, SeasonRow>()
  for (const item of items.filter(isOf('season'))) {
    const [label, row] = [readSeasonName(item['sk'] as string), rowKinds.season.read(item)]
    if (label !== undefined && row !== undefined) rows.set(label, row)
  }
  return rows
}

/** Reads the rows of these labels of an event, as far as there are any, after the locks on them have been ended where they can be. */
export async function readRows(
  port: Port,
  event: EventRef,
  labels: readonly string[],
): Promise<Map<string, SeatRow>> {
  const objects = await readObjects(
    port,
    labels.map((label) => ({ event, label })),
  )
  return new Map(objects.flatMap((it) => ('block' in it ? [] : [[it.label, it.row]])))
}

export interface HeldLabels {
  /** The event that was meant; it may have been deleted and made anew since it was remembered. */
  readonly eventId: string
  /** Until when the token was to hold each, by what it asked for last. */
  readonly until: ReadonlyMap<string, Instant>
}

/**
 * Labels of an event that a token holds or has held, by the hold entries that are left: hints, the rows decide. Undefined when
 * there is no such event.
 */
export async function findHeldLabels(
  store: Store,
  wanted: { workspaceId: string; eventKey: string; holdToken: string },
): Promise<HeldLabels | undefined> {
  const event = await findEvent(store, wanted)
  if (event === undefined) return undefined
  const until = new Map<string, Instant>()
  // In the order of their operations: a later one may have moved the deadline, to an earlier moment too.
  for await (const page of holdEntries(store, wanted)) {
    const ofEvent = page.filter((item) => item['e'] === event.eventId)
    for (const item of ofEvent) {
      for (const label of item['l'] as string[]) until.set(label, item['x'] as Instant)
    }
  }
  return { eventId: event.eventId, until }
}

function holdEntries(port: Port, { workspaceId, holdToken }: TokenName): AsyncGenerator<Item[]> {
  return queryPages(port, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: {
      ':pk': holdPartition(workspaceId, holdToken),
      ':prefix': HOLD_PREFIX,
    },
  })
}

/** Everything that a token holds at that moment, over all events: its hold entries tell where to look, the rows decide. */
export async function findHeldRows(
  port: Port,
  wanted: TokenName & { now: Instant },
): Promise<ObjectRow[]> {
  const { now } = wanted
  const covered: ObjectName[] = []
  for await (const page of holdEntries(port, wanted)) {
    for (const item of page) {
      const event = eventOf(item)
      covered.push(...coveredLabels(item, { event, now }).map((label) => ({ event, label })))
    }
  }
  const held = await rowsHeldBy(port, wanted, covered)
  return held.filter((object) => placesHeld(object, wanted.holdToken, now).live > 0)
}

/**
 * Of the given objects, those that the token held until a deadline that has passed, and that nobody has taken since. If there
 * are any, everything else of the token's that has lapsed is found along with them, over all events.
 */
export async function findLapsedRows(
  port: Port,
  wanted: TokenName & { now: Instant },
  objects: readonly ObjectName[],
): Promise<ObjectRow[]> {
  const { now } = wanted
  const lapsedAmong = async (among: readonly ObjectName[]) =>
    (await rowsHeldBy(port, wanted, among)).filter(
      (object) => placesHeld(object, wanted.holdToken, now).lapsed > 0,
    )
  const lapsed = await lapsedAmong(objects)
  if (lapsed.length === 0) return []
  const known = new Set(objects.map(nameOf))
  const others: ObjectName[] = []
  for await (const page of holdEntries(port, wanted)) {
    const over = page.filter((item) => !isLive({ heldUntil: item['x'] as Instant }, now))
    for (const item of over) {
      const event = eventOf(item)
      others.push(...(item['l'] as string[]).map((label) => ({ event, label })))
    }
  }
  return [...lapsed, ...(await lapsedAmong(others.filter((it) => !known.has(nameOf(it)))))]
}

/** Reads each object once and keeps those whose row says that the token holds it, lapsed or not. */
async function rowsHeldBy(
  port: Port,
  { holdToken }: TokenName,
  objects: readonly ObjectName[],
): Promise<ObjectRow[]> {
  return (await readObjects(port, objects)).filter((object) => {
    const { live, lapsed } = placesHeld(object, holdToken, 0 as Instant)
    return live + lapsed > 0
  })
}

function eventOf(item: Item): EventRef {
  const season = item['sn'] as EventRef['season']
  return { eventId: item['e'] as string, shards: item['sh'] as number, ...defined({ season }) }
}

/** What one holder may hold at that moment, by its hold entries: hints, the rows decide. */
export async function findHeldBy(
  port: Port,
  { holder, now }: { holder: string; now: Instant },
): Promise<HeldObject[]> {
  const items = await queryAll(port, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': holderPartition(holder) },
  })
  return items.flatMap((item) => {
    const event = eventOf(item)
    const holdToken = item['t'] as string
    return coveredLabels(item, { event, now }).map((label) => ({ event, label, holdToken }))
  })
}

/** An object that a hold entry covers. */
export interface HeldObject {
  readonly event: EventRef
  readonly label: string
  readonly holdToken: string
}

/** How many places the tokens of their entries hold of the given objects at that moment, each object counted once. */
export async function countLive(
  port: Port,
  objects: readonly HeldObject[],
  now: Instant,
): Promise<number> {
  const items = await batchGet(port, objects.flatMap(keysOf))
  const counted = new Map<string, number>()
  for (const { event, label, holdToken } of objects) {
    const object = readObject({ event, label }, (key) => items.get(keyText(key)))
    const live = object === undefined ? 0 : placesHeld(object, holdToken, now).live
    const own = nameOf({ event, label })
    const name = object !== undefined && 'block' in object ? `${own} ${holdToken}` : own
    counted.set(name, Math.max(counted.get(name) ?? 0, live))
  }
  return [...counted.values()].reduce((all, live) => all + live, 0)
}

/** Whether the places of an entry must be looked up: an entry names the blocks of areas, and not how many places. */
export function isCountedByRow({ label }: HeldObject): boolean {
  return readBlockName(label) !== undefined
}

function coveredLabels(item: Item, { event, now }: { event: EventRef; now: Instant }): string[] {
  const isOfEvent = item['e'] === event.eventId
  const isAlive = isLive({ heldUntil: item['x'] as Instant }, now)
  return isOfEvent && isAlive ? (item['l'] as string[]) : []
}
