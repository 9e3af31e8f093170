import pLimit from 'p-limit'
import { instant, type Instant } from '../../clock.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { Delivery, WebhookEndpoint } from '../../records/webhook.ts'
import type { Context } from '../context.ts'
import { getEnabledWebhook } from './redeliver.ts'
import { sendDeliveries } from './send-deliveries.ts'
import { refuseIfRecorded, keepReceipt } from '../../store/table/receipts.ts'
import { findDeliveries, whyNotRequeue, requeueDeliveries } from '../../store/webhooks/replays.ts'

/** Deliveries that one request sends again: as many as are marked and told of well within the time of a request. */
export const REPLAY_MAX = 10_000

/** Deliveries whose messages are sent, and which are then marked, together: one transaction takes no more. */
const CHUNK = 100

/** Chunks under way at a time. */
const CHUNKS_AT_ONCE = 8

/** Which deliveries: those whose notices occurred from `since` on and before `until`. */
export interface Replay {
  readonly endpointId: string
  /** Milliseconds since the Unix epoch. */
  readonly since: number
  readonly until: number
}

/** What comes of it. */
export interface Replayed {
  /** How many are sent again. */
  readonly deliveries: number
  /** How many are not: they are under way, or were attempted as often as is kept. */
  readonly skipped: number
  readonly queuedAt: Instant
}

/**
 * Has all deliveries of a range sent again; refuses an unknown or disabled endpoint, a range with nothing in it and one with too
 * much. It is no single commit: where it ends half done, a repeat skips what is on its way and sends the rest.
 */
export async function replayDeliveries(
  context: Context,
  { endpointId, since, until }: Replay,
  deliveriesMax = REPLAY_MAX,
): Promise<Outcome<Replayed>> {
  const { store, keyed } = context
  const endpoint = await getEnabledWebhook(context, endpointId)
  if (!endpoint.ok) return endpoint
  if (keyed !== undefined) await refuseIfRecorded(store, keyed)
  const range = { since: clipped(since), until: clipped(until), limit: deliveriesMax + 1 }
  const found = await findDeliveries(store, endpointId, range)
  if (found.length === 0) return refuse({ code: 'nothing-to-replay', endpointId })
  if (found.length > deliveriesMax) return refuse({ code: 'too-many-deliveries', deliveriesMax })
  const queuedAt = context.now()
  const ready = found.filter((delivery) => whyNotRequeue(delivery) === undefined)
  const sent = await sendAgain(context, endpoint.value, ready)
  const result = { deliveries: sent, skipped: found.length - sent, queuedAt }
  await keepReceipt(store, keyed?.receiptFor(result))
  return succeed(result)
}

/** Before 1970 nothing happened. */
function clipped(milliseconds: number): Instant {
  return instant(Math.max(0, milliseconds))
}

/** Answers how many are sent again. */
async function sendAgain(
  context: Context,
  endpoint: WebhookEndpoint,
  deliveries: readonly Delivery[],
): Promise<number> {
  const chunks = Array.from({ length: Math.ceil(deliveries.length / CHUNK) }, (_, index) =>
    deliveries.slice(index * CHUNK, (index + 1) * CHUNK),
  )
  const limit = pLimit(CHUNKS_AT_ONCE)
  const counts = await limit.map(chunks, (chunk) => sendChunk(context, endpoint, chunk))
  return counts.reduce((sum, count) => sum + count, 0)
}

async function sendChunk(
  context: Context,
  endpoint: WebhookEndpoint,
  chunk: readonly Delivery[],
): Promise<number> {
  await sendDeliveries(context, endpoint, { deliveries: chunk, now: context.now() })
  return requeueDeliveries(context.store, chunk)
}
