import { EventBridgeClient, type EventBridgeClientConfig } from '@aws-sdk/client-eventbridge'
import { SQSClient } from '@aws-sdk/client-sqs'
import type { Clock } from '../clock.ts'
import type { Ids } from '../ids.ts'

/** What every function of the bus works with; whatever answers the SDK's commands will do. */
export interface BusPort {
  readonly events: Pick<EventBridgeClient, 'send'>
  readonly queues: Pick<SQSClient, 'send'>
  readonly names: BusNames
  readonly clock: Clock
  readonly ids: Ids
}

/** How an installation calls its bus and its queues. */
export interface BusNames {
  /** The event bus. */
  readonly bus: string
  /** Rules send notices there: the ARN of the queue of deliveries. */
  readonly deliveriesArn: string
  /** URLs of the queues. */
  readonly deliveries: string
  readonly timers: string
  /** Deliveries that were given up. */
  readonly deadLetters: string
  /** Stream records that cannot be decoded. */
  readonly failures: string
}

/** A port of the SDK's clients. */
export interface SdkPort extends BusPort {
  readonly events: EventBridgeClient
  readonly queues: SQSClient
}

/** Attempts of one call, the first included: notices and messages may come twice, every consumer expects that. */
const ATTEMPTS_MAX = 4

/** Opens the clients; both share the configuration, their retry behaviour is pinned here. */
export function openBusPort(options: {
  client: Pick<EventBridgeClientConfig, 'region' | 'credentials' | 'requestHandler' | 'endpoint'>
  names: BusNames
  clock: Clock
  ids: Ids
}): SdkPort {
  const { client, ...rest } = options
  const pinned = { ...client, retryMode: 'standard', maxAttempts: ATTEMPTS_MAX }
  return { events: new EventBridgeClient(pinned), queues: new SQSClient(pinned), ...rest }
}
