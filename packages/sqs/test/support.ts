import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  type Message,
  type ReceiveMessageCommandInput,
} from '@aws-sdk/client-sqs'
import type { Engine } from '@holdfast/embedded/engine'
import { inProcess } from '@holdfast/embedded/in-process'
import { movedClock, type MovedClock } from '@holdfast/embedded/moved-clock'
import type { Sqs } from '../src/core.ts'
import { openSqs, type SqsOptions } from '../src/sqs.ts'

/** How every client of a test is configured; an attempt that fails is not repeated. */
export const clientOptions = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
}

export interface Queues {
  readonly clock: MovedClock
  readonly engine: Engine<Sqs>
  readonly queues: SQSClient
}

/** SQS in memory, without a queue, with the SDK's client. */
export function openQueues(options: Omit<SqsOptions, 'clock'> = {}): Queues {
  const clock = movedClock()
  const engine = openSqs({ ...options, clock })
  const endpoint = 'http://messaging.localhost'
  const requestHandler = inProcess(engine)
  return { clock, engine, queues: new SQSClient({ ...clientOptions, endpoint, requestHandler }) }
}

/** The ARN that a queue of that name has. */
export function arnOf(name: string): string {
  return `arn:aws:sqs:us-east-1:000000000000:${name}`
}

/** Makes a queue and answers its URL. */
export async function makeQueue(
  { queues }: Pick<Queues, 'queues'>,
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
  { queues }: Pick<Queues, 'queues'>,
  QueueUrl: string,
  { body, delay }: { body: string; delay?: number },
) {
  return queues.send(new SendMessageCommand({ QueueUrl, MessageBody: body, DelaySeconds: delay }))
}

/** Receives what there is, up to ten messages unless told otherwise. */
export async function receive(
  { queues }: Pick<Queues, 'queues'>,
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
  services: Pick<Queues, 'queues'>,
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
