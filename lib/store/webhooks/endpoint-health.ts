import { instant, type Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import type { EndpointHealth } from '../../records/webhook.ts'
import { GATES, gateKey, healthEnd, send, type GateItem } from './endpoint-gates.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { batchGet, getItem } from '../table/read.ts'
import { deliveryPartition, keys, keyText, type Key } from '../table/table.ts'
import { DAY_MS, DAY_SECONDS } from '../../limits/durations.ts'
import { DELIVERY_DAYS } from '../../limits/limits.ts'

// How an endpoint's receiver is doing: one item, which is written when that changes, and read by whoever delivers. While all is well nothing is
// written there: successes are noted at the gates.
//
// 1. While an endpoint fails, `pa` says when the next attempt may be made. Then one takes the probe, and moves `pa` on by what it can
//    take; the others see that they are too late.
// 2. A failure is counted there, once. A success is told there by whoever saw failures before: they are none in a row then.
// 3. `dt` says that it counted as failing and has not answered well since: it is believed as little as one that never has.
// 4. `rc` says when it last came out of failing. What waits looks at it now and then, and waits no more.
// 5. `ln` says since when its deliveries lie in lanes: what an earlier version put elsewhere is looked for until its 30 days are over.

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

/** An attempt at a failing endpoint: how many probes failed before, and when it was due. */
export interface Probe {
  readonly failed: number
  readonly dueAt: Instant
}

/**
 * Attributes: slots while it is not known to answer well, last success, failing since, failures in a row and whose the last is, when the next
 * probe may be made, probes that failed, recovered, in doubt, lanes since.
 */
export type HealthItem = Partial<{
  sl: Set<number>
  ok: Instant
  fs: Instant
  fl: number
  lf: string
  pa: Instant
  pn: number
  rc: Instant
  dt: true
  ln: Instant
  ttl: number
}>

/** Where it is. */
export function healthKey(endpointId: string): Key {
  return keys.endpointHealth(deliveryPartition(endpointId))
}

/** Reads it, for whoever delivers; undefined while nothing was delivered. */
export async function readHealth(port: Port, endpointId: string): Promise<HealthItem | undefined> {
  return await getItem(port, healthKey(endpointId))
}

/** Reads how an endpoint's receiver is doing, at its gates too; undefined while nothing was delivered. */
export async function getHealth(
  port: Port,
  endpointId: string,
): Promise<EndpointHealth | undefined> {
  const key = healthKey(endpointId)
  const items = await batchGet(port, [key, ...gateKeys(endpointId)])
  const item = items.get(keyText(key)) as HealthItem | undefined
  if (item === undefined) return undefined
  const { fs, fl = 0, pa, rc } = item
  const ok = latest([item, ...items.values()])
  return {
    failures: fl,
    ...defined({ lastSuccessAt: ok, failingSince: fs, probeAt: pa, recoveredAt: rc }),
  }
}

/** Ends the waiting of what waits for an endpoint that fails: its receiver may be another now. It is tried again, and may fail again. */
export async function endWaiting(port: Port, endpointId: string): Promise<void> {
  await send(port, healthKey(endpointId), {
    UpdateExpression: 'SET rc = :now, dt = :true REMOVE pa, pn',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':now': port.clock.now(), ':true': true },
  })
}

/** Whether it answers well, as far as is known: then slots are at the gates. */
export function isProven({ ok, pa, dt }: HealthItem): boolean {
  return ok !== undefined && pa === undefined && dt === undefined
}

/** Whether a success is news to it: there were failures, or it would be forgotten. */
export function needsSuccess({ ok, fl = 0, pa, dt, ttl = 0 }: HealthItem, now: Instant): boolean {
  const isOldest = ttl < healthEnd(now) - DELIVERY_DAYS * DAY_SECONDS
  return ok === undefined || fl > 0 || pa !== undefined || dt !== undefined || isOldest
}

/** Notes of a health that an earlier version wrote that deliveries lie in lanes from now on. */
export async function noteLanes(port: Port, endpointId: string): Promise<void> {
  await send(port, healthKey(endpointId), {
    UpdateExpression: 'SET ln = :now',
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(ln)',
    ExpressionAttributeValues: { ':now': port.clock.now() },
  })
}

/** Whether deliveries of an endpoint may lie where an earlier version put them. */
export function mayBeBefore(health: HealthItem | undefined, now: Instant): boolean {
  if (health === undefined) return false
  return health.ln === undefined || now < health.ln + DELIVERY_DAYS * DAY_MS
}

/** Notes that it answered well, which whoever came through a gate tells where failures were seen. */
export async function noteSuccess(port: Port, endpointId: string): Promise<void> {
  for (const { set, when, values } of changesFor({ use: { kind: 'success' } }, port.clock.now())) {
    const written = await send(port, healthKey(endpointId), {
      UpdateExpression: set,
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: values,
      ...defined({ ConditionExpression: when }),
    })
    if (written.status === 'applied') return
  }
}

/**
 * Counts a failure of what came through a gate, once for each slot's name. Successes of others are at the gates: where one came after the first
 * failure of the row, this failure is the first of another.
 */
export async function countFailure(
  port: Port,
  endpointId: string,
  { name, use }: { name: string; use: Extract<SlotUse, { kind: 'failure' }> },
): Promise<void> {
  const changes = changesFor({ use }, port.clock.now())
  // Twice: a row may have begun anew while one looked.
  for (const change of [...changes, ...changes]) {
    const failingSince = change.endsRow === true ? await rowBroken(port, endpointId) : undefined
    const { set, when, values } = failingSince === undefined ? change : anewFrom(failingSince, port)
    const isFirst = '(attribute_not_exists(lf) OR lf <> :slot)'
    const written = await send(port, healthKey(endpointId), {
      UpdateExpression: set.replace('SET ', 'SET lf = :slot, '),
      ConditionExpression: when === undefined ? isFirst : `${isFirst} AND ${when}`,
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: { ...values, ':slot': name },
    })
    if (written.status === 'applied' || (written.item as HealthItem | undefined)?.lf === name)
      return
  }
}

/** When the row of failures began, where a success came after that; undefined where none did. */
async function rowBroken(port: Port, endpointId: string): Promise<Instant | undefined> {
  const [health, ...gates] = await Promise.all(
    [healthKey(endpointId), ...gateKeys(endpointId)].map((key) => getItem(port, key)),
  )
  const { fs, pa } = (health ?? {}) as HealthItem
  const ok = latest(gates)
  return fs !== undefined && pa === undefined && ok !== undefined && ok > fs ? fs : undefined
}

function anewFrom(failingSince: Instant, { clock }: Port): Change {
  const now = clock.now()
  return {
    set: 'SET fl = :one, fs = :now, #ttl = :ttl',
    when: 'fs = :fs AND attribute_not_exists(pa)',
    values: { ':one': 1, ':now': now, ':fs': failingSince, ':ttl': healthEnd(now) },
  }
}

/** One way to change the health. */
export interface Change {
  readonly set: string
  readonly when?: string
  readonly values: Item
  /** It counts as failing after that, for so many failures in a row. */
  readonly endsRow?: boolean
}

/** The ways to change the health after an attempt; where one's condition fails, the next one's holds. */
export function changesFor(
  { probe, use }: { readonly probe?: Probe | undefined; readonly use: SlotUse },
  now: Instant,
): Change[] {
  const seen = { ':now': now, ':ttl': healthEnd(now), ':zero': 0 }
  switch (use.kind) {
    case 'unused':
      if (probe === undefined) return [{ set: '', values: {} }]
      return [{ set: 'SET pa = :due', values: { ':due': probe.dueAt } }]
    case 'success':
      return [
        {
          set: 'SET ok = :now, fl = :zero, #ttl = :ttl REMOVE fs, dt',
          when: 'attribute_not_exists(pa)',
          values: seen,
        },
        {
          set: 'SET ok = :now, fl = :zero, rc = :now, #ttl = :ttl REMOVE fs, pa, pn, dt',
          when: 'attribute_exists(pa)',
          values: seen,
        },
      ]
    case 'failure':
      return changesForFailure({ probe, use }, seen)
  }
}

function changesForFailure(
  { probe, use }: { probe: Probe | undefined; use: Extract<SlotUse, { kind: 'failure' }> },
  seen: Item,
): Change[] {
  const counted =
    'SET fl = if_not_exists(fl, :zero) + :one, fs = if_not_exists(fs, :now), #ttl = :ttl'
  const values = { ...seen, ':one': 1 }
  const opened = { ...values, ':pa': use.probeAt, ':true': true }
  if (probe !== undefined) {
    const pn = { ':pn': probe.failed + 1 }
    return [{ set: `${counted}, dt = :true, pa = :pa, pn = :pn`, values: { ...opened, ...pn } }]
  }
  const failing = {
    set: `${counted}, dt = :true, pa = if_not_exists(pa, :pa), pn = if_not_exists(pn, :zero)`,
    values: opened,
  }
  const before = use.failuresMax - 1
  if (before <= 0) return [failing]
  return [
    {
      set: counted,
      when: '(attribute_not_exists(fl) OR fl < :before)',
      values: { ...values, ':before': before },
    },
    {
      ...failing,
      when: 'fl >= :before',
      values: { ...opened, ':before': before },
      endsRow: true,
    },
  ]
}

function gateKeys(endpointId: string): Key[] {
  return GATES.map((gate) => gateKey(endpointId, gate))
}

/** The last success of all. */
function latest(items: readonly (Item | undefined)[]): Instant | undefined {
  const times = items.flatMap((item) => (item as GateItem | undefined)?.ok ?? [])
  return times.length === 0 ? undefined : instant(Math.max(...times))
}
