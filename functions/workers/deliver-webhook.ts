import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import type { Bus } from '../../lib/bus/bus.ts'
import { openBusFromEnvironment } from '../../lib/open-bus.ts'
import { openRuntime, type Runtime } from '../../lib/open.ts'
import type { Courier } from '../../lib/webhooks/courier.ts'
import { deliver } from '../../lib/webhooks/deliver.ts'
import { EXCHANGE_MS_MAX, post, type PostSurroundings } from '../../lib/webhooks/post.ts'
import { systemResolver } from '../../lib/webhooks/reach.ts'

/**
 * The queue of deliveries calls it. All messages of a batch are handled at once, so that a batch takes no longer than its slowest
 * receiver may.
 */
export const trigger = {
  kind: 'queue',
  queue: 'deliveries',
  batchSize: 10,
  concurrencyMax: 400,
} as const

/** Delivers what a batch of messages asks for; those that must come again are answered. */
export async function deliverBatch(
  runtime: Runtime,
  { bus, ...ways }: { bus: Bus; outside?: PostSurroundings; post?: Courier['post'] },
  { Records }: SQSEvent,
): Promise<SQSBatchResponse> {
  const { log } = runtime
  const { outside = outsideOf(runtime) } = ways
  const courier: Courier = { ...runtime, bus, post: ways.post ?? ((sent) => post(outside, sent)) }
  const outcomes = await deliver(
    courier,
    Records.map(({ body }) => body),
  )
  const failed = Records.filter(({ messageId }, place) => {
    const error = outcomes[place]
    if (error === undefined) return false
    log({ level: 'error', worker: 'deliver-webhook', messageId, error })
    return true
  })
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) }
}

/** The Lambda function behind the queue of deliveries. */
export const handler = (event: SQSEvent) => {
  const runtime = openRuntime()
  return deliverBatch(runtime, { bus: (runtime.openBus ?? openBusFromEnvironment)() }, event)
}

function outsideOf({ clock, webhooks }: Runtime): PostSurroundings {
  return { clock, ...webhooks, resolve: systemResolver, exchangeMsMax: EXCHANGE_MS_MAX }
}
