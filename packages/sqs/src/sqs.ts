import type { Core } from '@holdfast/embedded/core'
import { newCore, openEngine, type CoreOptions, type Engine } from '@holdfast/embedded/engine'
import { ApiError } from '@holdfast/embedded/errors'
import type { Api } from '@holdfast/embedded/operation'
import { emptyContents, type Contents } from '@holdfast/embedded/vault'
import { deleteMessage, deleteMessageBatch } from './finish.ts'
import { createQueue, getQueueAttributes, getQueueUrl, setQueueAttributes } from './queues.ts'
import { receiveMessage } from './receive.ts'
import { sendMessage, sendMessageBatch } from './send.ts'
import { restoreQueues } from './restore.ts'
import type { Sqs } from './core.ts'

/** The names of errors before SQS spoke JSON. */
const oldNames: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
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
    SendMessage: sendMessage,
    SendMessageBatch: sendMessageBatch,
    ReceiveMessage: receiveMessage,
    DeleteMessage: deleteMessage,
    DeleteMessageBatch: deleteMessageBatch,
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
