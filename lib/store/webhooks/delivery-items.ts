import { createHash } from 'node:crypto'
import { instant, type Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import type { Notice } from '../../rules/notice.ts'
import type { Attempt, Delivery, DeliveryStatus } from '../../records/webhook.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { DELIVERY_PREFIX, deliveryPartition, keys, type Key } from '../table/table.ts'
import { DAY_MS } from '../../limits/durations.ts'
import { DELIVERY_DAYS } from '../../limits/limits.ts'

/** A delivery with what only those need who deliver. */
export interface DeliveryState extends Delivery {
  /** When it was last sent anew. */
  readonly since: Instant
  /** An attempt is under way until then at the latest. */
  readonly leasedUntil?: Instant
  /** Whose attempt that is. */
  readonly claimId?: string
  /** Whether what follows from its state was done: the message for the next attempt, or the dead letter. */
  readonly isTold: boolean
}

const ID_PREFIX = 'wd_'

/** Hexadecimal characters of a delivery's time, enough until the year 10889, and of its notice's hash. */
const TIME_LENGTH = 12
const HASH_LENGTH = 32

/** What every delivery's id looks like. */
export const ID_PATTERN = new RegExp(`^${ID_PREFIX}[0-9a-f]{${TIME_LENGTH + HASH_LENGTH}}$`)

/** The id of a notice's delivery to whichever endpoint: the time of the notice, and a hash of its id. */
export function deliveryIdOf({ id, occurredAt }: Pick<Notice, 'id' | 'occurredAt'>): string {
  const hash = createHash('sha256').update(id).digest('hex').slice(0, HASH_LENGTH)
  return ID_PREFIX + timeText(instant(Date.parse(occurredAt))) + hash
}

/** Attributes of a delivery. */
interface DeliveryItem extends Key {
  e: string
  /** The notice, as the text that is sent. */
  n: string
  st: DeliveryStatus
  cat: Instant
  sc: Instant
  atts: AttemptItem[]
  ab: number
  ttl: number
  na?: Instant
  fa?: string
  cl?: string
  ls?: Instant
  tl?: true
}

/** Attributes of an attempt: when, the answer's status, how long it took, why it failed. */
interface AttemptItem {
  t: Instant
  l: number
  s?: number
  f?: string
}

/** A delivery that nobody has attempted. */
export function newDeliveryItem(
  { clock }: Pick<Port, 'clock'>,
  { endpointId, notice }: { endpointId: string; notice: Notice },
): Item {
  const now = clock.now()
  const item: DeliveryItem = {
    ...deliveryKey({ endpointId, deliveryId: deliveryIdOf(notice) }),
    e: endpointId,
    n: JSON.stringify(notice),
    st: 'queued',
    cat: now,
    sc: now,
    atts: [],
    ab: 0,
    ttl: ttlFrom(now),
  }
  return { ...item }
}

/** Reads a delivery's item. */
export function readDelivery(item: Item): DeliveryState {
  const { na, fa, ls, cl, tl, ...attributes } = item as unknown as DeliveryItem
  const isBefore = attributes.pk === deliveryPartition(attributes.e) ? (true as const) : undefined
  return {
    deliveryId: idOf(attributes.sk),
    endpointId: attributes.e,
    notice: JSON.parse(attributes.n) as Notice,
    status: attributes.st,
    createdAt: attributes.cat,
    since: attributes.sc,
    attempts: attributes.atts.map(readAttempt),
    attemptsBefore: attributes.ab,
    isTold: tl === true,
    ...defined({ nextAttemptAt: na, failure: fa, leasedUntil: ls, claimId: cl, isBefore }),
  }
}

/** Writes an attempt as it is kept in its delivery. */
export function attemptItem({ at, latencyMs, responseStatus, failure }: Attempt): Item {
  const item: AttemptItem = {
    t: at,
    l: latencyMs,
    ...defined({ s: responseStatus, f: failure }),
  }
  return { ...item }
}

function readAttempt({ t, l, s, f }: AttemptItem): Attempt {
  return {
    at: t,
    latencyMs: l,
    ...defined({ responseStatus: s, failure: f }),
  }
}

/** Which delivery, and whether it lies where an earlier version put it. */
export type DeliveryName = Pick<Delivery, 'endpointId' | 'deliveryId' | 'isBefore'>

/** The key of a delivery: its id says where it is. */
export function deliveryKey({ endpointId, deliveryId, isBefore }: DeliveryName): Key {
  const lane = isBefore === true ? undefined : deliveryId.slice(-1)
  return keys.delivery(deliveryPartition(endpointId, lane), deliveryId.slice(ID_PREFIX.length))
}

/**
 * All partitions of an endpoint's deliveries: sixteen lanes, by the last letter of the notice's hash, so that what is written at one
 * endpoint meets in none of them; and the one where an earlier version put everything.
 */
export function deliveryPartitions(endpointId: string): readonly string[] {
  const lanes = Array.from('0123456789abcdef', (lane) => deliveryPartition(endpointId, lane))
  return [...lanes, deliveryPartition(endpointId)]
}

function idOf(sortKey: string): string {
  return ID_PREFIX + sortKey.slice(DELIVERY_PREFIX.length)
}

/** A time as text of one length that sorts as the number does. */
export function timeText(time: Instant): string {
  return time.toString(16).padStart(TIME_LENGTH, '0')
}

/** When TTL removes a delivery that was sent anew then, in seconds. */
export function ttlFrom(now: Instant): number {
  return Math.ceil((now + DELIVERY_DAYS * DAY_MS) / 1000)
}
