import type { Instant } from '../clock.ts'
import { isLive, type EventRef, type SeatRow } from '../inventory/seat.ts'
import { readSeatItem, type Item } from './items.ts'
import type { Port } from './port.ts'
import { findEvent, type Memory } from './read-seats.ts'
import type { TokenName } from './hold-tokens.ts'
import { batchGet, queryAll, queryPages } from './read.ts'
import {
  HOLD_PREFIX,
  holderPartition,
  holdPartition,
  keys,
  keyText,
  type Key,
  seatPartition,
} from './table.ts'
import { readEach, unlocked } from './unlocked.ts'

/** Reads every row of an event, its shards in parallel; in no particular order. */
export async function readAllRows(
  port: Port,
  event: EventRef,
): Promise<[label: string, row: SeatRow][]> {
  const shards = Array.from({ length: event.shards }, (_, shard) =>
    queryAll(port, {
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': seatPartition(event, shard) },
    }),
  )
  return (await Promise.all(shards)).flat().flatMap((item) => {
    const row = readSeatItem(item)
    return row === undefined ? [] : [[item['sk'] as string, row] as [string, SeatRow]]
  })
}

export interface HeldLabels {
  /** The event that was meant; it may have been deleted and made anew since it was remembered. */
  readonly eventId: string
  readonly labels: readonly string[]
}

/**
 * Labels of an event that a token may hold at that moment, by its hold entries: hints, the rows decide. Undefined when
 * there is no such event.
 */
export async function findHeldLabels(
  port: Port,
  memory: Memory,
  wanted: { workspaceId: string; eventKey: string; holdToken: string; now: Instant },
): Promise<HeldLabels | undefined> {
  const event = await findEvent(port, memory, wanted)
  if (event === undefined) return undefined
  const labels = new Set<string>()
  for await (const page of holdEntries(port, wanted)) {
    for (const item of page)
      for (const label of coveredLabels(item, { event, now: wanted.now })) labels.add(label)
  }
  return { eventId: event.eventId, labels: [...labels] }
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

/** An object that a token may hold, with its row as it is. */
export interface ObjectRow {
  readonly event: EventRef
  readonly label: string
  readonly row: SeatRow
}

/** Everything that a token holds at that moment, over all events: its hold entries tell where to look, the rows decide. */
export async function findHeldRows(
  port: Port,
  wanted: TokenName & { now: Instant },
): Promise<ObjectRow[]> {
  const objects = new Map<string, { event: EventRef; label: string; key: Key }>()
  for await (const page of holdEntries(port, wanted)) {
    for (const item of page) {
      const event = { eventId: item['e'] as string, shards: item['sh'] as number }
      for (const label of coveredLabels(item, { event, now: wanted.now })) {
        const key = keys.seat(event, label)
        objects.set(keyText(key), { event, label, key })
      }
    }
  }
  const named = [...objects].map(([name, { key }]) => ({ name, key }))
  const items = await batchGet(
    port,
    named.map(({ key }) => key),
  )
  const rows = readEach(await unlocked(port, named, items), readSeatItem)
  return [...objects].flatMap(([name, { event, label }]) => {
    const row = rows.get(name)
    const isHeld = row?.state.status === 'held' && row.state.holdToken === wanted.holdToken
    return isHeld && isLive(row.state, wanted.now) ? [{ event, label, row }] : []
  })
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
    const event = { eventId: item['e'] as string, shards: item['sh'] as number }
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

/** Of the given objects, those that the token of their entry does hold at that moment. */
export async function keepLive(
  port: Port,
  objects: readonly HeldObject[],
  now: Instant,
): Promise<HeldObject[]> {
  const rows = await batchGet(
    port,
    objects.map(({ event, label }) => keys.seat(event, label)),
  )
  return objects.filter(({ event, label, holdToken }) => {
    const state = readSeatItem(rows.get(keyText(keys.seat(event, label))))?.state
    return state?.status === 'held' && state.holdToken === holdToken && isLive(state, now)
  })
}

function coveredLabels(item: Item, { event, now }: { event: EventRef; now: Instant }): string[] {
  const isOfEvent = item['e'] === event.eventId
  const isAlive = isLive({ heldUntil: item['x'] as Instant }, now)
  return isOfEvent && isAlive ? (item['l'] as string[]) : []
}
