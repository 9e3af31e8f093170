import type * as z from 'zod'
import { toIso, type Instant } from '../clock.ts'
import { defined } from '../defined.ts'
import type { Attempt, Delivery, EndpointHealth, WebhookEndpoint } from '../records/webhook.ts'
import type * as shapes from './webhook-shapes.ts'

type Reply<Shape extends z.ZodType> = z.output<Shape>

/** A webhook endpoint in this API's words. */
export function toWebhook(
  endpoint: WebhookEndpoint & { readonly health?: EndpointHealth | undefined },
): Reply<typeof shapes.webhookReply> {
  const { description, batch } = endpoint
  return {
    id: endpoint.endpointId,
    url: endpoint.url,
    events: [...endpoint.types],
    ...defined({ description, batch }),
    enabled: endpoint.isEnabled,
    createdAt: toIso(endpoint.createdAt),
    updatedAt: toIso(endpoint.updatedAt),
    health: toHealth(endpoint.health),
  }
}

/** How its receiver is doing: it fails from when deliveries wait behind a probe, not from the first failure. */
function toHealth({ lastSuccessAt, failingSince, probeAt }: Partial<EndpointHealth> = {}) {
  const isFailing = probeAt !== undefined
  const otherwise = lastSuccessAt === undefined ? ('unknown' as const) : ('healthy' as const)
  return {
    status: isFailing ? ('failing' as const) : otherwise,
    lastSuccessAt: toIsoOrNull(lastSuccessAt),
    failingSince: isFailing ? toIsoOrNull(failingSince) : null,
    nextProbeAt: toIsoOrNull(probeAt),
  }
}

/** A secret that has just been made, this once. */
export function toRotated(
  endpoint: WebhookEndpoint & { readonly secret: string },
): Reply<typeof shapes.rotatedSecretReply> {
  const { endpointId, secret, updatedAt, overlapUntil } = endpoint
  return {
    id: endpointId,
    secret,
    rotatedAt: toIso(updatedAt),
    ...(overlapUntil === undefined ? {} : { oldSecretUntil: toIso(overlapUntil) }),
  }
}

/** A delivery that will be made in a moment. */
export function toQueued(queued: {
  readonly endpointId: string
  readonly deliveryId: string
  readonly queuedAt: Instant
}): Reply<typeof shapes.queuedDeliveryReply> {
  const { endpointId, deliveryId, queuedAt } = queued
  return { id: endpointId, deliveryId, status: 'queued', queuedAt: toIso(queuedAt) }
}

/** Deliveries of an endpoint that will be made again. */
export function toReplayed(
  id: string,
  replayed: { readonly deliveries: number; readonly skipped: number; readonly queuedAt: Instant },
): Reply<typeof shapes.replayReply> {
  const { deliveries, skipped, queuedAt } = replayed
  return { id, status: 'queued', deliveries, skipped, queuedAt: toIso(queuedAt) }
}

/** One notice for one endpoint, as the log tells it. */
export function toDelivery(delivery: Delivery): Reply<typeof shapes.deliveryReply> {
  const { deliveryId, endpointId, notice, status, attempts, nextAttemptAt, failure } = delivery
  const last = attempts.at(-1)
  return {
    deliveryId,
    webhookId: endpointId,
    event: notice.type as Reply<typeof shapes.deliveryReply>['event'],
    status,
    attemptCount: attempts.length,
    responseStatus: last?.responseStatus ?? null,
    responseLatencyMs: last?.latencyMs ?? null,
    ...(last === undefined ? {} : whenTried(last)),
    ...(nextAttemptAt === undefined ? {} : { nextAttemptAt: toIso(nextAttemptAt) }),
    ...defined({ failure }),
    noticeId: notice.id,
    attempts: attempts.map(toAttempt),
  }
}

function whenTried({ at, failure }: Attempt) {
  return failure === undefined ? { deliveredAt: toIso(at) } : { lastAttemptAt: toIso(at) }
}

function toAttempt({ at, responseStatus, latencyMs, failure }: Attempt) {
  return {
    at: toIso(at),
    responseStatus: responseStatus ?? null,
    latencyMs,
    failure: failure ?? null,
  }
}

function toIsoOrNull(time: Instant | undefined): string | null {
  return time === undefined ? null : toIso(time)
}
