import { instant, type Instant } from '../../clock.ts'
import type { Delivery } from '../../records/webhook.ts'
import { ATTEMPTS_KEPT_MAX, requeueDelivery, requeueWrite } from './deliveries.ts'
import { readDelivery, timeText } from './delivery-items.ts'
import type { Port } from '../table/port.ts'
import { inOrder } from './deliveries-in-order.ts'
import { DELIVERY_PREFIX } from '../table/table.ts'
import { transact } from '../table/transact.ts'
import { DAY_MS } from '../../limits/durations.ts'
import { DELIVERY_DAYS } from '../../limits/limits.ts'

// Many deliveries sent anew: found by the time of their notices, and marked together.

/** Which deliveries: those whose notices occurred from `since` on and before `until`, so many of them at most. */
export interface DeliveryRange {
  readonly since: Instant
  readonly until: Instant
  readonly limit: number
}

/** Finds an endpoint's deliveries of a range, the oldest notice first. */
export async function findDeliveries(
  port: Port,
  endpointId: string,
  { since, until, limit }: DeliveryRange,
): Promise<Delivery[]> {
  const keptSince = instant(port.clock.now() - DELIVERY_DAYS * DAY_MS)
  const items = await inOrder(port, endpointId, {
    from: DELIVERY_PREFIX + timeText(since),
    // Every key goes on after its time, so that none of that moment is in between.
    to: DELIVERY_PREFIX + timeText(until),
    isNewestFirst: false,
    max: limit,
    // TTL removes items late.
    keeps: (item) => readDelivery(item).since > keptSince,
  })
  return items.map(readDelivery)
}

/** Why a delivery cannot be sent anew: it has not ended, or there is no room for more attempts; undefined where it can. */
export function whyNotRequeue({
  status,
  attempts,
}: Pick<Delivery, 'status' | 'attempts'>): 'under-way' | 'too-many-attempts' | undefined {
  if (status !== 'success' && status !== 'failed') return 'under-way'
  return attempts.length < ATTEMPTS_KEPT_MAX ? undefined : 'too-many-attempts'
}

/**
 * Has up to a hundred deliveries sent anew that can be, as they were read; answers how many. Where one of them has changed
 * meanwhile, each is looked at by itself.
 */
export async function requeueDeliveries(
  port: Port,
  deliveries: readonly Delivery[],
): Promise<number> {
  const now = port.clock.now()
  const together = await transact(
    port,
    deliveries.map((delivery) => requeueWrite(port, delivery, now)),
  )
  if (together.status === 'applied') return deliveries.length
  const outcomes = await Promise.all(deliveries.map((delivery) => requeueDelivery(port, delivery)))
  return outcomes.filter(({ status }) => status === 'queued').length
}
