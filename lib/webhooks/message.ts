import * as z from 'zod'
import type { Message } from '../bus/send-messages.ts'
import { instant, type Instant } from '../clock.ts'
import type { Notice } from '../rules/notice.ts'
import { MESSAGE_DELAY_SECONDS_MAX } from '../limits/aws-limits.ts'
import { hopSeconds } from './schedule.ts'

// What the queue of deliveries holds: notices as the bus hands them to an endpoint's rule, and our own messages, each of which
// asks for one attempt of a delivery that is on file.

/** A notice for an endpoint, as the bus sends it. */
export interface NoticeMessage {
  readonly kind: 'notice'
  readonly endpointId: string
  readonly notice: Notice
}

/** One attempt of a delivery that is on file, to be made at that moment. */
export interface AttemptMessage {
  readonly kind: 'attempt'
  readonly endpointId: string
  readonly workspaceId: string
  readonly deliveryId: string
  /** Its number, counted from 1 since the delivery was first sent: with each number one attempt is made. */
  readonly attempt: number
  readonly dueAt: Instant
}

export type DeliveryMessage = NoticeMessage | AttemptMessage

/**
 * The message that asks for an attempt of a delivery, to be put into the queue `deliveries`. It may be sent shortly before the
 * delivery is on file: then it waits for it a little. However late it is due, it looks after so many seconds whether it need wait on.
 */
export function deliveryMessage(
  wanted: Omit<AttemptMessage, 'kind'>,
  now: Instant,
  lookSeconds = MESSAGE_DELAY_SECONDS_MAX,
): Message {
  const { endpointId, workspaceId, deliveryId, attempt, dueAt } = wanted
  const body = JSON.stringify({ endpoint: endpointId, workspaceId, deliveryId, attempt, dueAt })
  return { body, delaySeconds: Math.min(lookSeconds, hopSeconds(dueAt, now)) }
}

const attemptBody = z.object({
  endpoint: z.string().min(1),
  workspaceId: z.string().min(1),
  deliveryId: z.string().min(1),
  attempt: z.int().min(1),
  dueAt: z.int(),
})

const noticeBody = z.object({
  endpoint: z.string().min(1),
  notice: z.object({
    detail: z.looseObject({
      id: z.string().min(1),
      type: z.string(),
      occurredAt: z.iso.datetime(),
      workspaceId: z.string().min(1),
    }),
  }),
})

/** Reads a message's body; undefined where it is neither of the two kinds. */
export function readMessage(body: string): DeliveryMessage | undefined {
  const value = parseJson(body)
  const attempt = attemptBody.safeParse(value)
  if (attempt.success) {
    const { endpoint, dueAt, ...rest } = attempt.data
    return { kind: 'attempt', endpointId: endpoint, dueAt: instant(dueAt), ...rest }
  }
  const noticed = noticeBody.safeParse(value)
  if (!noticed.success) return undefined
  const { endpoint, notice } = noticed.data
  // Our own relay wrote the rest of it.
  return { kind: 'notice', endpointId: endpoint, notice: notice.detail as unknown as Notice }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
