import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { instant, type Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import type { EndpointHealth } from '../../records/webhook.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { getItem } from '../table/read.ts'
import { keys } from '../table/table.ts'
import { writeItem, type Settled } from '../table/write-item.ts'
import { DAY_SECONDS } from '../../limits/durations.ts'

// One item for each endpoint: how its receiver is doing, and how many deliveries are under way to it.
//
// 1. Before an attempt a slot is taken, by one conditional write that finds both: there is room, and the endpoint does not
//    fail. Slots are the ends of leases: those of crashed processes run out and are cleared away when room is needed.
// 2. While an endpoint fails, `pa` says when the next attempt may be made. Then one takes the slot as the probe, and moves `pa`
//    on by what it can take; the others see that they are too late.
// 3. After the attempt its slot is given back, and the health is changed, in one write; it is conditional on the slot, so
//    that it counts once.
// 4. `rc` says when it last came out of failing. What waits looks at it now and then, and waits no more.

/** Deliveries to one endpoint that may be under way at a time: a share of the workers that no other endpoint can lose. */
export const SLOTS_MAX = 20

/**
 * The same of an endpoint that has not answered well the last time, or never: most of those that leave everybody waiting are
 * known by that, and so each has few of the workers until it counts as failing.
 */
export const SLOTS_UNPROVEN_MAX = 5

/** Rounds to take a slot while others take and give back. */
const ROUNDS_MAX = 5

/** Days for which nothing is delivered to an endpoint until its health is forgotten. */
const HEALTH_DAYS = 90

/** A slot that was taken. */
export interface Slot {
  readonly slot: number
  /** Where the endpoint fails, the attempt is its probe. */
  readonly probe: Probe | undefined
}

/** An attempt at a failing endpoint: how many probes failed before, and when it was due. */
export interface Probe {
  readonly failed: number
  readonly dueAt: Instant
}

/** What came of the wish for a slot: taken, no room, or the endpoint fails and is not tried before that moment. */
export type SlotTaken =
  | ({ readonly status: 'taken' } & Slot)
  | { readonly status: 'full'; readonly isProven: boolean }
  | { readonly status: 'failing'; readonly probeAt: Instant }

/** What is asked for. */
export interface SlotWanted {
  /** When the slot is free again at the latest. */
  readonly until: Instant
  /** When another probe may be made at the latest, if this is one. */
  readonly probeUntil: Instant
  /** Whether it is for an attempt to be made at once, however the endpoint is doing. */
  readonly isUrgent: boolean
}

/** Slots of one millisecond are told apart by chance; of two that are equal the second counts for nothing. */
const SLOTS_PER_MS = 1_000

/** Takes a slot for an attempt. */
export async function takeSlot(
  port: Port,
  endpointId: string,
  wanted: SlotWanted,
): Promise<SlotTaken> {
  const { until, isUrgent } = wanted
  const slot = until * SLOTS_PER_MS + Math.floor(port.ids.random() * SLOTS_PER_MS)
  let probe: Probe | undefined
  let isProven = false
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const written = await sendTake(port, endpointId, { ...wanted, slot, probe })
    // Refused but there: taken by an earlier sending whose answer was lost.
    if (written.status === 'applied' || slotsOf(written.item).has(slot)) {
      return { status: 'taken', slot, probe }
    }
    const health = (written.item ?? {}) as HealthItem
    const now = port.clock.now()
    const dueAt = isUrgent ? undefined : health.pa
    if (dueAt !== undefined && dueAt > now) return { status: 'failing', probeAt: dueAt }
    probe = dueAt === undefined ? undefined : { failed: health.pn ?? 0, dueAt }
    isProven = roomOf(health) === SLOTS_MAX
    if (slotsOf(health).size >= roomOf(health) && !(await clearSlots(port, endpointId, health)))
      break
  }
  return { status: 'full', isProven }
}

/** What became of the attempt that a slot was taken for. */
export type SlotUse =
  | { readonly kind: 'unused' }
  | { readonly kind: 'success' }
  | {
      readonly kind: 'failure'
      /** When the endpoint is to be probed, if it counts as failing now. */
      readonly probeAt: Instant
      /** It counts as failing from so many failures in a row. */
      readonly failuresMax: number
    }

/** Gives a slot back, with what became of it. */
export async function giveBackSlot(
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

/** Reads how an endpoint's receiver is doing; undefined while nothing was delivered. */
export async function getHealth(
  port: Port,
  endpointId: string,
): Promise<EndpointHealth | undefined> {
  const item = await getItem(port, keys.endpointHealth(endpointId))
  if (item === undefined) return undefined
  const { ok, fs, fl = 0, pa, rc } = item as HealthItem
  return {
    failures: fl,
    ...defined({ lastSuccessAt: ok, failingSince: fs, probeAt: pa, recoveredAt: rc }),
  }
}

/** Ends the waiting of what waits for an endpoint that fails: its receiver may be another now. It is tried again, and may fail again. */
export async function endWaiting(port: Port, endpointId: string): Promise<void> {
  await send(port, endpointId, {
    UpdateExpression: 'SET rc = :now REMOVE pa, pn',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':now': port.clock.now() },
  })
}

/** Attributes: slots, last success, failing since, failures in a row, when the next probe may be made, probes that failed, recovered. */
type HealthItem = Partial<{
  sl: Set<number>
  ok: Instant
  fs: Instant
  fl: number
  pa: Instant
  pn: number
  rc: Instant
}>

function slotsOf(item: Item | undefined): Set<number> {
  return (item as HealthItem | undefined)?.sl ?? new Set<number>()
}

function roomOf({ ok, fl = 0 }: HealthItem): number {
  return ok !== undefined && fl === 0 ? SLOTS_MAX : SLOTS_UNPROVEN_MAX
}

/** The same for the table. */
const HAS_ROOM =
  '(attribute_not_exists(sl) OR size(sl) < :few OR (attribute_exists(ok) AND fl = :zero AND size(sl) < :max))'

function sendTake(port: Port, endpointId: string, wanted: SlotWanted & Slot): Promise<Settled> {
  const { slot, probeUntil, isUrgent, probe } = wanted
  const values = {
    ':mine': new Set([slot]),
    ':max': SLOTS_MAX,
    ':few': SLOTS_UNPROVEN_MAX,
    ':zero': 0,
  }
  if (probe !== undefined) {
    return send(port, endpointId, {
      UpdateExpression: 'SET pa = :until ADD sl :mine',
      ConditionExpression: `pa = :due AND ${HAS_ROOM}`,
      ExpressionAttributeValues: { ...values, ':until': probeUntil, ':due': probe.dueAt },
    })
  }
  return send(port, endpointId, {
    UpdateExpression: 'ADD sl :mine',
    ConditionExpression: isUrgent ? HAS_ROOM : `attribute_not_exists(pa) AND ${HAS_ROOM}`,
    ExpressionAttributeValues: values,
  })
}

/** Clears away slots whose leases ran out; false where there are none. */
async function clearSlots(port: Port, endpointId: string, health: HealthItem): Promise<boolean> {
  const now = port.clock.now()
  const over = [...slotsOf(health)].filter((slot) => instant(slot / SLOTS_PER_MS) <= now)
  if (over.length === 0) return false
  await send(port, endpointId, {
    UpdateExpression: 'DELETE sl :over',
    ExpressionAttributeValues: { ':over': new Set(over) },
  })
  return true
}

/** One way to change the health. */
interface Change {
  readonly set: string
  readonly when?: string
  readonly values: Item
}

/** The ways to change the health after an attempt; where one's condition fails, the next one's holds. */
function changesFor(
  { probe, use }: Pick<Slot, 'probe'> & { use: SlotUse },
  now: Instant,
): Change[] {
  const ttl = Math.ceil(now / 1000) + HEALTH_DAYS * DAY_SECONDS
  const seen = { ':now': now, ':ttl': ttl, ':zero': 0 }
  switch (use.kind) {
    case 'unused':
      if (probe === undefined) return [{ set: '', values: {} }]
      return [{ set: 'SET pa = :due', values: { ':due': probe.dueAt } }]
    case 'success':
      return [
        {
          set: 'SET ok = :now, fl = :zero, #ttl = :ttl REMOVE fs',
          when: 'attribute_not_exists(pa)',
          values: seen,
        },
        {
          set: 'SET ok = :now, fl = :zero, rc = :now, #ttl = :ttl REMOVE fs, pa, pn',
          when: 'attribute_exists(pa)',
          values: seen,
        },
      ]
    case 'failure': {
      const counted =
        'SET fl = if_not_exists(fl, :zero) + :one, fs = if_not_exists(fs, :now), #ttl = :ttl'
      const values = { ...seen, ':one': 1 }
      const opened = { ...values, ':pa': use.probeAt }
      if (probe !== undefined) {
        const pn = { ':pn': probe.failed + 1 }
        return [{ set: `${counted}, pa = :pa, pn = :pn`, values: { ...opened, ...pn } }]
      }
      const failing = {
        set: `${counted}, pa = if_not_exists(pa, :pa), pn = if_not_exists(pn, :zero)`,
        values: opened,
      }
      const before = use.failuresMax - 1
      if (before <= 0) return [failing]
      return [
        { ...failing, when: 'fl >= :before', values: { ...opened, ':before': before } },
        {
          set: counted,
          when: '(attribute_not_exists(fl) OR fl < :before)',
          values: { ...values, ':before': before },
        },
      ]
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
  return send(port, endpointId, {
    UpdateExpression: `${set} DELETE sl :mine`,
    ConditionExpression: when === undefined ? isMine : `${isMine} AND ${when}`,
    ExpressionAttributeValues: { ...values, ':slot': slot, ':mine': new Set([slot]) },
    ...(set.includes('#ttl') ? { ExpressionAttributeNames: { '#ttl': 'ttl' } } : {}),
  })
}

function send(
  port: Port,
  endpointId: string,
  input: {
    UpdateExpression: string
    ConditionExpression?: string
    ExpressionAttributeValues: Item
    ExpressionAttributeNames?: Record<string, string>
  },
): Promise<Settled> {
  const update = new UpdateCommand({
    TableName: port.tableName,
    Key: keys.endpointHealth(endpointId),
    ...input,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  })
  return writeItem(port, update, 'unknown')
}
