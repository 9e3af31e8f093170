import { DeleteMessageBatchCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { BATCH_MESSAGES_MAX } from '../limits/aws-limits.ts'
import { batchesOf } from './batches.ts'
import type { BusPort } from './port.ts'
import type { QueueName } from './send-messages.ts'

// Whoever was handed as many messages of a queue as come in one call can take more of them. Nothing depends on it: what is not taken
// comes by itself, and what is not deleted comes again.

/** A message that nobody else is handed for a while. */
export interface Received {
  readonly body: string
  readonly receipt: string
}

/** Takes messages that wait in a queue, up to so many; fewer where there are none, or it does not answer. */
export async function receiveMessages(
  { queues, names }: BusPort,
  queue: QueueName,
  count: number,
): Promise<Received[]> {
  const answers = await Promise.allSettled(
    Array.from({ length: Math.ceil(count / BATCH_MESSAGES_MAX) }, (_, index) => {
      const left = count - index * BATCH_MESSAGES_MAX
      const MaxNumberOfMessages = Math.min(BATCH_MESSAGES_MAX, left)
      return queues.send(new ReceiveMessageCommand({ QueueUrl: names[queue], MaxNumberOfMessages }))
    }),
  )
  return answers
    .flatMap((answer) => (answer.status === 'fulfilled' ? (answer.value.Messages ?? []) : []))
    .map(({ Body = '', ReceiptHandle = '' }) => ({ body: Body, receipt: ReceiptHandle }))
}

/** Deletes messages that were dealt with. */
export async function deleteMessages(
  { queues, names }: BusPort,
  queue: QueueName,
  done: readonly Received[],
): Promise<void> {
  await Promise.allSettled(
    batchesOf(done, ({ receipt }) => Buffer.byteLength(receipt)).map((batch) => {
      const Entries = batch.map(({ receipt }, index) => {
        return { Id: String(index), ReceiptHandle: receipt }
      })
      return queues.send(new DeleteMessageBatchCommand({ QueueUrl: names[queue], Entries }))
    }),
  )
}
