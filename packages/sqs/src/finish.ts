import * as z from 'zod'
import { addSeconds } from '@holdfast/embedded/clock'
import { ApiError } from '@holdfast/embedded/errors'
import type { Step } from '@holdfast/embedded/vault'
import { operation, type Sqs } from './core.ts'
import { checkBatch, runEntries } from './batches.ts'
import { invalidValue } from './errors.ts'
import { VISIBILITY_SECONDS_MAX } from './queue-attributes.ts'
import { place, remove, stepToKeepState, type Queue } from './queue.ts'
import { readReceipt } from './receipts.ts'
import { atQueue, requireQueue } from './queues.ts'

const received = z.object({ ReceiptHandle: z.string() })
const identified = received.extend({ Id: z.string() })
const timeout = { VisibilityTimeout: z.number() }

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

/** ChangeMessageVisibility: from now on that many seconds; refused for a message that is not in flight. */
export const changeMessageVisibility = operation(
  atQueue.extend({ ...received.shape, ...timeout }),
  async (core, input) => {
    const queue = requireQueue(core, input.QueueUrl)
    await core.vault.write([changeOne(core, queue, input)])
    return {}
  },
)

/** ChangeMessageVisibilityBatch. */
export const changeMessageVisibilityBatch = operation(
  atQueue.extend({ Entries: z.array(identified.extend(timeout)) }),
  async (core, { QueueUrl: url, Entries: entries }, { failedEntries }) => {
    const queue = requireQueue(core, url)
    checkBatch(entries, 'ChangeMessageVisibilityBatchRequestEntry')
    const steps: Step[] = []
    const answer = runEntries(entries, failedEntries, (entry) => {
      steps.push(changeOne(core, queue, entry))
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

function changeOne(
  core: Sqs,
  queue: Queue,
  {
    ReceiptHandle: handle,
    VisibilityTimeout: seconds,
  }: {
    ReceiptHandle: string
    VisibilityTimeout: number
  },
): Step {
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > VISIBILITY_SECONDS_MAX) {
    throw invalidValue(
      { name: 'VisibilityTimeout', value: seconds },
      `VisibilityTimeout must be >= 0 and <= ${VISIBILITY_SECONDS_MAX}.`,
    )
  }
  const { message, isLatest } = readReceipt(queue, handle)
  const now = core.clock.now()
  if (message === undefined || !isLatest || message.state.visibleAt <= now) {
    throw new ApiError(
      'MessageNotInflight',
      `Value ${handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    )
  }
  const state = { ...message.state, visibleAt: addSeconds(now, seconds) }
  const changed = { ...message, state }
  place(queue, changed)
  return stepToKeepState(queue, changed)
}
