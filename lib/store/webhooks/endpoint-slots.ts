import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import {
  clearSlots,
  giveBackAtGate,
  send,
  takeAtGates,
  type Gate,
  type GateReturn,
} from './endpoint-gates.ts'
import {
  changesFor,
  countFailure,
  healthKey,
  isProven,
  mayBeBefore,
  needsSuccess,
  noteLanes,
  noteSuccess,
  readHealth,
  type Change,
  type HealthItem,
  type Probe,
  type SlotUse,
} from './endpoint-health.ts'
import { hasSlots, newSlots, slotsOf, slotsOver } from './slot-leases.ts'
import type { Port } from '../table/port.ts'
import type { Settled } from '../table/write-item.ts'

// Before requests to an endpoint slots are taken for them, and given back after.
//
// 1. The endpoint's health is read. One that answers well has its slots at gates (`endpoint-gates.ts`).
// 2. One that never did, or fails, has a few at its health, by one conditional write that finds both: there is room, and it does not
//    fail. While it fails, one takes a slot as the probe.
// 3. A slot of the health is given back in one write with what became of it; that is conditional on the slot, so that it counts once.
// 4. Slots of gates are given back together, whenever half of what is still out has come back: a write for each would be as much as all
//    the rest. A failure is counted at once, and before its slot is free.

/**
 * Requests that may be under way at a time to an endpoint that never answered well, or not since it failed: most of those that leave
 * everybody waiting are known by that, and so each has few of the workers.
 */
export const SLOTS_UNPROVEN_MAX = 5

/** Rounds to take slots while others take and give back. */
const ROUNDS_MAX = 5

/** A slot that was taken. */
export interface Slot {
  readonly slot: number
  /** Undefined where it is one of the health. */
  readonly gate?: Gate
  /** Where the endpoint fails, the attempt is its probe. */
  readonly probe: Probe | undefined
}

/** Why there is no slot: no room, or the endpoint fails and is not tried before that moment. */
export type NoSlot =
  | { readonly status: 'full'; readonly isProven: boolean }
  | { readonly status: 'failing'; readonly probeAt: Instant }

/** What came of the wish for slots. */
export interface SlotsTaken {
  readonly slots: readonly Slot[]
  /** Why there are no more, where more were wanted. */
  readonly without?: NoSlot
  /** Whether a success is to be told to the endpoint's health. */
  readonly isDoubted: boolean
  /** Whether deliveries of the endpoint may lie where an earlier version put them. */
  readonly mayBeBefore: boolean
}

/** What is asked for. */
export interface SlotsWanted {
  readonly count: number
  /** When the slots are free again at the latest. */
  readonly until: Instant
  /** When another probe may be made at the latest, if this is one. */
  readonly probeUntil: Instant
  /** Whether it is for an attempt to be made at once, however the endpoint is doing. */
  readonly isUrgent: boolean
}

/** Takes slots for requests to an endpoint, as many as there are of those wanted. */
export async function takeSlots(
  port: Port,
  endpointId: string,
  wanted: SlotsWanted,
): Promise<SlotsTaken> {
  const health = await readHealth(port, endpointId)
  if (health !== undefined && health.ln === undefined) await noteLanes(port, endpointId)
  const now = port.clock.now()
  const seen = {
    isDoubted: health === undefined || needsSuccess(health, now),
    mayBeBefore: mayBeBefore(health, now),
  }
  if (health !== undefined && isProven(health)) {
    const found = await takeAtGates(port, endpointId, wanted)
    const slots = found.map((slot) => ({ ...slot, probe: undefined }))
    const isFull = slots.length < wanted.count
    const without = isFull ? ({ status: 'full', isProven: true } as const) : undefined
    return { ...seen, slots, ...defined({ without }) }
  }
  return { ...seen, ...(await takeFew(port, endpointId, { ...wanted, health: health ?? {} })) }
}

/** Takes slots of the health. */
async function takeFew(
  port: Port,
  endpointId: string,
  { health: read, ...wanted }: SlotsWanted & { readonly health: HealthItem },
): Promise<Pick<SlotsTaken, 'slots' | 'without'>> {
  let health = read
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const now = port.clock.now()
    const dueAt = wanted.isUrgent ? undefined : health.pa
    if (dueAt !== undefined && dueAt > now) return failing(dueAt)
    const probe = dueAt === undefined ? undefined : { failed: health.pn ?? 0, dueAt }
    const over = slotsOver(health, now)
    const room = SLOTS_UNPROVEN_MAX - (slotsOf(health).size - over.size)
    if (room <= 0) break
    if (over.size > 0) await clearSlots(port, healthKey(endpointId), over)
    const count = probe === undefined ? Math.min(room, wanted.count) : 1
    const mine = newSlots(port.ids, wanted.until, count)
    const { status, item } = await sendTake(port, endpointId, { ...wanted, mine, probe })
    if (status === 'applied' || hasSlots(item, mine)) {
      const slots = [...mine].map((slot) => ({ slot, probe }))
      if (count === wanted.count) return { slots }
      return probe === undefined ? full(slots) : failing(wanted.probeUntil, slots)
    }
    health = item ?? {}
  }
  return full([])
}

function failing(probeAt: Instant, slots: readonly Slot[] = []) {
  return { slots, without: { status: 'failing', probeAt } } as const
}

function full(slots: readonly Slot[]) {
  return { slots, without: { status: 'full', isProven: false } } as const
}

function sendTake(
  port: Port,
  endpointId: string,
  wanted: SlotsWanted & { mine: Set<number>; probe: Probe | undefined },
): Promise<Settled> {
  const { mine, probeUntil, isUrgent, probe } = wanted
  const hasRoom = '(attribute_not_exists(sl) OR size(sl) <= :few)'
  const values = { ':mine': mine, ':few': SLOTS_UNPROVEN_MAX - mine.size, ':zero': 0 }
  // Where there is no health yet, everything that comes is put into lanes.
  const lanes = 'ln = if_not_exists(ln, :zero)'
  if (probe !== undefined) {
    return send(port, healthKey(endpointId), {
      UpdateExpression: `SET pa = :until, ${lanes} ADD sl :mine`,
      ConditionExpression: `pa = :due AND ${hasRoom}`,
      ExpressionAttributeValues: { ...values, ':until': probeUntil, ':due': probe.dueAt },
    })
  }
  return send(port, healthKey(endpointId), {
    UpdateExpression: `SET ${lanes} ADD sl :mine`,
    ConditionExpression: isUrgent ? hasRoom : `attribute_not_exists(pa) AND ${hasRoom}`,
    ExpressionAttributeValues: values,
  })
}

/** What became of a slot, and how long the answer took. */
export interface SlotUsed {
  /** Undefined where nobody knows: then it is free when its lease ends. */
  readonly use: SlotUse | undefined
  /** Undefined where nothing was sent. */
  readonly latencyMs?: number
}

/** Gives back slots that were taken together, each once, with what became of it. */
export function slotsBack(
  port: Port,
  endpointId: string,
  { slots, isDoubted }: Pick<SlotsTaken, 'slots' | 'isDoubted'>,
): (slot: Slot, used: SlotUsed) => Promise<void> {
  const back = new Map<Gate, GateReturn>()
  let out = slots.length
  let waiting = 0
  let hasNews = isDoubted
  return async ({ slot, gate, probe }, { use, latencyMs }) => {
    out -= 1
    if (gate === undefined) {
      if (use !== undefined) await giveBackFew(port, endpointId, { slot, probe, use })
      return
    }
    if (use?.kind === 'failure')
      await countFailure(port, endpointId, { name: `${gate}:${slot}`, use })
    if (use?.kind === 'success' && hasNews) {
      hasNews = false
      await noteSuccess(port, endpointId)
    }
    if (use !== undefined) {
      const before = back.get(gate)
      back.set(gate, {
        slots: [...(before?.slots ?? []), slot],
        isSuccess: use.kind === 'success' || before?.isSuccess === true,
        latencyMs: latencyMs ?? before?.latencyMs,
      })
      waiting += 1
    }
    if (waiting < out) return
    waiting = 0
    const returns = [...back]
    back.clear()
    await Promise.all(
      returns.map(([of, given]) => giveBackAtGate(port, { endpointId, gate: of }, given)),
    )
  }
}

async function giveBackFew(
  port: Port,
  endpointId: string,
  { slot, probe, use }: Slot & { readonly use: SlotUse },
): Promise<void> {
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    for (const change of changesFor({ probe, use }, port.clock.now())) {
      const written = await sendGiveBack(port, endpointId, { slot, change })
      // Refused and not there: given back by an earlier sending, or its lease ran out.
      if (written.status === 'applied' || !slotsOf(written.item).has(slot)) return
    }
  }
}

function sendGiveBack(
  port: Port,
  endpointId: string,
  { slot, change }: { slot: number; change: Change },
): Promise<Settled> {
  const { set, when, values } = change
  const isMine = 'contains(sl, :slot)'
  return send(port, healthKey(endpointId), {
    UpdateExpression: `${set} DELETE sl :mine`,
    ConditionExpression: when === undefined ? isMine : `${isMine} AND ${when}`,
    ExpressionAttributeValues: { ...values, ':slot': slot, ':mine': new Set([slot]) },
    ...(set.includes('#ttl') ? { ExpressionAttributeNames: { '#ttl': 'ttl' } } : {}),
  })
}
