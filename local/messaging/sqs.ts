import type { Core } from './core.ts'
import { newCore, openEngine, type CoreOptions, type Engine } from './engine.ts'
import { ApiError } from './errors.ts'
import type { Api } from './operation.ts'
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  deleteMessage,
  deleteMessageBatch,
} from './sqs-finish.ts'
import {
  createQueue,
  getQueueAttributes,
  getQueueUrl,
  purgeQueue,
  setQueueAttributes,
} from './sqs-queues.ts'
import { receiveMessage } from './sqs-receive.ts'
import { sendMessage, sendMessageBatch } from './sqs-send.ts'
import { restoreQueues } from './sqs-restore.ts'
import type { Sqs } from './sqs-core.ts'
import { emptyContents, type Contents } from './vault.ts'

/** The names of errors before SQS spoke JSON. */
const oldNames: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  PurgeQueueInProgress: 'AWS.SimpleQueueService.PurgeQueueInProgress',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
}

/** SQS, as far as it is served. */
export const sqs: Api<Sqs> = {
  name: 'AmazonSQS',
  namespace: 'com.amazonaws.sqs#',
  oldNames,
  missing: (name) =>
    new ApiError('MissingParameter', `The request must contain the parameter ${name}.`),
  operations: {
    CreateQueue: createQueue,
    GetQueueUrl: getQueueUrl,
    GetQueueAttributes: getQueueAttributes,
    SetQueueAttributes: setQueueAttributes,
    PurgeQueue: purgeQueue,
    SendMessage: sendMessage,
    SendMessageBatch: sendMessageBatch,
    ReceiveMessage: receiveMessage,
    DeleteMessage: deleteMessage,
    DeleteMessageBatch: deleteMessageBatch,
    ChangeMessageVisibility: changeMessageVisibility,
    ChangeMessageVisibilityBatch: changeMessageVisibilityBatch,
  },
}

export interface SqsOptions extends CoreOptions {
  /** What was in the vault; nothing when absent. */
  readonly contents?: Contents
}

/** The state of SQS, with what was kept of it. */
export function newSqs(options: SqsOptions): Sqs {
  const core: Core = newCore(options)
  return { ...core, queues: restoreQueues(options.contents ?? emptyContents) }
}

/** Opens SQS alone. */
export function openSqs(options: SqsOptions = {}): Engine<Sqs> {
  return openEngine(newSqs(options), [sqs])
}
