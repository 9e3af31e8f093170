import { SendMessageBatchCommand } from '@aws-sdk/client-sqs'
import { Fault } from '../faults.ts'
import { batchesOf } from './batches.ts'
import type { BusNames, BusPort } from './port.ts'

/** The longest that SQS keeps a message back; what is to wait longer is sent again in hops. */
export const DELAY_SECONDS_MAX = 900

/** Rounds in which messages that the queue did not take are sent again at once. */
const ROUNDS_MAX = 3

/** Queues that are sent to by name. */
export type QueueName = keyof Pick<BusNames, 'deliveries' | 'timers' | 'deadLetters' | 'failures'>

/** A message, to be seen after so many seconds. */
export interface Message {
  readonly body: string
  /** Whole seconds from 0 to `DELAY_SECONDS_MAX`. */
  readonly delaySeconds?: number
}

/** Sends messages; throws unless the queue took them all, and then some may have been taken. */
export async function sendMessages(
  port: BusPort,
  queue: QueueName,
  messages: readonly Message[],
): Promise<void> {
  const batches = batchesOf(messages, ({ body }) => Buffer.byteLength(body))
  for (const batch of batches) await sendBatch(port, queue, batch)
}

async function sendBatch(
  { queues, names }: BusPort,
  queue: QueueName,
  batch: readonly Message[],
): Promise<void> {
  let left = batch.map(({ body, delaySeconds }, index) => ({
    Id: String(index),
    MessageBody: body,
    ...(delaySeconds === undefined ? {} : { DelaySeconds: delaySeconds }),
  }))
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const { Failed = [] } = await queues.send(
      new SendMessageBatchCommand({ QueueUrl: names[queue], Entries: left }),
    )
    if (Failed.length === 0) return
    const failed = new Set(Failed.map(({ Id }) => Id))
    left = left.filter(({ Id }) => failed.has(Id))
  }
  const message = `The queue of ${queue} did not take ${left.length} messages`
  throw new Fault(message, { outcome: 'unknown' })
}
