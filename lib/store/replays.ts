import type { Instant } from '../clock.ts'
import type { Delivery } from '../inventory/webhook.ts'
import { readDelivery, timeText } from './delivery-items.ts'
import type { Port } from './port.ts'
import { queryPages } from './read.ts'
import { deliveryPartition, DELIVERY_PREFIX } from './table.ts'

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
  const found: Delivery[] = []
  const pages = queryPages(port, {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: {
      ':pk': deliveryPartition(endpointId),
      ':from': DELIVERY_PREFIX + timeText(since),
      // Every key goes on after its time, so that none of that moment is in between.
      ':to': DELIVERY_PREFIX + timeText(until),
    },
    Limit: limit,
  })
  for await (const items of pages) {
    found.push(...items.map(readDelivery))
    if (found.length >= limit) break
  }
  return found.slice(0, limit)
}
