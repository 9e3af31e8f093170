import { SendMessageBatchCommand } from '@aws-sdk/client-sqs'
import { Fault } from '../faults.ts'
import type { BusNames, BusPort } from './port.ts'

/** The longest that SQS keeps a message back; what is to wait longer is sent again in hops. */
export const DELAY_SECONDS_MAX = 900

/** Messages that one request takes. */
const ENTRIES_MAX = 10

/** Bytes that all messages of one request may have together, below SQS's 256 KB of old. */
const REQUEST_BYTES_MAX = 240_000

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
  for (const batch of batchesOf(messages)) await sendBatch(port, queue, batch)
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

function batchesOf(messages: readonly Message[]): Message[][] {
  const batches: Message[][] = []
  let bytes = 0
  for (const message of messages) {
    const size = Buffer.byteLength(message.body)
    const batch = batches.at(-1)
    const fits = batch !== undefined && batch.length < ENTRIES_MAX
    if (fits && bytes + size <= REQUEST_BYTES_MAX) {
      batch.push(message)
      bytes += size
    } else {
      batches.push([message])
      bytes = size
    }
  }
  return batches
}
