import { createHash } from 'node:crypto'
import type { Instant } from '@holdfast/embedded/clock'
import type { Step } from '@holdfast/embedded/vault'
import { dueHeap, type DueHeap } from './due-heap.ts'
import type { QueueAttributes } from './queue-attributes.ts'

// A queue is a map of its messages, and a heap of the moments at which they can be received. A message that changes is a new
// object with a new entry in the heap; the old one is passed over when it comes up. A change is made in memory at once, and answers the
// steps that make it durable: whoever calls writes them before anybody hears of the change.

/** What of a message never changes. */
export interface MessageBody {
  readonly messageId: string
  readonly body: string
  readonly md5: string
  readonly sentAt: Instant
  /** The queue that gave it up, where this is a dead-letter queue. */
  readonly sourceArn?: string
}

/** What each receive changes. */
export interface MessageState {
  /** From then on it can be received. */
  readonly visibleAt: Instant
  readonly receives: number
  readonly firstReceivedAt?: Instant
}

export interface Message extends MessageBody {
  readonly state: MessageState
}

export interface Queue {
  readonly name: string
  readonly createdAt: Instant
  attributes: QueueAttributes
  modifiedAt: Instant
  readonly messages: Map<string, Message>
  readonly due: DueHeap<Message>
  /** Calls that wait for a message: told of each one that is placed. */
  readonly waiting: Set<() => void>
}

/** Makes a queue without messages. */
export function newQueue(
  fixed: Pick<Queue, 'name' | 'createdAt' | 'attributes' | 'modifiedAt'>,
): Queue {
  return { ...fixed, messages: new Map(), due: dueHeap(), waiting: new Set() }
}

/** Puts a message in, or changes when it can be received. */
export function place(queue: Queue, message: Message): void {
  queue.messages.set(message.messageId, message)
  queue.due.push(message.state.visibleAt, message)
  for (const wake of queue.waiting) wake()
}

/** A message as it is sent. */
export function newMessage(
  { messageId, body }: { messageId: string; body: string },
  { now, visibleAt }: { now: Instant; visibleAt: Instant },
): Message {
  return { messageId, body, md5: md5Of(body), sentAt: now, state: { visibleAt, receives: 0 } }
}

/** The next message that can be received, if there is one; it is no longer due until it is placed again. */
export function nextDue(queue: Queue, now: Instant): Message | undefined {
  for (;;) {
    const message = queue.due.popDue(now)
    if (message === undefined || queue.messages.get(message.messageId) === message) return message
  }
}

/** The steps that make a message durable as it is. */
export function stepsToKeep(queue: Queue, message: Message): Step[] {
  const { state, ...body } = message
  return [
    { type: 'put', key: `body/${queue.name}/${message.messageId}`, value: body },
    stepToKeepState(queue, { messageId: message.messageId, state }),
  ]
}

/** The step that makes durable when a message can be received. */
export function stepToKeepState(
  queue: Queue,
  { messageId, state }: { messageId: string; state: MessageState },
): Step {
  return { type: 'put', key: `state/${queue.name}/${messageId}`, value: state }
}

/** Takes a message out for good. */
export function remove(queue: Queue, messageId: string): Step[] {
  queue.messages.delete(messageId)
  return [
    { type: 'del', key: `body/${queue.name}/${messageId}` },
    { type: 'del', key: `state/${queue.name}/${messageId}` },
  ]
}

/** The step that makes a queue itself durable. */
export function stepToKeepQueue({ name, createdAt, modifiedAt, attributes }: Queue): Step {
  return { type: 'put', key: `queue/${name}`, value: { name, createdAt, modifiedAt, attributes } }
}

/** What SQS and its clients check bodies by. */
export function md5Of(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
