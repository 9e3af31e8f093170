import type { Core } from '@holdfast/embedded/core'
import { operationsOn } from '@holdfast/embedded/operation'
import type { Queue } from './queue.ts'

/** The state of SQS: its queues, by name. */
export interface Sqs extends Core {
  readonly queues: Map<string, Queue>
}

/** Ties an operation of SQS to the type of its requests. */
export const operation = operationsOn<Sqs>()
