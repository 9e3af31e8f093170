import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { SQSClient } from '@aws-sdk/client-sqs'
import { openBus, type Bus } from '../../lib/bus/bus.ts'
import { openBusPort, type BusNames, type BusPort } from '../../lib/bus/port.ts'
import type { Clock, Instant } from '../../lib/clock.ts'
import type { Ids } from '../../lib/ids.ts'
import { createQueues, localNames } from '../../local/sources/create-queues.ts'
import type { BusEvent, Undelivered } from '@holdfast/eventbridge/core'
import { openMessaging, type Messaging } from '@holdfast/eventbridge/open-messaging'
import { inProcess } from '@holdfast/embedded/in-process'
import { createQueuePump, type QueueWorker } from '../../local/sources/queue-pump.ts'
import { guardMessaging } from './iam/guard-bus.ts'
import { seededIds } from './seeded-ids.ts'

// The embedded EventBridge and SQS in memory, in process, under a clock that a test moves:
//
//   const clock = movedClock()
//   const messaging = await openMemoryMessaging({ clock })
//   messaging.bus                        the product's own Bus (lib/bus/bus.ts) over it; hand it out as `openBus: () => messaging.bus`
//   messaging.port, messaging.names      what that Bus works with
//   messaging.events, messaging.queues   the SDK's clients
//   messaging.published                  every event that the bus took so far, as AWS carries it
//   messaging.undelivered                events that could not be handed on, with the reason
//   messaging.list('timers')             all messages of a queue, in the order of sending: also delayed ones and those in flight
//   messaging.bodies('deliveries')       only their bodies, parsed
//   await messaging.pump('timers', worker)   calls the worker with everything that can be received now; answers how many messages;
//                                        throws what the worker throws, unless it is given an `onFailure`
//   messaging.engine.inject = ({ operation }) => operation === 'PutEvents' ? 'lost-after' : undefined
//                                        faults: 'throttle', 'internal-error', 'lost-before', 'lost-after', { failedEntries: [0] }
//
// Nothing happens by itself: move the clock (`clock.advance(ms)`) and pump again, for delays and for what failed (its
// visibility timeout is 90 s).

/** The queues, by what they are for. */
export type MemoryQueue = Exclude<keyof typeof localNames, 'bus'>

/** A message as it lies in its queue. */
export interface QueuedMessage {
  readonly messageId: string
  readonly body: string
  readonly sentAt: Instant
  /** From then on it can be received. */
  readonly visibleAt: Instant
  readonly receives: number
}

export interface MemoryMessaging {
  readonly bus: Bus
  readonly port: BusPort
  readonly names: BusNames
  readonly events: EventBridgeClient
  readonly queues: SQSClient
  readonly engine: Messaging
  readonly published: BusEvent[]
  readonly undelivered: Undelivered[]
  readonly list: (queue: MemoryQueue) => QueuedMessage[]
  readonly bodies: (queue: MemoryQueue) => unknown[]
  readonly pump: (queue: MemoryQueue, worker: QueueWorker, options?: PumpOptions) => Promise<number>
}

export interface PumpOptions {
  readonly batchSize?: number
  /** Told of a worker that throws; without it, pumping throws what the worker threw. */
  readonly onFailure?: (error: unknown) => void
}

/** Where the clients believe the services to be. */
const ENDPOINT = 'http://messaging.localhost'

/** Opens bus and queues in memory, as the local product has them. */
export async function openMemoryMessaging({
  clock,
  ids = seededIds(clock, 'messaging'),
}: {
  clock: Clock
  ids?: Ids
}): Promise<MemoryMessaging> {
  const published: BusEvent[] = []
  const undelivered: Undelivered[] = []
  const engine = openMessaging({
    clock,
    newId: () => ids.uuid(),
    onEvent: (_, event) => published.push(event),
    onUndelivered: (event) => undelivered.push(event),
  })
  const client = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    endpoint: ENDPOINT,
    requestHandler: inProcess(engine),
  }
  const events = new EventBridgeClient(client)
  const queues = new SQSClient(client)
  const names = await createQueues({ events, queues })
  const guarded = { ...client, requestHandler: guardMessaging(client.requestHandler) }
  const port = openBusPort({ client: guarded, names, clock, ids })
  const list = (queue: MemoryQueue) =>
    [...(engine.core.queues.get(localNames[queue])?.messages.values() ?? [])]
      .map(({ messageId, body, sentAt, state: { visibleAt, receives } }) => {
        return { messageId, body, sentAt, visibleAt, receives }
      })
      .toSorted((a, b) => a.sentAt - b.sentAt)
  return {
    bus: openBus(port),
    port,
    names,
    events,
    queues,
    engine,
    published,
    undelivered,
    list,
    bodies: (queue) => list(queue).map(({ body }) => JSON.parse(body) as unknown),
    pump: (queue, worker, { batchSize = 10, onFailure = rethrow } = {}) =>
      createQueuePump({
        queues,
        queueUrl: `${ENDPOINT}/${engine.core.accountId}/${localNames[queue]}`,
        worker,
        batchSize,
        concurrencyMax: 2,
        clock,
        onFailure,
      }).drain(),
  }
}

function rethrow(error: unknown): never {
  throw error
}
