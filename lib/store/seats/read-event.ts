import type { Instant } from '../../clock.ts'
import { readBlockName } from '../../rules/area/block-name.ts'
import type { BlockTarget } from '../../rules/area/area-target.ts'
import { sum, type BlockRow } from '../../rules/area/block.ts'
import { heldBy } from '../../rules/area/moves.ts'
import type { RowKind } from '../../rules/rows.ts'
import { isLive, type EventRef, type SeatRow } from '../../rules/seat.ts'
import { readBlockItem } from '../table/area-items.ts'
import { readSeatItem, type Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { findEvent } from './find-events.ts'
import type { TokenName } from './hold-tokens.ts'
import { batchGet, queryAll, queryPages } from '../table/read.ts'
import type { Store } from '../table/store.ts'
import {
  HOLD_PREFIX,
  holderPartition,
  holdPartition,
  keys,
  keyText,
  seatPartition,
  type Key,
} from '../table/table.ts'
import { isOfKind } from '../table/row-kinds.ts'
import { readEach, unlocked } from '../commit/unlocked.ts'

/** What is stored of an event's objects. */
export interface EventRows {
  readonly seats: readonly (readonly [label: string, row: SeatRow])[]
  /** Of areas whose places are sold one by one. */
  readonly blocks: readonly {
    readonly label: string
    readonly block: number
    readonly row: BlockRow
  }[]
}

/** Reads every row of an event, its shards in parallel; in no particular order. */
export async function readEventRows(port: Port, event: EventRef): Promise<EventRows> {
  const shards = Array.from({ length: event.shards }, (_, shard) =>
    queryAll(port, {
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': seatPartition(event, shard) },
    }),
  )
  const items = (await Promise.all(shards)).flat()
  const isOf = (kind: RowKind) => (item: Item) => isOfKind(kind, item as unknown as Key)
  const seats = items.filter(isOf('seat')).flatMap((item) => {
    const row = readSeatItem(item)
    return row === undefined ? [] : [[item['sk'] as string, row] as const]
  })
  const blocks = items.filter(isOf('block')).flatMap((item) => {
    const [name, row] = [readBlockName(item['sk'] as string), readBlockItem(item)]
    return name === undefined || row === undefined ? [] : [{ ...name, row }]
  })
  return { seats, blocks }
}

/** Reads the rows of these labels of an event, as far as there are any, after the locks on them have been ended where they can be. */
export async function readRows(
  port: Port,
  event: EventRef,
  labels: readonly string[],
): Promise<Map<string, SeatRow>> {
  const named = labels.map((label) => ({ name: label, key: keys.seat(event, label) }))
  const items = await batchGet(
    port,
    named.map(({ key }) => key),
  )
  return readEach(await unlocked(port, named, items), readSeatItem)
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

/** An object that a token may hold, or a block in which it may hold places, with its row as it is. */
export type ObjectRow = SeatObjectRow | BlockTarget

interface SeatObjectRow {
  readonly event: EventRef
  readonly label: string
  readonly row: SeatRow
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

/** An object by its event and label. */
export interface ObjectName {
  readonly event: EventRef
  readonly label: string
}

/** Reads each object once and keeps those whose row says that the token holds it, lapsed or not. */
async function rowsHeldBy(
  port: Port,
  { holdToken }: TokenName,
  objects: readonly ObjectName[],
): Promise<ObjectRow[]> {
  const named = objects.map(({ event, label }) => {
    const key = keys.seat(event, label)
    return { event, label, key, name: keyText(key) }
  })
  const once = [...new Map(named.map((object) => [object.name, object])).values()]
  const items = await batchGet(
    port,
    once.map(({ key }) => key),
  )
  const found = new Map(await unlocked(port, once, items))
  return once
    .flatMap(({ event, label, name }) => readObject({ event, label }, found.get(name)) ?? [])
    .filter((object) => {
      const { live, lapsed } = placesHeld(object, holdToken, 0 as Instant)
      return live + lapsed > 0
    })
}

/** Undefined where there is no row. */
function readObject({ event, label }: ObjectName, item: Item | undefined): ObjectRow | undefined {
  const name = readBlockName(label)
  if (name === undefined) {
    const row = readSeatItem(item)
    return row && { event, label, row }
  }
  const row = readBlockItem(item)
  return row && { event, ...name, row }
}

/** Places that the token of a hold entry has: of an object that is sold as one there is one. */
function placesHeld(object: ObjectRow, holdToken: string, now: Instant) {
  if ('block' in object) {
    const all = sum(object.row.holds.filter((hold) => hold.holdToken === holdToken))
    const live = heldBy(object.row, holdToken, now)
    return { live, lapsed: all - live }
  }
  const { state } = object.row
  if (state.status !== 'held' || state.holdToken !== holdToken) return { live: 0, lapsed: 0 }
  return isLive(state, now) ? { live: 1, lapsed: 0 } : { live: 0, lapsed: 1 }
}

function eventOf(item: Item): EventRef {
  return { eventId: item['e'] as string, shards: item['sh'] as number }
}

function nameOf({ event, label }: ObjectName): string {
  return keyText(keys.seat(event, label))
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
  const items = await batchGet(
    port,
    objects.map(({ event, label }) => keys.seat(event, label)),
  )
  const counted = new Map<string, number>()
  for (const { event, label, holdToken } of objects) {
    const key = keyText(keys.seat(event, label))
    const object = readObject({ event, label }, items.get(key))
    const live = object === undefined ? 0 : placesHeld(object, holdToken, now).live
    const name = object !== undefined && 'block' in object ? `${key} ${holdToken}` : key
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
