import * as z from 'zod'
import { addSeconds } from '@holdfast/embedded/clock'
import type { Step } from '@holdfast/embedded/vault'
import { operation, type Sqs } from './core.ts'
import { invalidValue } from './errors.ts'
import { VISIBILITY_SECONDS_MAX, WAIT_SECONDS_MAX } from './queue-attributes.ts'
import { nextDue, place, remove, stepToKeepState, stepsToKeep } from './queue.ts'
import type { Message, Queue } from './queue.ts'
import { receiptOf } from './receipts.ts'
import { arnOf, atQueue, queueByArn, requireQueue } from './queues.ts'

/** Messages that one answer holds. */
const MESSAGES_MAX = 10

/** Milliseconds between two looks at a queue while a call waits: a clock may be changed meanwhile. */
const LOOK_MS = 100

const names = z.array(z.string()).optional()

/** ReceiveMessage: waits for the first message as long as it is told to; whoever hangs up takes none. */
export const receiveMessage = operation(
  atQueue.extend({
    MaxNumberOfMessages: z.number().optional(),
    VisibilityTimeout: z.number().optional(),
    WaitTimeSeconds: z.number().optional(),
    AttributeNames: names,
    MessageSystemAttributeNames: names,
  }),
  async (core, input, call) => {
    const queue = requireQueue(core, input.QueueUrl)
    const { visibilitySeconds, waitSeconds } = queue.attributes
    const { MaxNumberOfMessages: count = 1 } = input
    const { VisibilityTimeout: timeout = visibilitySeconds } = input
    const { WaitTimeSeconds: wait = waitSeconds } = input
    checkBounds('MaxNumberOfMessages', count, [1, MESSAGES_MAX])
    checkBounds('VisibilityTimeout', timeout, [0, VISIBILITY_SECONDS_MAX])
    checkBounds('WaitTimeSeconds', wait, [0, WAIT_SECONDS_MAX])
    const until = addSeconds(core.clock.now(), wait)
    const isGone = () => call.signal?.aborted === true
    let taken = isGone() ? nothing : take(core, queue, { count, timeout })
    const waiter = waitAt(core, queue, call.signal)
    while (taken.messages.length === 0 && !isGone() && core.clock.now() < until) {
      await waiter.next(until - core.clock.now())
      if (!isGone()) taken = take(core, queue, { count, timeout })
    }
    waiter.leave()
    if (taken.steps.length > 0) await core.vault.write(taken.steps)
    if (isGone()) await core.vault.write(giveBack(core, queue, taken.messages))
    if (isGone() || taken.messages.length === 0) return {}
    const asked = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])]
    return { Messages: taken.messages.map((message) => shown(queue, message, asked)) }
  },
)

interface Taken {
  readonly messages: readonly Message[]
  readonly steps: readonly Step[]
}

const nothing: Taken = { messages: [], steps: [] }

/** Shows messages again at once: nobody is there to take them. */
function giveBack({ clock }: Sqs, queue: Queue, messages: readonly Message[]): Step[] {
  return messages.map((message) => {
    const shown = { ...message, state: { ...message.state, visibleAt: clock.now() } }
    place(queue, shown)
    return stepToKeepState(queue, shown)
  })
}

function checkBounds(name: string, value: number, [min, max]: readonly [number, number]): void {
  if (Number.isInteger(value) && value >= min && value <= max) return
  throw invalidValue({ name, value }, `Must be between ${min} and ${max}, if provided.`)
}

/** Takes what can be received now; passes by what is too old, and gives up what was received too often. */
function take(
  core: Sqs,
  queue: Queue,
  { count, timeout }: { count: number; timeout: number },
): Taken {
  const now = core.clock.now()
  const messages: Message[] = []
  const steps: Step[] = []
  while (messages.length < count) {
    const message = nextDue(queue, now)
    if (message === undefined) break
    const { redrive, retentionSeconds } = queue.attributes
    const isSpent = redrive !== undefined && message.state.receives >= redrive.maxReceiveCount
    const grave = isSpent ? queueByArn(core, redrive.deadLetterTargetArn) : undefined
    if (addSeconds(message.sentAt, retentionSeconds) <= now) {
      steps.push(...remove(queue, message.messageId))
    } else if (grave !== undefined && grave !== queue) {
      const sourceArn = arnOf(core, queue.name)
      const moved = { ...message, sourceArn, state: { ...message.state, visibleAt: now } }
      steps.push(...remove(queue, message.messageId), ...stepsToKeep(grave, moved))
      place(grave, moved)
    } else {
      const { receives, firstReceivedAt = now } = message.state
      const visibleAt = addSeconds(now, timeout)
      const state = { visibleAt, receives: receives + 1, firstReceivedAt }
      messages.push({ ...message, state })
    }
  }
  // Only now: without a timeout, a message that is back could be taken twice.
  for (const message of messages) {
    place(queue, message)
    steps.push(stepToKeepState(queue, message))
  }
  return { messages, steps }
}

/** Joins those who wait at a queue. `next` waits until it is touched, a message falls due, the caller is gone, or for a moment. */
function waitAt(
  { clock }: Sqs,
  queue: Queue,
  signal: AbortSignal | undefined,
): { next: (msMax: number) => Promise<void>; leave: () => void } {
  let wake: () => void = () => undefined
  const touch = () => {
    wake()
  }
  queue.waiting.add(touch)
  signal?.addEventListener('abort', touch)
  return {
    next: (msMax) => {
      const dueIn = (queue.due.nextAt() ?? Infinity) - clock.now()
      const touched = new Promise<void>((resolve) => {
        wake = resolve
      })
      return Promise.race([touched, clock.sleep(Math.max(1, Math.min(msMax, dueIn, LOOK_MS)))])
    },
    leave: () => {
      queue.waiting.delete(touch)
      signal?.removeEventListener('abort', touch)
    },
  }
}

function shown(queue: Queue, message: Message, asked: readonly string[]): object {
  const { messageId, body, md5, sentAt, sourceArn, state } = message
  const all: Record<string, string> = {
    SenderId: 'local',
    SentTimestamp: String(sentAt),
    ApproximateReceiveCount: String(state.receives),
    ApproximateFirstReceiveTimestamp: String(state.firstReceivedAt),
    ...(sourceArn === undefined ? {} : { DeadLetterQueueSourceArn: sourceArn }),
  }
  const isAsked = (name: string) => asked.includes('All') || asked.includes(name)
  const attributes = Object.entries(all).filter(([name]) => isAsked(name))
  return {
    MessageId: messageId,
    ReceiptHandle: receiptOf(queue, message),
    MD5OfBody: md5,
    Body: body,
    ...(attributes.length === 0 ? {} : { Attributes: Object.fromEntries(attributes) }),
  }
}
