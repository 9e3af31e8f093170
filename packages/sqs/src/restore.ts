import type { Instant } from '@holdfast/embedded/clock'
import { valuesUnder, type Contents } from '@holdfast/embedded/vault'
import { newQueue, place, type MessageBody, type MessageState, type Queue } from './queue.ts'
import type { QueueAttributes } from './queue-attributes.ts'

/** Makes queues of what was kept of them. */
export function restoreQueues(contents: Contents): Map<string, Queue> {
  const queues = new Map<string, Queue>()
  for (const kept of valuesUnder<KeptQueue>(contents, 'queue/')) {
    queues.set(kept.name, newQueue(kept))
  }
  for (const queue of queues.values()) fill(queue, contents)
  return queues
}

interface KeptQueue {
  readonly name: string
  readonly createdAt: Instant
  readonly modifiedAt: Instant
  readonly attributes: QueueAttributes
}

/** A body without its state, or a state without its body, cannot be: both are written together. */
function fill(queue: Queue, contents: Contents): void {
  for (const body of valuesUnder<MessageBody>(contents, `body/${queue.name}/`)) {
    const state = contents.get(`state/${queue.name}/${body.messageId}`)
    if (state !== undefined) place(queue, { ...body, state: state as MessageState })
  }
}
