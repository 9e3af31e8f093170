import * as z from 'zod'
import type { Step } from '@holdfast/embedded/vault'
import { operation } from './core.ts'
import { checkBatch, runEntries } from './batches.ts'
import { remove, type Queue } from './queue.ts'
import { readReceipt } from './receipts.ts'
import { atQueue, requireQueue } from './queues.ts'

const received = z.object({ ReceiptHandle: z.string() })
const identified = received.extend({ Id: z.string() })

/** DeleteMessage: a message that is gone is fine; one that was received anew since stays. */
export const deleteMessage = operation(atQueue.extend(received.shape), async (core, input) => {
  const queue = requireQueue(core, input.QueueUrl)
  await core.vault.write(deleteOne(queue, input.ReceiptHandle))
  return {}
})

/** DeleteMessageBatch. */
export const deleteMessageBatch = operation(
  atQueue.extend({ Entries: z.array(identified) }),
  async (core, { QueueUrl: url, Entries: entries }, { failedEntries }) => {
    const queue = requireQueue(core, url)
    checkBatch(entries, 'DeleteMessageBatchRequestEntry')
    const steps: Step[] = []
    const answer = runEntries(entries, failedEntries, ({ ReceiptHandle: handle }) => {
      steps.push(...deleteOne(queue, handle))
      return {}
    })
    await core.vault.write(steps)
    return answer
  },
)

function deleteOne(queue: Queue, handle: string): Step[] {
  const { messageId, isLatest } = readReceipt(queue, handle)
  return isLatest ? remove(queue, messageId) : []
}
