import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  type Message,
  type ReceiveMessageCommandInput,
} from '@aws-sdk/client-sqs'
import type { Undelivered } from '../../../local/messaging/events-core.ts'
import {
  openMessaging,
  type Messaging,
  type MessagingOptions,
} from '../../../local/messaging/open-messaging.ts'
import { inProcess } from '../../../local/messaging/in-process.ts'
import { movedClock, type MovedClock } from '../../support/moved-clock.ts'

/** How every client of a test is configured; an attempt that fails is not repeated. */
export const clientOptions = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
}

export interface Services {
  readonly clock: MovedClock
  readonly engine: Messaging
  readonly events: EventBridgeClient
  readonly queues: SQSClient
  readonly undelivered: Undelivered[]
}

/** Both services in memory, without a queue or a rule, with the SDK's clients. */
export function openServices(options: Omit<MessagingOptions, 'clock'> = {}): Services {
  const clock = movedClock()
  const undelivered: Undelivered[] = []
  const engine = openMessaging({
    ...options,
    clock,
    onUndelivered: (event) => undelivered.push(event),
  })
  const config = {
    ...clientOptions,
    endpoint: 'http://messaging.localhost',
    requestHandler: inProcess(engine),
  }
  return {
    clock,
    engine,
    undelivered,
    events: new EventBridgeClient(config),
    queues: new SQSClient(config),
  }
}

/** The ARN that a queue of that name has. */
export function arnOf(name: string): string {
  return `arn:aws:sqs:us-east-1:000000000000:${name}`
}

/** Makes a queue and answers its URL. */
export async function makeQueue(
  { queues }: Pick<Services, 'queues'>,
  name: string,
  attributes: Record<string, string> = {},
): Promise<string> {
  const { QueueUrl = '' } = await queues.send(
    new CreateQueueCommand({ QueueName: name, Attributes: attributes }),
  )
  return QueueUrl
}

/** Sends one message. */
export function send(
  { queues }: Pick<Services, 'queues'>,
  QueueUrl: string,
  { body, delay }: { body: string; delay?: number },
) {
  return queues.send(new SendMessageCommand({ QueueUrl, MessageBody: body, DelaySeconds: delay }))
}

/** Receives what there is, up to ten messages unless told otherwise. */
export async function receive(
  { queues }: Pick<Services, 'queues'>,
  QueueUrl: string,
  options: Partial<ReceiveMessageCommandInput> = {},
): Promise<Message[]> {
  const { Messages = [] } = await queues.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
      ...options,
    }),
  )
  return Messages
}

/** The bodies of what can be received. */
export async function bodies(
  services: Pick<Services, 'queues'>,
  url: string,
): Promise<(string | undefined)[]> {
  return (await receive(services, url)).map(({ Body }) => Body)
}

/** The name and the message of the error that a call is refused with; fails when it succeeds. */
export async function refusalOf(call: Promise<unknown>): Promise<[name: string, message: string]> {
  const error: unknown = await call.then(
    () => {
      throw new Error('The call was not refused')
    },
    (reason: unknown) => reason,
  )
  const { name, message } = error as Error
  return [name, message]
}
