import * as z from 'zod'
import { addSeconds } from '@holdfast/embedded/clock'
import { ApiError } from '@holdfast/embedded/errors'
import type { Step } from '@holdfast/embedded/vault'
import { operation, type Sqs } from './core.ts'
import { checkBatch, runEntries } from './batches.ts'
import { invalidValue } from './errors.ts'
import { DELAY_SECONDS_MAX, MESSAGE_BYTES_MAX } from './queue-attributes.ts'
import { newMessage, place, stepsToKeep, type Message, type Queue } from './queue.ts'
import { atQueue, requireQueue } from './queues.ts'

const message = z.object({
  MessageBody: z.string(),
  DelaySeconds: z.number().optional(),
  /** Not served here: refused rather than forgotten. */
  MessageAttributes: z.record(z.string(), z.unknown()).optional(),
  MessageSystemAttributes: z.record(z.string(), z.unknown()).optional(),
})

type MessageGiven = z.infer<typeof message>

/** SendMessage. */
export const sendMessage = operation(atQueue.extend(message.shape), async (core, input) => {
  const queue = requireQueue(core, input.QueueUrl)
  const sent = accept(core, queue, input)
  await core.vault.write(stepsToKeep(queue, sent))
  return answerOf(sent)
})

/** SendMessageBatch: up to ten messages, each taken or refused for itself. */
export const sendMessageBatch = operation(
  atQueue.extend({ Entries: z.array(message.extend({ Id: z.string() })) }),
  async (core, { QueueUrl: url, Entries: entries }, { failedEntries }) => {
    const queue = requireQueue(core, url)
    checkBatch(entries, 'SendMessageBatchRequestEntry')
    const bytes = entries.reduce((sum, entry) => sum + Buffer.byteLength(entry.MessageBody), 0)
    if (bytes > MESSAGE_BYTES_MAX) {
      throw new ApiError(
        'BatchRequestTooLong',
        `Batch requests cannot be longer than ${MESSAGE_BYTES_MAX} bytes. You have sent ${bytes} bytes.`,
      )
    }
    const steps: Step[] = []
    const answer = runEntries(entries, failedEntries, (entry) => {
      const sent = accept(core, queue, entry)
      steps.push(...stepsToKeep(queue, sent))
      return answerOf(sent)
    })
    if (steps.length > 0) await core.vault.write(steps)
    return answer
  },
)

/** Puts a message of our own into a queue; answers what makes it durable, or the refusal. */
export function deliver(core: Sqs, queue: Queue, body: string): Step[] {
  return stepsToKeep(queue, accept(core, queue, { MessageBody: body }))
}

function accept(core: Sqs, queue: Queue, given: MessageGiven): Message {
  const { MessageBody: body, DelaySeconds: delay = queue.attributes.delaySeconds } = given
  checkBody(queue, body)
  if (isAny(given.MessageAttributes) || isAny(given.MessageSystemAttributes)) {
    throw new ApiError('UnsupportedOperation', 'Message attributes are not served here.')
  }
  if (!Number.isInteger(delay) || delay < 0 || delay > DELAY_SECONDS_MAX) {
    throw invalidValue(
      { name: 'DelaySeconds', value: delay },
      `DelaySeconds must be >= 0 and <= ${DELAY_SECONDS_MAX}.`,
    )
  }
  const now = core.clock.now()
  const times = { now, visibleAt: addSeconds(now, delay) }
  const sent = newMessage({ messageId: core.newId(), body }, times)
  place(queue, sent)
  return sent
}

/** Characters that no message may contain: XML has no place for them. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u

function checkBody({ attributes }: Queue, body: string): void {
  if (body === '') {
    throw new ApiError('MissingParameter', 'The request must contain the parameter MessageBody.')
  }
  if (Buffer.byteLength(body) > attributes.bodyBytesMax) {
    throw new ApiError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${attributes.bodyBytesMax} bytes.`,
    )
  }
  const forbidden = FORBIDDEN.exec(body)?.[0]
  if (forbidden === undefined) return
  throw new ApiError(
    'InvalidMessageContents',
    `Invalid binary character '#x${forbidden.charCodeAt(0).toString(16)}' was found in the message body, ` +
      'the set of allowed characters is #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
  )
}

function isAny(attributes: object | undefined): boolean {
  return Object.keys(attributes ?? {}).length > 0
}

function answerOf({ messageId, md5 }: Message): object {
  return { MessageId: messageId, MD5OfMessageBody: md5 }
}
