import { instant, type Instant } from '../../clock.ts'
import type { Notice } from '../../rules/notice.ts'
import type { Delivery } from '../../records/webhook.ts'
import {
  deliveryKey,
  ID_PATTERN,
  newDeliveryItem,
  readDelivery,
  timeText,
  ttlFrom,
  type DeliveryName,
  type DeliveryState,
} from './delivery-items.ts'
import { inOrder } from './deliveries-in-order.ts'
import type { Item } from '../table/items.ts'
import type { Page, PageRequest } from '../table/listings.ts'
import type { Port } from '../table/port.ts'
import { batchGet, getItem } from '../table/read.ts'
import { transactOnce, type ReceiptFor } from '../table/receipts.ts'
import { untilSettled } from '../table/until-settled.ts'
import { DELIVERY_PREFIX, keyText, type Key } from '../table/table.ts'
import type { TransactItem } from '../table/transact.ts'
import { DAY_MS } from '../../limits/durations.ts'
import { DELIVERY_DAYS } from '../../limits/limits.ts'

// One item for each notice that was sent to an endpoint. Its key follows from endpoint and notice, so that however often a
// notice comes there is one delivery of it. What is done to it while it is delivered is in `delivery-attempts.ts`.

/** Deliveries that a list counts and shows: whoever has more sees the newest. */
export const LISTED_MAX = 10_000

/** Attempts that one delivery may have had and still be sent anew: its item grows with each. */
export const ATTEMPTS_KEPT_MAX = 500

/** Reads a delivery, consistently; undefined where there is none, or where it is no longer kept. */
export async function getDelivery(
  port: Port,
  endpointId: string,
  deliveryId: string,
): Promise<DeliveryState | undefined> {
  if (!ID_PATTERN.test(deliveryId)) return undefined
  const item =
    (await getItem(port, deliveryKey({ endpointId, deliveryId }))) ??
    (await getItem(port, deliveryKey({ endpointId, deliveryId, isBefore: true })))
  return item === undefined || isOver(item, port.clock.now()) ? undefined : readDelivery(item)
}

/**
 * Lists an endpoint's deliveries of the last 30 days, the newest notice first. The total is exact up to 10,000; what is older
 * than the newest 10,000 is on no page.
 */
export async function listDeliveries(
  port: Port,
  endpointId: string,
  { page, limit }: PageRequest,
): Promise<Page<Delivery>> {
  const end = Math.min(page * limit, LISTED_MAX)
  const found = await sortKeysFrom(port, endpointId)
  const wanted = found.slice((page - 1) * limit, end)
  const items = await batchGet(port, wanted)
  const deliveries = wanted.flatMap((key) => {
    const item = items.get(keyText(key))
    return item === undefined ? [] : [readDelivery(item)]
  })
  return { items: deliveries, total: found.length }
}

/** Where the newest deliveries are, the newest first: as many as a list counts. */
async function sortKeysFrom(port: Port, endpointId: string): Promise<Key[]> {
  const first = instant(port.clock.now() - DELIVERY_DAYS * DAY_MS)
  const found = inOrder(port, endpointId, {
    from: DELIVERY_PREFIX + timeText(first),
    // Follows all digits.
    to: `${DELIVERY_PREFIX}g`,
    isNewestFirst: true,
    max: LISTED_MAX,
    isKeysOnly: true,
  })
  return (await found).map(({ pk, sk }) => ({ pk: pk as string, sk: sk as string }))
}

/** Puts a notice's delivery on file, to be attempted; where there is one already it stays as it is, and is answered. */
export async function queueDelivery(
  port: Port,
  { endpointId, notice }: { endpointId: string; notice: Notice },
  receiptFor: ReceiptFor<Delivery> = () => undefined,
): Promise<DeliveryState> {
  const item = newDeliveryItem(port, { endpointId, notice })
  const queued = readDelivery(item)
  const put = {
    TableName: port.tableName,
    Item: item,
    ConditionExpression: 'attribute_not_exists(pk)',
  }
  return untilSettled(port, { to: 'keep a delivery' }, async () => {
    const outcome = await transactOnce(port, [{ Put: put }], receiptFor(queued))
    if (outcome.status === 'applied') return queued
    return getDelivery(port, endpointId, queued.deliveryId)
  })
}

/** What became of the wish to send a delivery anew. */
export type Requeued =
  | { readonly status: 'queued'; readonly delivery: DeliveryState }
  | { readonly status: 'unknown' | 'under-way' | 'too-many-attempts' }

/**
 * Has a delivery that has ended, well or not, sent anew, with all its attempts before it. Refuses one that has not ended, and one
 * with too many attempts.
 */
export async function requeueDelivery(
  port: Port,
  { endpointId, deliveryId }: DeliveryName,
  receiptFor: ReceiptFor<Delivery> = () => undefined,
): Promise<Requeued> {
  const before = await getDelivery(port, endpointId, deliveryId)
  if (before === undefined) return { status: 'unknown' }
  if (before.status !== 'success' && before.status !== 'failed') return { status: 'under-way' }
  const made = before.attempts.length
  if (made >= ATTEMPTS_KEPT_MAX) return { status: 'too-many-attempts' }
  const now = port.clock.now()
  const { failure, isTold, ...rest } = before
  const delivery = { ...rest, status: 'queued' as const, attemptsBefore: made, since: now }
  const write = requeueWrite(port, before, now)
  return untilSettled(
    port,
    { to: 'send a delivery again' },
    async (): Promise<Requeued | undefined> => {
      const outcome = await transactOnce(port, [write], receiptFor(delivery))
      if (outcome.status === 'applied') {
        return { status: 'queued', delivery: { ...delivery, isTold: false } }
      }
      const isChanged = outcome.reasons[0]?.code === 'ConditionalCheckFailed'
      return isChanged ? { status: 'under-way' } : undefined
    },
  )
}

/** The write that has a delivery sent anew, if it is still as it was read. */
export function requeueWrite(
  { tableName }: Port,
  delivery: DeliveryName & Pick<Delivery, 'status' | 'attempts'>,
  now: Instant,
): TransactItem {
  return {
    Update: {
      TableName: tableName,
      Key: deliveryKey(delivery),
      UpdateExpression: 'SET st = :st, ab = :ab, sc = :sc, #ttl = :ttl REMOVE fa, tl',
      ConditionExpression: 'st = :before AND size(atts) = :ab',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: {
        ':st': 'queued',
        ':ab': delivery.attempts.length,
        ':sc': now,
        ':ttl': ttlFrom(now),
        ':before': delivery.status,
      },
    },
  }
}

/** TTL removes items late. */
function isOver(item: Item, now: Instant): boolean {
  return (item['ttl'] as number) * 1000 <= now
}
