import { SendMessageBatchCommand } from '@aws-sdk/client-sqs'
import { defined } from '../defined.ts'
import { Fault } from '../faults.ts'
import { batchesOf } from './batches.ts'
import type { BusNames, BusPort } from './port.ts'
import { isForGood, sendOrEach, type RefusedEntry } from './refusals.ts'

/** Rounds in which messages that the queue did not take are sent again at once. */
const ROUNDS_MAX = 3

/** Queues that are sent to by name. */
export type QueueName = keyof Pick<BusNames, 'deliveries' | 'timers' | 'deadLetters' | 'failures'>

/** A message, to be seen after so many seconds. */
export interface Message {
  readonly body: string
  /** Whole seconds, no more than SQS keeps a message back. */
  readonly delaySeconds?: number
}

/** A message on its way, with its place among those that were to be sent. */
interface PlacedMessage extends Message {
  readonly place: number
}

/** Sends messages; throws unless the queue took them all, and then some may have been taken. */
export async function sendMessages(
  port: BusPort,
  queue: QueueName,
  messages: readonly Message[],
): Promise<void> {
  const refused = await offerMessages(port, queue, messages)
  if (refused.length > 0) throw untaken(queue, refused.length)
}

/**
 * Sends messages, and answers which of them the queue refuses for good; it took all others. Throws where it cannot be reached
 * or is too busy, and then some may have been taken.
 */
export async function offerMessages(
  port: BusPort,
  queue: QueueName,
  messages: readonly Message[],
): Promise<RefusedEntry[]> {
  const refused: RefusedEntry[] = []
  const placed = messages.map((message, place): PlacedMessage => ({ ...message, place }))
  for (const batch of batchesOf(placed, ({ body }) => Buffer.byteLength(body))) {
    const sent = await sendOrEach(
      batch,
      (messages) => sendBatch(port, queue, messages),
      (entry) => [entry],
    )
    refused.push(...sent.flat())
  }
  return refused
}

async function sendBatch(
  { queues, names }: BusPort,
  queue: QueueName,
  batch: readonly PlacedMessage[],
): Promise<RefusedEntry[]> {
  const refused: RefusedEntry[] = []
  let left = batch
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const { Failed = [] } = await queues.send(
      new SendMessageBatchCommand({ QueueUrl: names[queue], Entries: left.map(entryOf) }),
    )
    const failures = new Map(Failed.map((failure) => [failure.Id, failure]))
    const failed = left.filter(({ place }) => failures.has(String(place)))
    left = failed.filter(({ place }) => !isForGood(failures.get(String(place))?.Code))
    for (const { place } of failed) {
      const { Code, Message: reason = Code ?? '' } = failures.get(String(place)) ?? {}
      if (isForGood(Code)) refused.push({ place, reason })
    }
    if (left.length === 0) return refused
  }
  throw untaken(queue, left.length)
}

function entryOf({ place, body, delaySeconds }: PlacedMessage) {
  return {
    Id: String(place),
    MessageBody: body,
    ...defined({ DelaySeconds: delaySeconds }),
  }
}

function untaken(queue: QueueName, count: number): Fault {
  const message = `The queue of ${queue} did not take ${count} messages`
  return new Fault(message, { outcome: 'unknown' })
}
