import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import { DAY_SECONDS } from '../../limits/durations.ts'
import { hasSlots, newSlots, slotsOf, slotsOver } from './slot-leases.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { deliveryPartition, keys, type Key } from '../table/table.ts'
import { writeItem, type Settled } from '../table/write-item.ts'

// Gates: where the slots of an endpoint are that answers well. Each is an item in a partition of its own, so that what is taken and given
// back at one endpoint meets at none of them. Whoever wants some begins at any gate, takes what that has, all in one write, and goes on
// to the next for the rest; so together they are one number of slots, exactly.
//
// An endpoint that is slow to answer has as few as ever: what hangs takes workers from all others, what is quick does not. A gate
// knows by the last answer that came through it.

/** An endpoint's gates. */
export const GATES = ['s0', 's1', 's2', 's3'] as const

export type Gate = (typeof GATES)[number]

/** Slots of a gate, where the last answer was quick and where it was slow. */
const GATE_SLOTS = { quick: 32, slow: 5 } as const

/** Requests to one endpoint that may be under way at a time: 500 a second, with all that is written of each, twice over. */
export const SLOTS_MAX = GATES.length * GATE_SLOTS.quick

/** The same where answers are slow: a share of the workers that no other endpoint can lose. */
export const SLOTS_SLOW_MAX = GATES.length * GATE_SLOTS.slow

/** Milliseconds within which an answer is quick. */
export const QUICK_MS = 1_000

/** Rounds to take slots of one gate while others take and give back. */
const ROUNDS_MAX = 5

/** Days for which nothing is delivered to an endpoint until its gates and its health are forgotten. */
const HEALTH_DAYS = 90

/** What a gate knows: its slots, the last success, and how many milliseconds the last answer took. */
export type GateItem = Partial<{ sl: Set<number>; ok: Instant; q: number }>

/** A slot of a gate. */
export interface GateSlot {
  readonly slot: number
  readonly gate: Gate
}

/** How many are wanted, and when they are free again at the latest. */
export interface GateSlotsWanted {
  readonly count: number
  readonly until: Instant
}

/** Takes slots, as many as there are of those wanted. */
export async function takeAtGates(
  port: Port,
  endpointId: string,
  { count, until }: GateSlotsWanted,
): Promise<GateSlot[]> {
  const first = Math.floor(port.ids.random() * GATES.length)
  const taken: GateSlot[] = []
  for (const gate of [...GATES.slice(first), ...GATES.slice(0, first)]) {
    const wanted = { count: count - taken.length, until }
    const slots = await takeAt(port, gateKey(endpointId, gate), wanted)
    taken.push(...[...slots].map((slot) => ({ slot, gate })))
    if (taken.length === count) break
  }
  return taken
}

async function takeAt(
  port: Port,
  key: Key,
  { count, until }: GateSlotsWanted,
): Promise<ReadonlySet<number>> {
  let wanted = Math.min(count, GATE_SLOTS.quick)
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const mine = newSlots(port.ids, until, wanted)
    const { status, item } = await sendTake(port, key, mine)
    if (status === 'applied' || hasSlots(item, mine)) return mine
    const over = slotsOver(item, port.clock.now())
    if (over.size > 0) await clearSlots(port, key, over)
    const room = roomOf(item) - (slotsOf(item).size - over.size)
    if (room <= 0) break
    wanted = Math.min(count, room)
  }
  return new Set()
}

function roomOf(item: Item | undefined): number {
  const { q = Infinity } = (item ?? {}) as GateItem
  return q <= QUICK_MS ? GATE_SLOTS.quick : GATE_SLOTS.slow
}

/** The same for the table. */
function sendTake(port: Port, key: Key, mine: ReadonlySet<number>): Promise<Settled> {
  const isQuick = 'q <= :quick AND (attribute_not_exists(sl) OR size(sl) <= :before)'
  const isSlow = 'attribute_not_exists(sl) OR size(sl) <= :few'
  const mayBeSlow = mine.size <= GATE_SLOTS.slow
  return send(port, key, {
    UpdateExpression: 'ADD sl :mine',
    ConditionExpression: mayBeSlow ? `(${isQuick}) OR ${isSlow}` : isQuick,
    ExpressionAttributeValues: {
      ':mine': new Set(mine),
      ':quick': QUICK_MS,
      ':before': GATE_SLOTS.quick - mine.size,
      ...(mayBeSlow ? { ':few': GATE_SLOTS.slow - mine.size } : {}),
    },
  })
}

/** Clears away slots whose leases ran out. */
export async function clearSlots(port: Port, key: Key, over: Set<number>): Promise<void> {
  await send(port, key, {
    UpdateExpression: 'DELETE sl :over',
    ExpressionAttributeValues: { ':over': over },
  })
}

/** What came through a gate: slots that are free again, whether one of them was used well, and how long the last answer took. */
export interface GateReturn {
  readonly slots: readonly number[]
  readonly isSuccess: boolean
  /** Undefined where nothing was sent. */
  readonly latencyMs: number | undefined
}

/** Gives slots of one gate back. */
export async function giveBackAtGate(
  port: Port,
  { endpointId, gate }: { endpointId: string; gate: Gate },
  { slots, isSuccess, latencyMs }: GateReturn,
): Promise<void> {
  const now = port.clock.now()
  const sets = [
    '#ttl = :ttl',
    ...(isSuccess ? ['ok = :now'] : []),
    ...(latencyMs === undefined ? [] : ['q = :ms']),
  ]
  await send(port, gateKey(endpointId, gate), {
    UpdateExpression: `SET ${sets.join(', ')} DELETE sl :mine`,
    ExpressionAttributeNames: { '#ttl': 'ttl' },
    ExpressionAttributeValues: {
      ':ttl': healthEnd(now),
      ':mine': new Set(slots),
      ...defined({ ':now': isSuccess ? now : undefined, ':ms': latencyMs }),
    },
  })
}

/** When an item of an endpoint's health is forgotten that was written then, in seconds. */
export function healthEnd(now: Instant): number {
  return Math.ceil(now / 1000) + HEALTH_DAYS * DAY_SECONDS
}

/** Where a gate is. */
export function gateKey(endpointId: string, gate: Gate): Key {
  return keys.endpointHealth(deliveryPartition(endpointId, gate))
}

/** What a write changes, and when. */
export interface HealthWrite {
  readonly UpdateExpression: string
  readonly ConditionExpression?: string
  readonly ExpressionAttributeValues: Item
  readonly ExpressionAttributeNames?: Record<string, string>
}

/** Sends a write of an item of an endpoint's health that is harmless to repeat. */
export function send(port: Port, key: Key, input: HealthWrite): Promise<Settled> {
  const update = new UpdateCommand({
    TableName: port.tableName,
    Key: key,
    ...input,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  })
  return writeItem(port, update, 'unknown')
}
