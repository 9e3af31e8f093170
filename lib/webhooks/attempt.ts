import { instant, type Instant } from '../clock.ts'
import { defined } from '../defined.ts'
import type { DeliveryStatus, WebhookEndpoint } from '../records/webhook.ts'
import { recordAttempt, type DeliveryWrite } from '../store/webhooks/delivery-attempts.ts'
import type { DeliveryState } from '../store/webhooks/delivery-items.ts'
import type { SlotUse } from '../store/webhooks/endpoint-health.ts'
import type { Courier } from './courier.ts'
import type { PostResult } from './post.ts'
import { toldTogether } from './requests.ts'
import { ANSWERED_FAILURES_MAX, nextAttemptAt, nextProbeAt } from './schedule.ts'
import { signingSecrets } from './secret.ts'
import { signatureHeaders } from './sign.ts'
import { GONE } from './tell.ts'

// One attempt of claimed deliveries, all in one request: sent once, and recorded and logged for each.

/** A delivery whose next attempt is ours to make. */
export interface ClaimedDelivery {
  readonly endpoint: WebhookEndpoint
  readonly delivery: DeliveryState
}

/** A request that was sent, and what came of it. */
export interface Sent {
  readonly at: Instant
  readonly posted: PostResult
}

/** Sends claimed deliveries to their endpoint, in one request. */
export async function send(
  { post, clock, deriveSecret }: Courier,
  claimed: readonly [ClaimedDelivery, ...ClaimedDelivery[]],
): Promise<Sent> {
  const [{ endpoint }] = claimed
  const at = clock.now()
  const { id, body } = toldTogether(
    endpoint,
    claimed.map(({ delivery }) => delivery.notice),
  )
  const secrets = signingSecrets(deriveSecret, endpoint, at)
  const headers = signatureHeaders(secrets, { id, at, body })
  return { at, posted: await post({ url: endpoint.url, headers, body }) }
}

/**
 * Records for a claimed delivery what came of the request that it was in; answers the delivery as it is on file now, undefined where
 * the attempt took so long that it is another one's by now.
 */
export async function record(
  courier: Courier,
  claimed: ClaimedDelivery,
  { at, posted }: Sent,
): Promise<DeliveryState | undefined> {
  const { delivery } = claimed
  const { status: responseStatus, latencyMs, failure } = posted
  const written = await recordAttempt(courier.store, delivery, {
    attempt: {
      at,
      latencyMs,
      ...defined({ responseStatus, failure }),
    },
    ...whatFollows(courier, delivery, posted),
  })
  logAttempt(courier, claimed, posted)
  const hasFailed = failure !== undefined
  courier.measure?.({ DeliveryAttempts: 1, DeliveryFailures: hasFailed ? 1 : 0 })
  return written.status === 'applied' ? written.delivery : undefined
}

/** Why an attempt failed that was claimed, and whose claim ran out. */
export const INTERRUPTED = 'interrupted: whether it arrived is not known'

/**
 * Records that an attempt was interrupted: whoever had claimed it ended in the middle. It counts like any that failed, so that one
 * which ends its process each time comes to an end too.
 */
export function recordInterrupted(
  courier: Courier,
  claimed: DeliveryState,
  claimedAt: Instant,
): Promise<DeliveryWrite> {
  const { store, log } = courier
  const { endpointId, deliveryId, attempts } = claimed
  const attempt = attempts.length + 1
  log({ level: 'warn', worker: 'deliver-webhook', endpointId, deliveryId, attempt, ...interrupted })
  return recordAttempt(store, claimed, {
    attempt: { at: claimedAt, ...interrupted },
    ...whatFollows(courier, claimed, interrupted),
  })
}

const interrupted = { failure: INTERRUPTED, latencyMs: 0 } as const

/** How the endpoint's health takes an attempt: without an answer it counts as failing at once. */
export function useOf({ clock }: Courier, posted: PostResult, failedProbes: number): SlotUse {
  const { status, failure, retryAfterSeconds } = posted
  if (failure === undefined) return { kind: 'success' }
  const asked = defined({ retryAfterSeconds })
  const isAtOnce = status === undefined || retryAfterSeconds !== undefined
  return {
    kind: 'failure',
    probeAt: nextProbeAt(failedProbes, { now: clock.now(), ...asked }),
    failuresMax: isAtOnce ? 1 : ANSWERED_FAILURES_MAX,
  }
}

/** Where a delivery stands after an attempt: delivered, given up, or to be tried again. */
function whatFollows(
  { clock, ids }: Courier,
  { attempts, attemptsBefore }: DeliveryState,
  { failure, status, retryAfterSeconds }: PostResult,
): { status: DeliveryStatus; nextAttemptAt: ReturnType<typeof nextAttemptAt> } {
  if (failure === undefined) return { status: 'success', nextAttemptAt: undefined }
  if (status === GONE) return { status: 'failed', nextAttemptAt: undefined }
  const next = nextAttemptAt(attempts.length + 1 - attemptsBefore, {
    now: instant(clock.now()),
    random: ids.random(),
    ...defined({ retryAfterSeconds }),
  })
  return { status: next === undefined ? 'failed' : 'retrying', nextAttemptAt: next }
}

/** One line for each attempt: of the URL only the host, which holds no secrets. */
function logAttempt({ log }: Courier, claimed: ClaimedDelivery, posted: PostResult): void {
  const { endpoint, delivery } = claimed
  log({
    level: posted.failure === undefined ? 'info' : 'warn',
    worker: 'deliver-webhook',
    endpointId: endpoint.endpointId,
    deliveryId: delivery.deliveryId,
    attempt: delivery.attempts.length + 1,
    host: new URL(endpoint.url).host,
    ...posted,
  })
}
