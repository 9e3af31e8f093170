import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { deliverBatch } from '../../functions/workers/deliver-webhook.ts'
import type { Bus } from '../../lib/bus/bus.ts'
import { instant } from '../../lib/clock.ts'
import type { Notice } from '../../lib/rules/notice.ts'
import type { WebhookEndpoint } from '../../lib/records/webhook.ts'
import type { Runtime } from '../../lib/open.ts'
import type { PostSurroundings } from '../../lib/webhooks/post.ts'
import { deliveryMessage } from '../../lib/webhooks/message.ts'
import { runAs } from './iam/guard.ts'
import { openHoldfast, type Holdfast } from './holdfast.ts'
import { bookedNotice } from './notices.ts'
import type { Receiver } from './receivers.ts'
import { listDeliveries } from '../../lib/store/webhooks/deliveries.ts'
import { createWebhook } from '../../lib/store/webhooks/webhook-endpoints.ts'

/** A Holdfast that delivers to receivers on this machine. */
export interface DeliveryWorld extends Holdfast {
  /** Registers an endpoint and its rule. */
  register(url: string, changes?: Partial<WebhookEndpoint>): Promise<WebhookEndpoint>
  /** A notice of another object each time. */
  notice(changes?: Partial<Notice>): Notice
  /** Puts notices on the bus. */
  publish(...notices: Notice[]): Promise<void>
  /** The worker, in a process of its own where it is given a runtime. */
  worker(changes?: WorkerChanges): (event: SQSEvent) => Promise<SQSBatchResponse>
  /** Delivers everything that can be delivered now. */
  deliver(changes?: WorkerChanges): Promise<number>
  /** Lets time go by in steps, and delivers after each. */
  pass(seconds: number, stepSeconds?: number): Promise<void>
  deliveriesOf(endpointId: string): ReturnType<typeof listDeliveries>
}

export interface WorkerChanges {
  readonly runtime?: Runtime
  readonly bus?: Bus
  readonly outside?: Partial<PostSurroundings>
}

/** Real milliseconds that receivers have in these tests. */
const EXCHANGE_MS = 10_000

/** The same where they are to hang. */
export const HANGING = { outside: { exchangeMsMax: 300 } }

/** Opens one; it is closed after the test. */
export async function openDeliveries(): Promise<DeliveryWorld> {
  const holdfast = await openHoldfast()
  const { clock, messaging, runtime } = holdfast
  const { store } = runtime
  const { bus } = messaging
  let endpoints = 0
  let notices = 0
  const worker =
    ({ runtime: own = runtime, bus: ownBus = bus, outside = {} }: WorkerChanges = {}) =>
    (event: SQSEvent) =>
      runAs('workers/deliver-webhook', () =>
        deliverBatch(
          own,
          {
            bus: ownBus,
            outside: {
              clock,
              allowsLoopback: true,
              exchangeMsMax: EXCHANGE_MS,
              resolve: () => Promise.reject(new Error('nobody is to be asked')),
              ...outside,
            },
          },
          event,
        ),
      )
  const deliver = (changes?: WorkerChanges) => messaging.pump('deliveries', worker(changes))
  return {
    ...holdfast,
    worker,
    deliver,
    register: (url, changes = {}) => {
      endpoints += 1
      return register(holdfast, { number: endpoints, url, changes })
    },
    notice(changes) {
      notices += 1
      return bookedNotice(notices, clock.now(), changes)
    },
    async publish(...told) {
      const { failed, refused } = await bus.putNotices(told)
      if (failed.length + refused.length > 0) throw new Error('The bus did not take everything')
    },
    async pass(seconds, stepSeconds = seconds) {
      const end = instant(clock.now() + seconds * 1_000)
      while (clock.now() < end) {
        clock.advance(Math.min(stepSeconds * 1_000, end - clock.now()))
        await deliver()
      }
    },
    deliveriesOf: (endpointId) => listDeliveries(store, endpointId, { page: 1, limit: 10_000 }),
  }
}

async function register(
  { runtime, messaging, clock }: Holdfast,
  wanted: { number: number; url: string; changes: Partial<WebhookEndpoint> },
): Promise<WebhookEndpoint> {
  const { number, url, changes } = wanted
  const endpoint = {
    endpointId: `wh_${number}`,
    workspaceId: 'one',
    environment: 'sandbox' as const,
    serial: number,
    url,
    types: ['seat.booked' as const],
    isEnabled: true,
    secretGeneration: 1,
    createdAt: clock.now(),
    updatedAt: clock.now(),
    ...changes,
  }
  const created = await createWebhook(runtime.store, endpoint)
  if (created === undefined) throw new Error('The id is taken')
  await messaging.bus.putRule(created)
  return created
}

/** The notices that a receiver got, in the order of arrival. */
export function notices({ received }: Receiver): Notice[] {
  return received.map(({ body }) => JSON.parse(body) as Notice)
}

/** Their labels. */
export const labels = (receiver: Receiver) =>
  notices(receiver).map(({ objectLabel }) => objectLabel)

/** The deliveries of an endpoint as the log shows them, newest notice first. */
export async function log(world: DeliveryWorld, endpointId: string) {
  const { items } = await world.deliveriesOf(endpointId)
  return items.map(({ notice, status, attempts }) => [notice.objectLabel, status, attempts.length])
}

/** Sends a delivery's next attempt as the API does for tests, and for deliveries that are sent anew. */
export async function ask(
  { clock, messaging }: DeliveryWorld,
  asked: { endpointId: string; deliveryId: string; attempt?: number },
): Promise<void> {
  const now = clock.now()
  const wanted = { workspaceId: 'one', attempt: 1, dueAt: now, ...asked }
  await messaging.bus.sendMessages('deliveries', [deliveryMessage(wanted, now)])
}
